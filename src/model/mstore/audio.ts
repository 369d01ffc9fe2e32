import { makeAmr } from '#protocol/mstore/amr.ts'

/** The modes of the frames of a walk's audio, one after the other: frames of 32 bytes and of 13. */
const MODES = [7, 0]
const FRAME_MS = 20
/** How many frames audio has where an ask does not say. */
export const FEW_FRAMES = 3

/** Audio of so many frames; the caller draws what is in the first of them. */
export function audioOf(frames: number): Uint8Array {
  return makeAmr(frames, MODES)
}

/** Bytes of such audio. */
export function audioBytes(frames: number): number {
  return audioOf(frames).length
}

/** Whole seconds of such audio, as `content-duration` has it. */
export function audioSeconds(frames: number): number {
  return Math.ceil((frames * FRAME_MS) / 1000)
}
