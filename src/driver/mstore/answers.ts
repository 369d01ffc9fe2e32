import { fromUtf8 } from '#protocol/bytes.ts'
import { type ParseError, parseError } from '#protocol/parse-error.ts'
import { parsePlainJson } from '#protocol/json.ts'
import type { AttributeReading } from '#protocol/mstore/attributes.ts'
import {
  type BulkItems,
  type BulkResults,
  type BulkUnknown,
  readBulkAnswer,
  readBulkItems,
} from '#protocol/mstore/bulk-results.ts'
import { type FolderReading, readFolder } from '#protocol/mstore/folder-body.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { isNetworkError } from '#protocol/mstore/network-error.ts'
import { type ObjectReading, readObject } from '#protocol/mstore/objects.ts'
import { type PinRefusal, PIN_REASON_HEADER, readPinRefusal } from '#protocol/mstore/pin.ts'
import { readProfile } from '#protocol/mstore/profile.ts'
import { readSearchAnswer } from '#protocol/mstore/search.ts'
import { unwrapBase64 } from '#protocol/mstore/transfer-encoding.ts'
import type { Answer } from '../wire-client.ts'

/** The JSON of an answer as JSON.parse has it; no JSON is a parse error. */
export function jsonOf({ body }: Answer): { readonly kind: 'json'; readonly plain: unknown } | ParseError {
  return parsePlainJson(body)
}

/** The list at a path of member names, `a.b.c`, of an answer; null where there is no JSON or no list. */
export function listAt(answer: Answer, path: string): readonly unknown[] | null {
  const json = jsonOf(answer)
  if (json.kind === 'parse-error') return null
  const value = path.split('.').reduce<unknown>((inner, name) => membersOf(inner)[name], json.plain)
  return Array.isArray(value) ? value : null
}

/** The attributes of a profile (mStore spec, vvmserviceProfile). */
export function profileOf(answer: Answer): AttributeReading | ParseError {
  return reading(answer, readProfile)
}

/** A folder (mStore spec, folders). */
export function folderOf(answer: Answer): FolderReading | ParseError {
  return reading(answer, readFolder)
}

/** An object (mStore spec, objects). */
export function objectOf(answer: Answer): ObjectReading | ParseError {
  return reading(answer, (body) => readObject(membersOf(body)['object']))
}

/** A page of a search whose items are read: each is an object, or what is wrong with it. */
export interface SearchPage {
  readonly kind: 'page'
  readonly objects: readonly ObjectReading[]
  readonly cursor: string | null
}

/** A page of a search; 204 is an empty one (E-06). One item that is no object makes the page of results a parse error. */
export function searchPageOf(answer: Answer): SearchPage | ParseError {
  if (answer.status === 204) return { kind: 'page', objects: [], cursor: null }
  const page = reading(answer, readSearchAnswer)
  if (page.kind === 'parse-error') return page
  const objects: ObjectReading[] = []
  for (const item of page.objects) {
    const object = readObject(item)
    if (object.kind === 'parse-error') return object
    objects.push(object)
  }
  return { kind: 'page', objects, cursor: page.cursor }
}

/** The results of a bulk request whatever its status, out of `NWK_RSP` too (E-07). */
export function bulkOf(answer: Answer): BulkResults | BulkUnknown | ParseError {
  return reading(answer, readBulkAnswer)
}

/** The items of the answer to a bulk request, each as it came. */
export function bulkItemsOf(answer: Answer): BulkItems {
  return reading<Exclude<BulkItems, ParseError>>(answer, readBulkItems)
}

/** The audio of an object, decoded. */
export interface DecodedAudio {
  readonly kind: 'payload'
  readonly audio: Uint8Array
  /** Whether it came as Base64. */
  readonly encoded: boolean
}

/**
 * The audio at an `href`: decoded where `Content-Transfer-Encoding` says base64, in whatever lines (E-21). Where
 * that says otherwise and the object `declared` base64, it is decoded if it can be.
 */
export function payloadOf(answer: Answer, declared: string | null = null): DecodedAudio | ParseError {
  const raw: DecodedAudio = { kind: 'payload', audio: answer.body, encoded: false }
  const isSaid = isBase64(answer.header('Content-Transfer-Encoding'))
  if (!isSaid && !isBase64(declared)) return raw
  const decoded = unwrapBase64(fromUtf8(answer.body) ?? '!')
  if (decoded.kind === 'parse-error') return isSaid ? decoded : raw
  return { kind: 'payload', audio: decoded.bytes, encoded: true }
}

function isBase64(encoding: string | null): boolean {
  return encoding?.trim().toLowerCase() === 'base64'
}

/** Why a PIN change was refused, by the header that says so and nothing else. */
export function pinRefusalOf(answer: Answer): PinRefusal {
  return readPinRefusal(answer.header(PIN_REASON_HEADER))
}

/** Whether an answer has the one error of the mStore spec for a body, and nothing more. */
export function isNetworkErrorAnswer(answer: Answer): boolean {
  const json = jsonOf(answer)
  return json.kind === 'json' && isNetworkError(json.plain)
}

function reading<Value>(answer: Answer, read: (body: unknown) => Value | ParseError): Value | ParseError {
  const json = jsonOf(answer)
  return json.kind === 'parse-error' ? parseError(`body: ${json.reason}`) : read(json.plain)
}
