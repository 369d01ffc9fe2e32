import type { MStoreOperation } from './operations.ts'
import type { MStorePatch } from './rulebook.ts'
import { faultRows, type MStoreFault } from './fault.ts'

/** Faults by which what is past its time is gone for some requests and not for others. */
export const EXPIRY_FAULTS: readonly MStoreFault[] = faultRows(unseenBy, [
  ['MSTORE-FLAG-29/shows-what-expired', 'a voicemail past its time can still be read', 'read-object'],
  ['MSTORE-FLAG-29/counts-what-expired', 'voicemails past their time are counted', 'read-folder'],
  ['MSTORE-FLAG-29/hands-out-what-expired', 'audio past its time can still be downloaded', 'read-payload'],
  ['MSTORE-FLAG-29/marks-what-expired', 'a voicemail past its time can still be marked', 'bulk-update'],
])

function unseenBy(operation: MStoreOperation): MStorePatch {
  return { expiry: { isSeenBy: (asked) => asked !== operation } }
}
