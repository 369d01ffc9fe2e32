import type { Violated } from '../protocol-model.ts'
import type { SeenObject } from './seen.ts'
import type { ObjectState } from './state.ts'
import { violated } from './verdicts.ts'

/** "Byte size of audio file" (mStore spec, /objects/<OBJECT PATH>): before or after it is encoded (E-20). */
const RIGHT_SIZE = 'MSTORE-PAYLOAD-06'

/** The shortest lines that Base64 is commonly wrapped in, and the bytes of the longest line end. */
const COLUMNS = 60
const LINE_END_BYTES = 2

/** What the size of an object violates whose audio is known: it is that of the audio, or of its Base64. */
export function sizeDifference(
  { bytes, name }: ObjectState,
  { facts }: Pick<SeenObject, 'facts'>,
): Violated | null {
  const size = facts.get('size')
  if (bytes === null || size === undefined || isSizeOf(Number(size), bytes)) return null
  return violated(RIGHT_SIZE, `size of ${name}`, [`${bytes}, or that of their Base64`, size])
}

/** Whether it is so many bytes, or their Base64 with or without padding and line ends. */
function isSizeOf(size: number, bytes: number): boolean {
  const [least, most] = [Math.ceil((bytes * 4) / 3), Math.ceil(bytes / 3) * 4]
  const lineEnds = (Math.ceil(most / COLUMNS) + 1) * LINE_END_BYTES
  return size === bytes || (size >= least && size <= most + lineEnds)
}
