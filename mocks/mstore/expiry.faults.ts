import type { MStoreOperation } from './operations.ts'
import type { MStorePatch } from './rulebook.ts'
import { faultRows, type MStoreFault } from './fault.ts'

/** Faults by which what is past its time is gone for some requests and not for others. */
export const EXPIRY_FAULTS: readonly MStoreFault[] = faultRows(unseenBy, [
  ['MSTORE-FLAG-29/shows-what-expired', 'a voicemail past its time can still be read', 'read-object'],
  ['MSTORE-FLAG-29/counts-what-expired', 'voicemails past their time are counted', 'read-folder'],
])

function unseenBy(operation: MStoreOperation): MStorePatch {
  return { expiry: { isSeenBy: (asked) => asked !== operation } }
}
