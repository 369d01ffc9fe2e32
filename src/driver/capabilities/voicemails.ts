import { decodeBase64, encodeBase64 } from '#protocol/base64.ts'
import type { MStoreTarget } from '../target.ts'
import { answerReader } from './answer-reader.ts'
import type { Redact } from './capability-io.ts'
import { type Command, runCommand } from './command.ts'
import { type ControlPlane, openControlPlane } from './control-plane.ts'
import { CapabilityFailure, MissingCapability } from './failures.ts'
import type { Subscriber } from './subscribers.ts'

/** What a voicemail is to be like. Only a control plane can choose. */
export interface NewVoicemail {
  /** Milliseconds since the Unix epoch, as `expires`. */
  readonly date?: number
  /** Digits, with or without a domain: `15551234567@tmo.com`. */
  readonly from?: string
  /** How many AMR frames of 20 ms it has. */
  readonly frames?: number
  /** The AMR file itself. */
  readonly audio?: Uint8Array
  readonly flags?: readonly string[]
  readonly expires?: number
}

/** A voicemail whose object is known. */
export interface LeftVoicemail {
  readonly objectPath: string
  readonly messageId: string
  /** Milliseconds since the Unix epoch. */
  readonly date: number
  /** The AMR file. */
  readonly audio: Uint8Array
}

/** A way for voicemails to come into a mailbox. */
export interface Voicemails {
  /**
   * Leaves one and returns what is known of it: null where it has to be looked for in the mailbox, because a
   * program left it or because the target file only says that there are some.
   */
  leave(subscriber: Subscriber, voicemail?: NewVoicemail): Promise<LeftVoicemail | null>
}

/** The adapter of the target's `voicemail`; without one it throws MissingCapability. */
export function createVoicemails(target: MStoreTarget, redact: Redact): Voicemails {
  const source = target.capabilities.voicemail
  if (source === null) return { leave: () => Promise.reject(new MissingCapability('voicemail')) }
  switch (source.kind) {
    case 'mock-control':
      return controlled(openControlPlane('voicemail', source.url, target))
    case 'command':
      return {
        leave: (subscriber, overrides) =>
          command({ ...source, what: 'voicemail', redact }, subscriber, overrides),
      }
    case 'fixed':
      return { leave: (_, overrides) => (isPlain(overrides) ? Promise.resolve(null) : onlyControl()) }
    default:
      return source satisfies never
  }
}

const left = answerReader<Omit<LeftVoicemail, 'audio'> & { readonly audio: string }>('voicemail')

function controlled(plane: ControlPlane): Voicemails {
  return {
    leave: async ({ msisdn }, { audio, ...overrides } = {}) => {
      const file = audio === undefined ? {} : { audio: encodeBase64(audio, { padded: true }) }
      const voicemail = await plane.post('/voicemails', { msisdn, ...overrides, ...file }, left)
      const { objectPath, messageId, date } = voicemail
      return { objectPath, messageId, date, audio: bytesOf(voicemail.audio) }
    },
  }
}

function bytesOf(base64: string): Uint8Array {
  const decoded = decodeBase64(base64)
  if (decoded.kind === 'parse-error') throw new CapabilityFailure(`voicemail: audio: ${decoded.reason}`)
  return decoded.bytes
}

/** The program calls the number that it is given and comes back when the voicemail is there. */
async function command(program: Command, { msisdn }: Subscriber, overrides?: NewVoicemail): Promise<null> {
  if (!isPlain(overrides)) return onlyControl()
  await runCommand(program, [msisdn])
  return null
}

/** Whether any voicemail will do. Its date is up to the program that leaves it. */
function isPlain(overrides: NewVoicemail = {}): boolean {
  return Object.keys(overrides).every((name) => name === 'date')
}

function onlyControl(): Promise<never> {
  const enable = 'capabilities.voicemail: { control: http://127.0.0.1:PORT }'
  return Promise.reject(new MissingCapability('mock', enable))
}
