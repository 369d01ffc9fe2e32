import type { World } from '#mocks/engine/world.ts'
import { type BulkResult, bulkAnswer, shownFailure, shownSuccess } from '#protocol/mstore/bulk-results.ts'
import { decided, jsonContent, type MStoreContent } from './decisions.ts'
import type { MStoreStateChange } from './changes.ts'
import type { StoredObject } from './mailbox.ts'
import { knownPath } from './object-paths.ts'
import type { ObjectRequest } from './objects.ts'
import { shuffled } from './shuffle.ts'
import { referenceOf } from './urls.ts'

/** An object that a bulk request names: `object` is null where there is none that it could be applied to. */
export interface BulkTarget {
  /** The same for two URLs of one object. */
  readonly key: string
  /** The URL by which the answer names it. */
  readonly url: string
  readonly object: StoredObject | null
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
  return rules.tried(rules.distinct(urls.map((url) => bulkTarget(url, authorized))))
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

function bulkTarget(asked: string, authorized: ObjectRequest): BulkTarget {
  const reference = referenceOf(asked, authorized)
  const { result: url } = reference
  if (reference.kind === 'foreign' || reference.kind === 'not-taken')
    return { key: asked, url, object: null, isAddressable: true }
  const path =
    reference.kind === 'own' && reference.endpoint.kind === 'object' ? reference.endpoint.objectPath : null
  if (path === null || knownPath(path) === null)
    return { key: asked, url, object: null, isAddressable: false }
  const object = authorized.rulebook.objects.find(path, authorized.mailbox) ?? null
  return { key: knownPath(path) ?? asked, url, object, isAddressable: true }
}

function kindOf(results: readonly BulkResult[]): Exclude<BulkKind, 'forbidden-flag'> {
  const failures = results.filter(({ kind }) => kind === 'failure').length
  if (failures === 0) return 'done'
  return failures === results.length ? 'failed' : 'mixed'
}
