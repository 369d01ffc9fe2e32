import type { KeptObject, LedgerChange } from '#evidence/ledger-line.ts'
import type { Attributes } from '#protocol/mstore/attributes.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { type ListedObject, pathOf } from './listing.ts'

/** As much of an object as it takes to put it back. */
export function keptObject(object: ListedObject): KeptObject {
  return { path: pathOf(object), flags: object.flags }
}

/** What the ledger says of a folder whose objects are to be changed. */
export function folderChange(
  folder: FolderName,
  before: readonly ListedObject[],
  mayUpload: boolean,
): LedgerChange {
  return { kind: 'folder', folder, objects: before.map(keptObject), mayUpload }
}

/** Attributes that may hold a secret: they are in no ledger. */
const SECRET = /pin|pwd|password|secret/i

/** What the ledger says of a profile that is to be changed. */
export function profileChange(before: Attributes): LedgerChange {
  return { kind: 'profile', attributes: [...before].filter(([name]) => !SECRET.test(name)) }
}
