import { concat, utf8 } from '#protocol/bytes.ts'
import type { UploadMessage } from '#protocol/mstore/upload.ts'
import { deployedFault, fault, faultRows, type MStoreFault } from './fault.ts'
import { bare } from './fault-patches.ts'
import { readFlat } from './lenient-uploads.faults.ts'
import type { MStoreOperation } from './operations.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { orElse } from './upload-readers.faults.ts'

const OK = 200

/** Longer than the deployed client waits, in ms. */
const TOO_LONG_MS = 90_000

/** Faults in refusing what is malformed. */
export const ERROR_FAULTS: readonly MStoreFault[] = [
  deployedFault('MSTORE-ERROR-07/waits-too-long', 'the gateway gives up after 90 seconds', {
    gatewayTimeoutMs: TOO_LONG_MS,
  }),
  fault('MSTORE-ERROR-12/takes-cut-bodies', 'what came of a body that was cut short is taken for all of it', {
    bodies: { takesCut: () => true },
  }),
  ...faultRows(takingCut, [
    ['MSTORE-ERROR-12/marks-for-cut-bodies', 'a bulk change that was cut short takes effect', 'bulk-update'],
    ['MSTORE-ERROR-12/deletes-for-cut-bodies', 'a deletion that was cut short takes effect', 'bulk-delete'],
  ]),
  fault(
    'MSTORE-ERROR-12/stores-cut-uploads',
    'of an upload that was cut short the audio that came is stored',
    {
      bodies: { takesCut: (operation) => operation === 'upload' },
      uploads: {
        read: (message) => orElse(documented.uploads.read(message), () => readFlat(ended(message))),
      },
    },
  ),
  fault('MSTORE-ERROR-14/wants-the-bare-type', 'application/json with a charset is refused', {
    bodies: { isJsonType: (type = '') => /^application\/json$/i.test(type) },
  }),
  fault('MSTORE-ERROR-14/minds-case', 'application/json is refused in other letters', {
    bodies: { isJsonType: (type = '') => /^application\/json\s*(?:;|$)/.test(type) },
  }),
  fault('MSTORE-ERROR-12/answers-200', 'a body that was cut short answers 200', {
    wire: { transform: (reply, _outcome, { body }) => (body === 'truncated' ? bare(reply, OK) : reply) },
  }),
]

function takingCut(operation: MStoreOperation): MStorePatch {
  return { bodies: { takesCut: (asked) => asked === operation } }
}

/** A message that was cut short, as if it ended behind its last whole line. */
function ended(message: UploadMessage): UploadMessage {
  const end = Buffer.from(message.body).lastIndexOf('\r\n')
  return { ...message, body: concat(message.body.subarray(0, end), utf8('\r\n--')) }
}
