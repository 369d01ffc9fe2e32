import type { RelayTarget } from '../target.ts'
import { answerReader } from './answer-reader.ts'
import { appendedLines } from './appended-lines.ts'
import type { CapabilityIo } from './capability-io.ts'
import { commandJson } from './command.ts'
import { openControlPlane } from './control-plane.ts'
import { MissingCapability } from './failures.ts'
import { poll } from './poll.ts'

/** A push as the gateway was handed it. `to` is the push id, of a websocket the id of the device; `at` is milliseconds since the epoch. */
export interface Push {
  readonly number: string
  readonly device: number
  /** A websocket is no part of the relay spec (E-33). */
  readonly channel: 'gcm' | 'apn' | 'websocket'
  readonly to: string
  /** Exactly the text the client receives. */
  readonly notification: string
  readonly at: number
}

/** Which pushes: those to a number, to a push id, or to both. */
export interface PushFilter {
  readonly number?: string
  readonly to?: string
}

/** A view of what the push gateways were handed. */
export interface Pushes {
  /**
   * The pushes so far, oldest first. It waits until there are `atLeast` of them (none where not given) or
   * the time for a push is over, and then returns all there are, which may be fewer or more.
   */
  received(filter: PushFilter, atLeast?: number): Promise<readonly Push[]>
}

/** The adapter of the target's `pushes`; without one, or with a fixed value, it throws MissingCapability. */
export function createPushes(target: RelayTarget, io: CapabilityIo): Pushes {
  const look = looker(target, io)
  return {
    received: (filter, atLeast = 0) =>
      poll(
        async () => (await look(filter)).filter((push) => matches(push, filter)),
        (pushes) => pushes.length >= atLeast,
        { forMs: target.timeouts.pushMs, io },
      ),
  }
}

/** A push as it is written down; a notification may be JSON that is not a string. */
type WrittenPush = Omit<Push, 'notification'> & { readonly notification: string | object }

const pushList = answerReader<{ readonly pushes: readonly WrittenPush[] }>('pushes')
const sentPush = answerReader<Omit<WrittenPush, 'at' | 'device'> & Partial<WrittenPush>>('sent-push')

type Look = (filter: PushFilter) => Promise<readonly Push[]>

function looker(target: RelayTarget, { redact }: CapabilityIo): Look {
  const source = target.capabilities.pushes
  if (source === null || source.kind === 'fixed') return () => Promise.reject(new MissingCapability('pushes'))
  if (source.kind === 'command') {
    const command = { ...source, what: 'pushes', redact }
    return async ({ number = '' }) => read((await commandJson(command, [number], pushList)).pushes)
  }
  if (source.kind === 'file') {
    const lines = appendedLines(source, { what: 'pushes', reader: sentPush, redact })
    return async () => read((await lines.all()).map((push) => ({ device: 1, at: 0, ...push })))
  }
  const plane = openControlPlane('pushes', source.url, target)
  return async (filter) => read((await plane.get(`/pushes${query(filter)}`, pushList)).pushes)
}

function read(pushes: readonly WrittenPush[]): readonly Push[] {
  return pushes.map(({ notification, ...push }) => ({
    ...push,
    notification: typeof notification === 'string' ? notification : JSON.stringify(notification),
  }))
}

function query({ number, to }: PushFilter): string {
  const parts = [
    ...(number === undefined ? [] : [`number=${encodeURIComponent(number)}`]),
    ...(to === undefined ? [] : [`to=${encodeURIComponent(to)}`]),
  ]
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

function matches(push: Push, { number, to }: PushFilter): boolean {
  return (number === undefined || push.number === number) && (to === undefined || push.to === to)
}
