import type { World } from '#mocks/engine/world.ts'
import { type BulkResult, bulkAnswer, shownFailure, shownSuccess } from '#protocol/mstore/bulk-results.ts'
import { decided, jsonContent, type MStoreContent } from './decisions.ts'
import type { MStoreStateChange } from './changes.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import { knownPath } from './object-paths.ts'
import type { ObjectRequest } from './objects.ts'
import { shuffled } from './shuffle.ts'
import { referenceOf, type Reference } from './urls.ts'

/** An object that a bulk request names: `object` is null where there is none that it could be applied to. */
export interface BulkTarget {
  /** The same for two URLs of one object. */
  readonly key: string
  /** The URL by which the answer names it. */
  readonly url: string
  readonly object: StoredObject | null
  /** Where the object is. */
  readonly mailbox: StoredMailbox
  /** Whether an object could have the path at all (mStore spec, bulkUpdate: `test` is none that one has). */
  readonly isAddressable: boolean
}

/** How the answer to a bulk request as a whole is called. */
export type BulkKind = 'done' | 'mixed' | 'failed' | 'forbidden-flag'

/** What bulkUpdate and bulkDelete have in common; `Asked` is the request, read. */
export interface BulkRules<Asked> {
  /** One target for each object, however often it was named. */
  readonly distinct: (targets: readonly BulkTarget[]) => readonly BulkTarget[]
  /** The targets that are tried. */
  readonly tried: (targets: readonly BulkTarget[]) => readonly BulkTarget[]
  /** The mailbox that objects of another number are looked for in; null where they are not. */
  readonly foreign: (msisdn: string, authorized: ObjectRequest) => StoredMailbox | null
  readonly result: (target: BulkTarget, asked: Asked) => BulkResult
  readonly order: (results: readonly BulkResult[], world: World) => readonly BulkResult[]
  /** Whether a target that no object can be leaves the answer without results, this time. */
  readonly hidesResults: (world: World) => boolean
  readonly item: (result: BulkResult) => object
  readonly list: (items: readonly object[]) => object
  /** The body that carries results past a failing status. */
  readonly wrapped: (list: object) => object
  readonly content: (list: object, kind: BulkKind, wrapped: (list: object) => object) => MStoreContent
}

/** The rules of both (mStore spec, bulkUpdate; mStore spec, bulkDelete). */
export const documentedBulk: BulkRules<unknown> = {
  // MSTORE-BULKUPDATE-09, MSTORE-BULKDELETE-04
  distinct: (targets) =>
    [...new Map(targets.toReversed().map((target) => [target.key, target])).values()].reverse(),
  // MSTORE-BULKUPDATE-08, MSTORE-BULKDELETE-02
  tried: (targets) => targets,
  // MSTORE-BULKUPDATE-27, MSTORE-BULKDELETE-16
  foreign: () => null,
  // MSTORE-BULKUPDATE-04…-07, -18, -22, MSTORE-BULKDELETE-10, E-24, E-25
  result: ({ object, url }) => (object === null ? shownFailure(url) : shownSuccess(url)),
  // MSTORE-BULKUPDATE-10: the mStore spec leaves the order open
  order: shuffled,
  // MSTORE-BULKUPDATE-14: "sometimes"
  hidesResults: (world) => world.randomInt(0, 2) === 0,
  item: (result) => bulkAnswer([result]).bulkResponseList.response[0] ?? {},
  // MSTORE-BULKUPDATE-03, MSTORE-BULKDELETE-03
  list: (items) => ({ bulkResponseList: { response: items } }),
  // MSTORE-BULKUPDATE-11, MSTORE-BULKDELETE-06
  wrapped: (list) => ({ NWK_RSP: JSON.stringify(list) }),
  // MSTORE-BULKUPDATE-13, E-07
  content: (list, kind, wrapped) => jsonContent(kind === 'mixed' ? wrapped(list) : list),
}

/** What of a bulk request is settled before its results are written. */
export interface BulkWork<Asked> {
  readonly operation: 'bulk-update' | 'bulk-delete'
  readonly asked: Asked
  readonly targets: readonly BulkTarget[]
  readonly changes: readonly MStoreStateChange[]
}

/** The targets of a list of URLs, each tried once. */
export function bulkTargets<Asked>(
  urls: readonly string[],
  rules: BulkRules<Asked>,
  authorized: ObjectRequest,
): readonly BulkTarget[] {
  return rules.tried(rules.distinct(urls.map((url) => bulkTarget(url, rules, authorized))))
}

/** The answer to a bulk request whose targets were tried. */
export function decideBulk<Asked>(
  work: BulkWork<Asked>,
  rules: BulkRules<Asked>,
  { world }: Pick<ObjectRequest, 'world'>,
) {
  const { operation, asked, targets, changes } = work
  const results = targets.map((target) => rules.result(target, asked))
  if (targets.some(({ isAddressable }) => !isAddressable) && rules.hidesResults(world))
    return decided(operation, 'unaddressable', { content: { kind: 'network-error' }, changes })
  const kind = kindOf(results)
  const list = rules.list(rules.order(results, world).map(rules.item))
  return decided(operation, kind, { content: rules.content(list, kind, rules.wrapped), changes })
}

function bulkTarget<Asked>(asked: string, rules: BulkRules<Asked>, authorized: ObjectRequest): BulkTarget {
  const reference = referenceOf(asked, authorized)
  const nowhere = { key: asked, url: reference.result, object: null, mailbox: authorized.mailbox }
  if (reference.kind === 'no-url') return { ...nowhere, isAddressable: false }
  if (reference.kind === 'not-taken') return { ...nowhere, isAddressable: true }
  const mailbox = mailboxOf(reference, rules, authorized)
  if (mailbox === null) return { ...nowhere, isAddressable: true }
  const { endpoint } = reference
  const path = endpoint.kind === 'object' ? endpoint.objectPath : ''
  const known = knownPath(path)
  if (known === null) return { ...nowhere, isAddressable: false }
  const object = authorized.rulebook.objects.find(path, mailbox) ?? null
  const key = `${mailbox.subscriber.msisdn} ${known}`
  return { key, url: reference.result, object, mailbox, isAddressable: true }
}

/** The mailbox that a URL in a body leads to, as far as its objects are looked for; else null. */
function mailboxOf<Asked>(
  reference: Reference,
  rules: BulkRules<Asked>,
  authorized: ObjectRequest,
): StoredMailbox | null {
  if (reference.kind === 'own') return authorized.mailbox
  return reference.kind === 'foreign' ? rules.foreign(reference.msisdn, authorized) : null
}

/** The mailbox that an object is in: that of its target, else the one at hand. */
export function ownerOf(
  object: StoredObject,
  targets: readonly BulkTarget[],
  { mailbox }: Pick<ObjectRequest, 'mailbox'>,
): StoredMailbox {
  return targets.find((target) => target.object === object)?.mailbox ?? mailbox
}

function kindOf(results: readonly BulkResult[]): Exclude<BulkKind, 'forbidden-flag'> {
  const failures = results.filter(({ kind }) => kind === 'failure').length
  if (failures === 0) return 'done'
  return failures === results.length ? 'failed' : 'mixed'
}
