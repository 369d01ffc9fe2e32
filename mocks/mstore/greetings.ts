import { makeAmr } from '#protocol/mstore/amr.ts'
import { instantText } from '#protocol/mstore/attributes.ts'
import type { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import type { World } from '#mocks/engine/world.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import { DEFAULT_FILE_NAME, greetingAttributes } from './uploaded-objects.ts'
import { newBoundary, SAMPLE_FRAMES, secondsOf, toSecond } from './voicemails.ts'

/** A greeting that is to be in a mailbox; what is not said is as in an upload that does not say it. */
export interface GreetingOrder {
  /** `normal-greeting` or `voice-signature`; the former where it is left out. */
  readonly type?: (typeof GREETING_TYPES)[keyof typeof GREETING_TYPES]
  readonly subject?: string
  /** Whether callers hear it. */
  readonly on?: boolean
  /** Ms since the Unix epoch; to the second. */
  readonly date?: number
  /** Frames of 20 ms, where there is no `audio`. */
  readonly frames?: number
  readonly audio?: Uint8Array
}

/** The greeting that a subscriber has in a mailbox (mStore spec, objects). */
export function newGreeting(order: GreetingOrder, mailbox: StoredMailbox, world: World): StoredObject {
  const dateMs = toSecond(order.date ?? world.nowMs(mailbox.subscriber.msisdn))
  const audio = order.audio ?? makeAmr(order.frames ?? SAMPLE_FRAMES)
  return {
    folder: 'greetings',
    number: mailbox.nextNumbers.greetings,
    dateMs,
    expiresMs: null,
    audio,
    attributes: new Map([
      ['content-duration', String(secondsOf(audio))],
      ['date', instantText(dateMs)],
      ['mime-version', '1.0'],
      ...greetingAttributes({ mailbox, world }),
      ...(order.subject === undefined ? [] : [['subject', order.subject] as const]),
      ...(order.type === undefined ? [] : [['x-cns-greeting-type', order.type] as const]),
    ]),
    seen: false,
    kept: false,
    greetingOn: order.on === true,
    fileName: DEFAULT_FILE_NAME,
    boundary: newBoundary(world),
  }
}
