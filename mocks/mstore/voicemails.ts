import type { World } from '#mocks/engine/world.ts'
import { toHex } from '#protocol/bytes.ts'
import { durationSeconds, makeAmr, parseAmr } from '#protocol/mstore/amr.ts'
import { type Attributes, instantText } from '#protocol/mstore/attributes.ts'
import { KEPT, SEEN } from '#protocol/mstore/flags.ts'
import { documentedExpiry } from './expiry.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'

/** A voicemail to be left in a mailbox; what is not said is made up. */
export interface VoicemailOrder {
  /** Ms since the Unix epoch; to the second. */
  readonly date?: number
  /** The caller's digits, with or without a domain. */
  readonly from?: string
  /** Frames of 20 ms, where there is no `audio`. */
  readonly frames?: number
  readonly audio?: Uint8Array
  /** `\Seen` and `$MarkNotToDelete`; others mean nothing. */
  readonly flags?: readonly string[]
  /** Ms since the Unix epoch. */
  readonly expires?: number
}

/** What a rule may know of chance and of time. */
type Chance = Pick<World, 'nowMs' | 'randomBytes' | 'randomInt'>

const SECOND_MS = 1000
/** Five seconds, as the sample of the mStore spec lasts. */
export const SAMPLE_FRAMES = 250
const BOUNDARY_BYTES = 6
const ID_BYTES = 8
/** AMR modes, so that audio of one length has many sizes. */
const MODES = 8

/** The voicemail that a caller leaves in a mailbox (mStore spec, objects). */
export function newVoicemail(order: VoicemailOrder, mailbox: StoredMailbox, world: Chance): StoredObject {
  const nowMs = world.nowMs(mailbox.subscriber.msisdn)
  const dateMs = toSecond(order.date ?? nowMs)
  const expiresMs = toSecond(order.expires ?? Math.max(nowMs, dateMs) + documentedExpiry.voicemailMs)
  const audio =
    order.audio ??
    makeAmr(order.frames ?? SAMPLE_FRAMES, [world.randomInt(0, MODES), world.randomInt(0, MODES)])
  const number = mailbox.nextNumbers.voicemails
  const from = order.from ?? caller(number, world)
  return {
    folder: 'voicemails',
    number,
    dateMs,
    expiresMs,
    audio,
    attributes: new Map([
      ...voicemailAttributes({ dateMs, expiresMs, from }),
      ['content-duration', String(secondsOf(audio))],
      ['Message-Id', voicemailId(dateMs, world)],
    ]),
    ...flagState(order.flags ?? []),
    fileName: `voicemail-${instantText(dateMs).replace(/\D/g, '')}.amr`,
    boundary: newBoundary(world),
  }
}

/** The attributes that a voicemail has of its own, besides its length and its id. */
export function voicemailAttributes(of: {
  readonly dateMs: number
  readonly expiresMs: number
  readonly from: string
}): Attributes {
  return new Map([
    ['date', instantText(of.dateMs)],
    ['expires', instantText(of.expiresMs)],
    ['from', of.from],
    ['importance', 'normal'],
    ['mime-version', '1.0'],
    ['return-number', of.from],
    ['sensitivity', 'personal'],
    ['sourcenode', 'VMAS'],
  ])
}

/** A `Message-Id` of a voicemail: the date, and what distinguishes it from others of that date (MSTORE-OBJECT-40). */
export function voicemailId(dateMs: number, world: Pick<World, 'randomBytes'>): string {
  return `${instantText(dateMs)}-conn:${toHex(world.randomBytes(ID_BYTES))}`
}

/** A boundary that no Base64 has in it. */
export function newBoundary(world: Pick<World, 'randomBytes'>): string {
  return `====outer${toHex(world.randomBytes(BOUNDARY_BYTES))}==`
}

/** Whole seconds of audio; 0 for what is no AMR file. */
export function secondsOf(audio: Uint8Array): number {
  const file = parseAmr(audio)
  return file.kind === 'amr' ? durationSeconds(file) : 0
}

/** `ms`, cut to the second, as the attributes show it. */
export function toSecond(ms: number): number {
  return Math.floor(ms / SECOND_MS) * SECOND_MS
}

/** A made-up number, every other one with a domain (mStore spec, objects: `from`). */
function caller(number: number, world: Pick<World, 'randomInt'>): string {
  const digits = `1${world.randomInt(2_000_000_000, 10_000_000_000)}`
  return number % 2 === 0 ? digits : `${digits}@tmo.com`
}

function flagState(flags: readonly string[]) {
  return { seen: flags.includes(SEEN), kept: flags.includes(KEPT), greetingOn: false }
}
