import { durationSeconds, makeAmr, parseAmr } from '#protocol/mstore/amr.ts'
import { instantText } from '#protocol/mstore/attributes.ts'
import { SEEN } from '#protocol/mstore/flags.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import { numberBetween } from '../../shared/support/randomness.ts'
import type { MessageForm } from './message-form.ts'
import type { MStoreSession } from './session.ts'

/** A greeting as it is about to be uploaded. */
export interface Greeting {
  /** Its subject, by which the scenario names it. */
  readonly label: string
  readonly messageId: string
  readonly audio: Uint8Array
  /** Every attribute that goes with it, in the order of the mStore spec. */
  readonly attributes: ReadonlyMap<string, string>
  readonly flags: readonly string[]
  /** Empty where it belongs to none. */
  readonly parentFolderPath: string
  readonly form: MessageForm
}

/** What a scenario says of a greeting; the rest is as the mStore spec recommends. Empty attributes are left out. */
export interface GreetingOverrides {
  readonly frames?: number
  readonly audio?: Uint8Array
  readonly attributes?: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
  readonly parentFolderPath?: string
  readonly form?: MessageForm
}

/** Three frames of 20 ms, of two lengths: 6 bytes of header and 3 frames make no whole number of Base64 groups. */
const FEW_FRAMES = 3
const MODES = [7, 0]
/** Where the speech of the first frame begins, behind the magic number and the frame's header, and how much is drawn. */
const FIRST_SPEECH_BYTE = 7
const DRAWN_BYTES = 16
/** Nine years from 2015 on: dates that no voicemail of the suite has. */
const FIRST_DATE_S = 1_420_000_000
const LAST_DATE_S = 1_700_000_000

/** A greeting with that subject. Date and `Message-Id` are drawn, so that no two are the same. */
export function newGreeting(
  session: MStoreSession,
  label: string,
  overrides: GreetingOverrides = {},
): Greeting {
  const audio = overrides.audio ?? audioOf(session, overrides.frames)
  const dateMs = numberBetween(session.random, FIRST_DATE_S, LAST_DATE_S) * 1000
  const messageId =
    overrides.attributes?.['Message-Id'] ?? String(dateMs + numberBetween(session.random, 0, 999))
  const recommended: Readonly<Record<string, string>> = {
    'content-duration': String(secondsOf(audio)),
    date: instantText(dateMs),
    'Message-Id': messageId,
    'mime-version': '1.0',
    subject: label,
    'x-cns-greeting-type': GREETING_TYPES.normal,
  }
  const all = Object.entries({ ...recommended, ...overrides.attributes }).filter(([, value]) => value !== '')
  return {
    label,
    messageId,
    audio,
    attributes: new Map(all),
    flags: overrides.flags ?? [SEEN],
    parentFolderPath: overrides.parentFolderPath ?? FOLDERS.greetings.path,
    form: overrides.form ?? {},
  }
}

/** Audio of so many frames; without a number, a few frames that differ each time. */
function audioOf({ random }: MStoreSession, frames?: number): Uint8Array {
  if (frames !== undefined) return makeAmr(frames, MODES)
  const audio = makeAmr(FEW_FRAMES, MODES)
  audio.set(random(DRAWN_BYTES), FIRST_SPEECH_BYTE)
  return audio
}

function secondsOf(audio: Uint8Array): number {
  const file = parseAmr(audio)
  return file.kind === 'amr' ? durationSeconds(file) : 1
}
