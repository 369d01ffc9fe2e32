import type { BulkTarget } from './bulk.ts'
import { walkFault, type MStoreFault } from './fault.ts'

/** Faults by which two spellings of a URL, which differ in the case of their escapes, are two objects. */
export const TWICE_NAMED_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-BULKUPDATE-09/compares-spellings',
    'an object that is named in two spellings of its URL has two results',
    { bulkUpdate: { distinct: bySpelling } },
  ),
  walkFault(
    'MSTORE-BULKDELETE-04/compares-spellings',
    'an object that is deleted by two spellings of its URL has two results',
    { bulkDelete: { distinct: bySpelling } },
  ),
]

function bySpelling(targets: readonly BulkTarget[]): readonly BulkTarget[] {
  return [...new Map(targets.map((target) => [target.url, target])).values()]
}
