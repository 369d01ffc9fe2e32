import type { ParseError } from '#protocol/parse-error.ts'
import { type BulkUpdate, isBulkOperation, readBulkUpdate } from '#protocol/mstore/bulk-requests.ts'
import { shownFailure } from '#protocol/mstore/bulk-results.ts'
import { GREETING_ON, isChangeable } from '#protocol/mstore/flags.ts'
import { jsonText, type JsonBodyRules } from './bodies.ts'
import { bulkTargets, decideBulk, documentedBulk, ownerOf, type BulkRules, type BulkTarget } from './bulk.ts'
import { malformed } from './decisions.ts'
import { withFlag } from './flags.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import { replaced, type ObjectRequest } from './objects.ts'
import type { AuthorizedRequest } from './scene.ts'

/** How flags are changed in bulk (mStore spec, bulkUpdate). */
export interface BulkUpdateRules extends BulkRules<BulkUpdate> {
  readonly read: (body: unknown) => ({ readonly kind: 'bulk-update' } & BulkUpdate) | ParseError
  /** Why a request is not understood; null where it is. */
  readonly objection: (update: BulkUpdate) => string | null
  /** Why a request is given up as a whole, after its targets were looked up; null where it is not. */
  readonly abort: (update: BulkUpdate, targets: readonly BulkTarget[]) => string | null
  readonly named: (flag: string) => string
  readonly isChangeable: (flag: string, update: BulkUpdate) => boolean
  /** The object as it is afterwards. */
  readonly updated: (object: StoredObject, update: BulkUpdate, authorized: BulkUpdateRequest) => StoredObject
  /** The objects that are changed, of all that can be. */
  readonly changed: (targets: readonly BulkTarget[], mailbox: StoredMailbox) => readonly StoredObject[]
}

/** How the mStore spec changes flags of several objects (`/objects/operations/bulkUpdate`). */
export const documentedBulkUpdate: BulkUpdateRules = {
  ...documentedBulk,
  // MSTORE-BULKUPDATE-17
  read: readBulkUpdate,
  // MSTORE-BULKUPDATE-16, E-55
  objection: ({ urls, operation, flags }) => {
    if (!isBulkOperation(operation))
      return `operation: expected AddFlag or RemoveFlag, got ${JSON.stringify(operation.slice(0, 60))}`
    if (urls.length === 0) return 'objectReference: expected an object, got none'
    return flags.length === 0 ? 'flags: expected a flag, got none' : null
  },
  // E-09
  abort: () => null,
  // E-40
  named: (flag) => flag,
  // MSTORE-FLAG-04…-07, -18, -19, -20, E-55
  isChangeable: (flag) => isChangeable(flag, 'bulk-update'),
  // MSTORE-BULKUPDATE-01, -02, -18
  updated: (object, { operation, flags }) =>
    flags.reduce((next, flag) => withFlag(next, { flag, on: operation === 'AddFlag' }), object),
  // MSTORE-BULKUPDATE-08, -15, -20
  changed: (targets) => targets.flatMap(({ object }) => object ?? []),
}

type BulkUpdateRequest = ObjectRequest &
  AuthorizedRequest<{ bodies: JsonBodyRules; bulkUpdate: BulkUpdateRules }>

/** Decides a change of flags in bulk. */
export function decideBulkUpdate(authorized: BulkUpdateRequest) {
  const operation = 'bulk-update'
  const rules = authorized.rulebook.bulkUpdate
  const body = jsonText(authorized)
  if (body.kind === 'malformed') return malformed(operation, body.reason)
  const read = rules.read(body.value)
  if (read.kind === 'parse-error') return malformed(operation, read.reason)
  const asked = { ...read, flags: read.flags.map(rules.named) }
  const targets = bulkTargets(asked.urls, rules, authorized)
  const objection = rules.objection(asked) ?? rules.abort(asked, targets)
  if (objection !== null) return malformed(operation, objection)
  if (!asked.flags.every((flag) => rules.isChangeable(flag, asked))) return refuse(targets, asked, authorized)
  const changes = rules.changed(targets, authorized.mailbox).flatMap((object) => {
    const updated = rules.updated(object, asked, authorized)
    return replaced(object, updated, ownerOf(object, targets, authorized))
  })
  return decideBulk({ operation, asked, targets, changes }, rules, authorized)
}

/** The deployed server's: a bulk change of the flag of greetings that names another object (E-09). */
export function abortsForGreetingFlag({ flags }: BulkUpdate, targets: readonly BulkTarget[]): string | null {
  return flags.includes(GREETING_ON) && targets.some(({ object }) => object?.folder !== 'greetings')
    ? `flags: expected greetings for ${GREETING_ON}, got another object`
    : null
}

/** No object has a flag changed that bulkUpdate cannot change: each is a failure. */
function refuse(targets: readonly BulkTarget[], asked: BulkUpdate, authorized: BulkUpdateRequest) {
  const { bulkUpdate } = authorized.rulebook
  const rules = { ...bulkUpdate, result: ({ url }: BulkTarget) => shownFailure(url) }
  const notes = [`flags: expected what bulkUpdate can change, got ${asked.flags.join(', ')}`]
  const decision = decideBulk({ operation: 'bulk-update', asked, targets, changes: [] }, rules, authorized)
  return { ...decision, notes }
}
