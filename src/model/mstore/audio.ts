import { concat, utf8 } from '#protocol/bytes.ts'
import { makeAmr } from '#protocol/mstore/amr.ts'
import type { Ask, Values } from '../ask.ts'
import type { MStoreState } from './state.ts'

/** The modes of the frames of a walk's audio, one after the other: frames of 32 bytes and of 13. */
const MODES = [7, 0]
const FRAME_MS = 20
/** How many frames audio has where an ask does not say. */
const FEW_FRAMES = '3'

const MAGIC = utf8('#!AMR\n')
/** The first bytes of a frame of comfort noise, which has 6, and of one of nothing, which has no more. */
const NOISE = 0b0100_0100
const NOTHING = 0b0111_1100
const NOISE_BYTES = 6

/** The least bytes that are a whole file with something in it to be drawn. */
const LEAST_WHOLE = MAGIC.length + NOISE_BYTES

/** The audio that an ask describes by its `frames` or its `bytes`; the caller draws what is in its first frame. */
export function audioOf({ frames = FEW_FRAMES, bytes }: Values): Uint8Array {
  return bytes === undefined ? makeAmr(Number(frames), MODES) : audioOfBytes(Number(bytes))
}

/** A file of exactly so many bytes: a frame of comfort noise and frames of nothing; cut where it is too short for that. */
function audioOfBytes(bytes: number): Uint8Array {
  const noise = new Uint8Array(NOISE_BYTES)
  noise[0] = NOISE
  const nothing = new Uint8Array(Math.max(0, bytes - LEAST_WHOLE)).fill(NOTHING)
  return concat(MAGIC, noise, nothing).subarray(0, bytes)
}

/** Whether the audio that an ask describes is a whole file: a server may refuse any other. */
export function isWhole({ bytes }: Values): boolean {
  return bytes === undefined || Number(bytes) >= LEAST_WHOLE
}

/** The name of the audio of an object that was given its own: files that are too short to differ go by one name. */
export function audioName(object: string, values: Values): string {
  return isWhole(values) ? `audio of ${object}` : `${values['bytes'] ?? ''} bytes of audio`
}

/** Bytes of the audio that an ask describes. */
export function audioBytes(values: Values): number {
  return audioOf(values).length
}

/** Whole seconds of it, as `content-duration` has it. */
export function audioSeconds({ frames = FEW_FRAMES, bytes }: Values): number {
  const count = bytes === undefined ? Number(frames) : Math.max(0, Number(bytes) - LEAST_WHOLE + 1)
  return Math.max(1, Math.ceil((count * FRAME_MS) / 1000))
}

/** More seconds than a server must take of one message: the mStore spec names no limit. */
const MOST_SECONDS = 60
/** So many bytes may be as long: a frame of nothing has one. */
const MOST_BYTES = (MOST_SECONDS * 1000) / FRAME_MS

/** Bytes of the audio that an upload has: of its own, or of an object whose audio it takes; null where they are not known. */
export function uploadedBytes({ mailboxes }: MStoreState, { values }: Ask): number | null {
  const { audio } = values
  if (audio === undefined) return audioBytes(values)
  const objects = [...mailboxes.values()].flatMap((mailbox) => [...mailbox.objects.values()])
  return objects.find((object) => object.audio === audio && object.bytes !== null)?.bytes ?? null
}

/** Whether the audio of an upload is, or may be, so long that a server may refuse it. */
export function mayBeTooLong(state: MStoreState, ask: Ask): boolean {
  if (!('audio' in ask.values)) return audioSeconds(ask.values) > MOST_SECONDS
  return (uploadedBytes(state, ask) ?? Infinity) > MOST_BYTES
}
