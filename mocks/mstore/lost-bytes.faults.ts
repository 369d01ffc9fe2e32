import { documented } from './rulebook.ts'
import { walkFault, type MStoreFault } from './fault.ts'

const { uploads } = documented

/** A tab, a line feed, a carriage return and a blank. */
const WHITE_SPACE: readonly number[] = [0x09, 0x0a, 0x0d, 0x20]

/** Faults by which bytes at the end of audio that is uploaded are taken for none. */
export const LOST_BYTE_FAULTS: readonly MStoreFault[] = [
  losing('MSTORE-PAYLOAD-10/loses-zeros-at-the-end', 'zero bytes at the end of audio are lost', [0]),
  losing(
    'MSTORE-PAYLOAD-10/loses-white-space-at-the-end',
    'bytes of white space at the end of audio are lost',
    WHITE_SPACE,
  ),
]

function losing(id: string, summary: string, lost: readonly number[]): MStoreFault {
  return walkFault(id, summary, {
    uploads: {
      stored: (object, context) => {
        const end = object.audio.findLastIndex((byte) => !lost.includes(byte)) + 1
        return uploads.stored({ ...object, audio: object.audio.slice(0, end) }, context)
      },
    },
  })
}
