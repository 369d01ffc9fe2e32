import { parseJson } from '#protocol/json.ts'
import { type MstoreBody, checkMstoreBody } from '#protocol/mstore/contracts.ts'
import type { MStoreRequest } from './requests.ts'
import type { AuthorizedRequest } from './scene.ts'

/** What is asked of a body, and of a JSON body in particular. */
export interface JsonBodyRules {
  /** Whether what came of a body that was cut short is taken for all of it, by the name of the operation. */
  readonly takesCut: (operation: string) => boolean
  readonly isJsonType: (contentType: string | undefined) => boolean
  /** Reads the bytes of a JSON document. */
  readonly parse: typeof parseJson
  /** How a value misses the schema of a body, a line each; empty where it fits. */
  readonly faults: (schema: MstoreBody, value: unknown) => readonly string[]
}

/** A JSON body as it came, or why it is refused; the reason is for the journal. */
export type JsonBody =
  { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'malformed'; readonly reason: string }

/** How the mStore spec has JSON bodies read (Endpoints). */
export const documentedBodies: JsonBodyRules = {
  // MSTORE-ERROR-12
  takesCut: () => false,
  // MSTORE-ERROR-05, page, Endpoints
  isJsonType: (contentType = '') => /^application\/json[ \t]*(?:;|$)/i.test(contentType),
  // MSTORE-SEARCH-30, MSTORE-BULKUPDATE-28, -34
  parse: parseJson,
  // MSTORE-ERROR-01
  faults: checkMstoreBody,
}

type BodyContext = Pick<AuthorizedRequest<{ bodies: JsonBodyRules }>, 'request' | 'body' | 'rulebook'>

/** The body of a request, or why there is none that could be looked at. */
export function bodyOf(
  { body, cut }: Pick<MStoreRequest, 'body' | 'cut'>,
  operation: string,
  { takesCut }: JsonBodyRules,
): MStoreRequest['body'] {
  return body === 'truncated' && cut !== undefined && takesCut(operation) ? cut : body
}

/** The JSON body of a request. Its Content-Type, its text and its schema are looked at, in this order. */
export function jsonBody(asked: BodyContext, schema: MstoreBody): JsonBody {
  const read = jsonText(asked)
  if (read.kind === 'malformed') return read
  const [fault] = asked.rulebook.bodies.faults(schema, read.value)
  return fault === undefined ? read : malformed(`body: ${fault}`)
}

/** The JSON body of a request, of any shape: its Content-Type and its text alone are looked at. */
export function jsonText({ request, body, rulebook }: BodyContext): JsonBody {
  const { contentType } = request
  if (!rulebook.bodies.isJsonType(contentType)) {
    return malformed(`Content-Type: expected application/json, got ${contentType?.slice(0, 60) ?? 'none'}`)
  }
  const read = rulebook.bodies.parse(body)
  return read.kind === 'parse-error' ? malformed(read.reason) : { kind: 'json', value: read.plain }
}

function malformed(reason: string): JsonBody {
  return { kind: 'malformed', reason }
}
