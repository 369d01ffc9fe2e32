import type { DecodedBase64 } from '#protocol/base64.ts'
import type { ParseError } from '#protocol/parse-error.ts'
import type { Content, Json } from '#mocks/engine/reply.ts'
import type { StepResult } from '#mocks/engine/steps.ts'
import type { RelayChange } from './changes.ts'
import type { Mismatch } from './mismatched-devices.ts'
import { push, type Delivery, type PushRules } from './pushes.ts'
import type { RelayScene } from './scene.ts'
import type { Addressed, SubmittedMessage, TimedMessage } from './message-set.ts'

/** What the rules of delivery may read. */
export type DeliveryScene = RelayScene<{ readonly messages: DeliveryRules; readonly pushes: PushRules }>

/** How a set of messages is compared with the devices of its recipient, and handed on. */
export interface DeliveryRules {
  readonly decodeBody: (text: string) => DecodedBase64 | ParseError
  readonly compareDevices: (judged: Judged) => Mismatch
  readonly mismatchBody: (mismatch: Mismatch, addressed: Addressed) => Json | undefined
  readonly findStale: (addressed: Addressed) => readonly number[]
  readonly staleBody: (stale: readonly number[], addressed: Addressed) => Json | undefined
  /** What of an accepted set is handed on, in order. */
  readonly deliveries: (deliveries: readonly Delivery[], scene: DeliveryScene) => readonly Delivery[]
  /** What follows when a device's signaling key cannot be used. */
  readonly unusableKey: (delivery: Delivery) => UnusableKey
}

/** A push that could not be made: what it changes, and whether the sender is refused. */
export interface UnusableKey {
  readonly changes: readonly RelayChange[]
  readonly refused: boolean
}

/** A set of messages with its sender and its recipient, all known to be there, from here or from a peer. */
export interface Judged extends Addressed {
  readonly scene: DeliveryScene
}

type JudgedResult = StepResult<
  'mismatched-devices' | 'stale-devices' | 'unreachable-destination',
  RelayChange
>

/** Refuses a set that leaves a device out or names one that there is not (relay spec, 409 Mismatched Devices). */
export function judgeDevices(judged: Judged): JudgedResult {
  const rules = judged.scene.rulebook.messages
  const mismatch = rules.compareDevices(judged)
  if (mismatch.missing.length === 0 && mismatch.extra.length === 0) return { kind: 'passed' }
  return { kind: 'refused', as: 'mismatched-devices', content: json(rules.mismatchBody(mismatch, judged)) }
}

/** Refuses a set for a device that has registered again (relay spec, 410 Stale Devices). */
export function judgeRegistrations(judged: Judged): JudgedResult {
  const rules = judged.scene.rulebook.messages
  const stale = rules.findStale(judged)
  if (stale.length === 0) return { kind: 'passed' }
  return { kind: 'refused', as: 'stale-devices', content: json(rules.staleBody(stale, judged)) }
}

function json(value: Json | undefined): Content {
  return value === undefined ? { kind: 'none' } : { kind: 'json', value }
}

/**
 * Hands a set on, message by message in its order. Where a device's key cannot be used the sender may get an
 * error; what went out before stays out (5.11).
 */
export function deliver(judged: Judged): JudgedResult {
  const { scene } = judged
  const { messages } = scene.rulebook
  const changes: RelayChange[] = []
  for (const delivery of messages.deliveries(deliveriesOf(judged), scene)) {
    const pushed = push(delivery, scene)
    if (pushed !== null) changes.push(...pushed)
    else {
      const unusable = messages.unusableKey(delivery)
      changes.push(...unusable.changes)
      if (unusable.refused) return { kind: 'refused', as: 'unreachable-destination', changes }
    }
  }
  return { kind: 'passed', changes }
}

function deliveriesOf({ sender, recipient, messages, scene }: Judged): readonly Delivery[] {
  return messages.flatMap((message) => {
    const device = recipient.devices.get(message.deviceId)
    return device === undefined
      ? []
      : [{ sender, recipient, device, message: timed(message, scene), content: content(message, scene) }]
  })
}

function timed(message: SubmittedMessage, { world }: DeliveryScene): TimedMessage {
  return { ...message, timestamp: message.timestamp ?? BigInt(Math.trunc(world.nowMs())) }
}

function content({ body }: SubmittedMessage, { rulebook }: DeliveryScene): Uint8Array | null {
  const decoded = rulebook.messages.decodeBody(body)
  return decoded.kind === 'decoded' ? decoded.bytes : null
}
