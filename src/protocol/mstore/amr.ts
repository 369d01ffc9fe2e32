import { concat, utf8 } from '../bytes.ts'
import { type ParseError, parseError } from '../parse-error.ts'

/** The audio of an AMR file, by its header (RFC 4867, section 5). */
export type AmrBand = 'narrow' | 'wide'

/** An AMR file of one channel, walked frame by frame. */
export interface AmrFile {
  readonly kind: 'amr'
  readonly band: AmrBand
  readonly frames: number
  readonly durationMs: number
}

/** How long one frame sounds. */
const FRAME_MS = 20

const MAGIC: Readonly<Record<AmrBand, Uint8Array>> = { wide: utf8('#!AMR-WB\n'), narrow: utf8('#!AMR\n') }

/** Bytes of a frame with its header, by the frame type (3GPP TS 26.101, TS 26.201); null where it is reserved. */
const FRAME_BYTES: Readonly<Record<AmrBand, readonly (number | null)[]>> = {
  narrow: [13, 14, 16, 18, 20, 21, 27, 32, 6, null, null, null, null, null, null, 1],
  wide: [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, null, null, null, null, 1, 1],
}

/** Of a frame's header `0 | type (4) | quality | 00` the bits that must be zero. */
const PADDING_BITS = 0b1000_0011
const GOOD_QUALITY = 0b0100

/** Walks a file; another header, a reserved type, padding that is not zero and a frame cut short are parse errors. */
export function parseAmr(file: Uint8Array): AmrFile | ParseError {
  const band = (['wide', 'narrow'] as const).find((name) => startsWith(file, MAGIC[name]))
  if (band === undefined)
    return parseError(`AMR: expected #!AMR and a line end, got ${file.length} other bytes`)
  let frames = 0
  for (let at = MAGIC[band].length; at < file.length; frames += 1) {
    const bytes = frameBytes(band, file[at] ?? 0)
    if (bytes === null)
      return parseError(`AMR: expected a frame, got a header of ${file[at] ?? 0} at byte ${at}`)
    at += bytes
    if (at > file.length)
      return parseError(`AMR: expected ${at} bytes, got ${file.length} with frame ${frames} cut short`)
  }
  return { kind: 'amr', band, frames, durationMs: frames * FRAME_MS }
}

/** A narrow-band file of `frames` frames of the modes given, one after the other over again; mode 7 if none. */
export function makeAmr(frames: number, modes: readonly number[] = [7]): Uint8Array {
  const body = Array.from({ length: frames }, (_, index) =>
    makeFrame(modes[index % modes.length] ?? 7, index),
  )
  return concat(MAGIC.narrow, ...body)
}

/** Whole seconds of a file, as `content-duration` has it; a second begun counts. */
export function durationSeconds({ durationMs }: AmrFile): number {
  return Math.ceil(durationMs / 1000)
}

function makeFrame(mode: number, index: number): Uint8Array {
  const bytes = FRAME_BYTES.narrow[mode]
  if (bytes === null || bytes === undefined)
    throw new RangeError(`AMR mode: expected 0 to 8 or 15, got ${mode}`)
  const frame = new Uint8Array(bytes).fill(index & 0xff)
  frame[0] = (mode << 3) | GOOD_QUALITY
  return frame
}

function frameBytes(band: AmrBand, header: number): number | null {
  return (header & PADDING_BITS) === 0 ? (FRAME_BYTES[band][header >> 3] ?? null) : null
}

function startsWith(file: Uint8Array, magic: Uint8Array): boolean {
  return file.length >= magic.length && magic.every((byte, index) => file[index] === byte)
}
