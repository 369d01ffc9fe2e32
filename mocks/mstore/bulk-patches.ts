import { type BulkResult, shownFailure, shownSuccess } from '#protocol/mstore/bulk-results.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { documentedBulk, type BulkRules, type BulkTarget } from './bulk.ts'
import { jsonContent } from './decisions.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'

/** What both bulk operations can do wrong: part of the rules of either. */
export type BulkPatch = Partial<BulkRules<unknown>>

/** Items of the answer with other members; `undefined` leaves one out. */
export function items(
  change: (item: Readonly<Record<string, unknown>>, result: BulkResult) => object,
): BulkPatch {
  return {
    item: (result) => {
      const item = membersOf(documentedBulk.item(result))
      return { ...item, ...change(item, result) }
    },
  }
}

/** Failures with other members of `serviceException`. */
export function exceptions(change: (result: BulkResult) => object): BulkPatch {
  return items(({ failure }, result) => {
    if (failure === undefined) return {}
    const exception = membersOf(membersOf(failure)['serviceException'])
    return { failure: { serviceException: { ...exception, ...change(result) } } }
  })
}

/** The results are a list at the top of the body. */
export const bareList: BulkPatch = { list: (listed) => ({ response: listed }) }

/** A failure looks like a success. */
export const allSucceed: BulkPatch = { result: ({ url }) => shownSuccess(url) }

/** What comes behind the first failure is not tried. */
export const stopsAtFailures: BulkPatch = {
  tried: (targets) => {
    const failed = targets.findIndex(({ object }) => object === null)
    return failed === -1 ? targets : targets.slice(0, failed + 1)
  },
}

/** An object named twice has two results, the second a failure. */
export const failsTwice: BulkPatch = {
  distinct: (targets) =>
    targets.map((target, index) => (isFirst(target, index, targets) ? target : { ...target, object: null })),
}

/** A failure in the form of the mStore spec, named otherwise. */
export function failingAs(change: Partial<BulkResult>): BulkPatch {
  return {
    item: (result) =>
      documentedBulk.item(result.kind === 'failure' ? ({ ...result, ...change } as BulkResult) : result),
  }
}

/** Failures name a URL that was not asked for. */
export const namesAnother: BulkPatch = {
  result: ({ object, url }) => (object === null ? shownFailure(`${url}0`) : shownSuccess(url)),
}

function isFirst({ key }: BulkTarget, index: number, targets: readonly BulkTarget[]): boolean {
  return targets.findIndex((target) => target.key === key) === index
}

/** Results are never inside `NWK_RSP`. */
export const unwrapped: BulkPatch = { content: (list) => jsonContent(list) }
/** `NWK_RSP` holds JSON and no text. */
export const asObject: BulkPatch = { wrapped: (list) => ({ NWK_RSP: list }) }
/** A failure names no object. */
export const withoutVariables = exceptions(() => ({ variables: undefined }))

/** The objects that can be worked on. */
export function objectsOf(targets: readonly BulkTarget[]): readonly StoredObject[] {
  return targets.flatMap(({ object }) => object ?? [])
}

/** Whether there is no object to work on. */
export function isFailing({ object }: BulkTarget): boolean {
  return object === null
}

/** Every object of the folders that are concerned. */
export function wholeFolders(
  targets: readonly BulkTarget[],
  { objects }: StoredMailbox,
): readonly StoredObject[] {
  const folders = objectsOf(targets).map(({ folder }) => folder)
  return [...objects.values()].filter(({ folder }) => folders.includes(folder))
}

/** An object of another mailbox is taken for the own one of that path. */
export const takesForeignForOwn: BulkPatch = { foreign: (_msisdn, { mailbox }) => mailbox }
/** An object of another mailbox is worked on there. */
export const reachesOthers: BulkPatch = {
  foreign: (msisdn, { state }) => state.mailboxes.get(msisdn) ?? null,
}

/** How many objects of a long list are worked on, or answered, by a fault that gives up there. */
const FEW = 10

/** Of a long list the first objects alone are tried. */
export const triesFew: BulkPatch = { tried: (targets) => targets.slice(0, FEW) }
const HUNDRED = 100

/** Of a list of more than a hundred the first objects alone are tried. */
export const triesHundred: BulkPatch = { tried: (targets) => targets.slice(0, HUNDRED) }
/** Of a long list the first results alone are answered. */
export const answersFew: BulkPatch = { order: (results) => results.slice(0, FEW) }

/** What is in a mailbox that is named by the beginning of a number, 1 for 10 to 19. */
export function byBeginning(
  targets: readonly BulkTarget[],
  { objects }: StoredMailbox,
): readonly StoredObject[] {
  const named = objectsOf(targets)
  return [...objects.values()].filter(({ folder, number }) =>
    named.some((each) => each.folder === folder && String(number).startsWith(String(each.number))),
  )
}
