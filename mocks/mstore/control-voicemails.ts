import { decodeBase64, encodeBase64 } from '#protocol/base64.ts'
import { KEPT, SEEN } from '#protocol/mstore/flags.ts'
import { textsOf } from '#protocol/mstore/members.ts'
import { ControlError, text, wholeNumber } from '#mocks/edge/control.ts'
import type { Json } from '#mocks/engine/reply.ts'
import type { StoredObject } from './mailbox.ts'
import { objectPath } from './object-paths.ts'
import type { VoicemailOrder } from './voicemails.ts'

type Members = Readonly<Record<string, unknown>>

/** A quarter of an hour: 1.4 MB of audio at most. */
const MOST_FRAMES = 45_000

/** Reads what a voicemail is to be like; a member that is wrong is a ControlError. */
export function voicemailOrder(body: Members): VoicemailOrder {
  return {
    ...(isGiven(body, 'date') ? { date: wholeNumber(body, 'date', 0) } : {}),
    ...(isGiven(body, 'expires') ? { expires: wholeNumber(body, 'expires', 0) } : {}),
    ...(isGiven(body, 'from') ? { from: callerOf(body) } : {}),
    ...(isGiven(body, 'frames') ? { frames: framesOf(body) } : {}),
    ...(isGiven(body, 'audio') ? { audio: audioOf(body) } : {}),
    ...(isGiven(body, 'flags') ? { flags: flagsOf(body) } : {}),
  }
}

/** A voicemail as the control plane tells it. `date` is in ms since the Unix epoch, `audio` in Base64. */
export function shownVoicemail(voicemail: StoredObject): Json {
  return {
    objectPath: objectPath(voicemail),
    messageId: voicemail.attributes.get('Message-Id'),
    date: voicemail.dateMs,
    audio: encodeBase64(voicemail.audio, { padded: true }),
  }
}

function isGiven(body: Members, name: string): boolean {
  return body[name] !== undefined && body[name] !== null
}

function callerOf(body: Members): string {
  const from = text(body, 'from')
  if (/^[0-9]{1,15}(?:@[\w.-]+)?$/.test(from)) return from
  throw new ControlError(400, `from: expected digits, with or without a domain, got ${from.slice(0, 60)}`)
}

function framesOf(body: Members): number {
  const frames = wholeNumber(body, 'frames', 0)
  if (frames <= MOST_FRAMES) return frames
  throw new ControlError(400, `frames: expected at most ${MOST_FRAMES}, got ${frames}`)
}

function audioOf(body: Members): Uint8Array {
  const decoded = decodeBase64(text(body, 'audio'))
  if (decoded.kind === 'parse-error') throw new ControlError(400, `audio: ${decoded.reason}`)
  return decoded.bytes
}

function flagsOf(body: Members): readonly string[] {
  const flags = textsOf(body['flags'])
  if (flags?.every((flag) => flag === SEEN || flag === KEPT) === true) return flags
  throw new ControlError(400, `flags: expected a list of ${SEEN} and ${KEPT}`)
}
