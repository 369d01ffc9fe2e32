import type { ParseError } from '#protocol/parse-error.ts'
import { readBulkDelete } from '#protocol/mstore/bulk-requests.ts'
import { jsonText, type JsonBodyRules } from './bodies.ts'
import { bulkTargets, decideBulk, documentedBulk, ownerOf, type BulkRules, type BulkTarget } from './bulk.ts'
import { malformed } from './decisions.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import type { ObjectRequest } from './objects.ts'
import { objectPath } from './object-paths.ts'
import type { AuthorizedRequest } from './scene.ts'

/** A deletion, read. */
export interface BulkDelete {
  readonly kind: 'bulk-delete'
  readonly urls: readonly string[]
}

/** How objects are deleted in bulk (mStore spec, bulkDelete). */
export interface BulkDeleteRules extends BulkRules<BulkDelete> {
  readonly read: (body: unknown) => BulkDelete | ParseError
  /** Why a request is not understood; null where it is. */
  readonly objection: (deletion: BulkDelete) => string | null
  /** The objects that go. */
  readonly removed: (targets: readonly BulkTarget[], mailbox: StoredMailbox) => readonly StoredObject[]
}

/** How the mStore spec deletes several objects (`/objects/operations/bulkDelete`). */
export const documentedBulkDelete: BulkDeleteRules = {
  ...documentedBulk,
  // MSTORE-BULKDELETE-01, E-47
  read: readBulkDelete,
  // MSTORE-BULKDELETE-12
  objection: ({ urls }) => (urls.length === 0 ? 'objectReference: expected an object, got none' : null),
  // MSTORE-BULKDELETE-02, -08, -09, -13
  removed: (targets) => targets.flatMap(({ object }) => object ?? []),
}

type BulkDeleteRequest = ObjectRequest &
  AuthorizedRequest<{ bodies: JsonBodyRules; bulkDelete: BulkDeleteRules }>

/** Decides a deletion in bulk. */
export function decideBulkDelete(authorized: BulkDeleteRequest) {
  const operation = 'bulk-delete'
  const { mailbox, rulebook } = authorized
  const rules = rulebook.bulkDelete
  const body = jsonText(authorized)
  if (body.kind === 'malformed') return malformed(operation, body.reason)
  const asked = rules.read(body.value)
  if (asked.kind === 'parse-error') return malformed(operation, asked.reason)
  const objection = rules.objection(asked)
  if (objection !== null) return malformed(operation, objection)
  const targets = bulkTargets(asked.urls, rules, authorized)
  const changes = rules.removed(targets, mailbox).map((object) => {
    const { msisdn } = ownerOf(object, targets, authorized).subscriber
    return { kind: 'object-removed', msisdn, path: objectPath(object) } as const
  })
  return decideBulk({ operation, asked, targets, changes }, rules, authorized)
}
