import { parseJson } from '#protocol/json.ts'
import type { MstoreBody } from '#protocol/mstore/contracts.ts'
import { checkMstoreBody } from '#protocol/mstore/contracts.ts'
import type { Admitted } from './scene.ts'

/** What is asked of a JSON body. */
export interface BodyRules {
  readonly isJsonType: (contentType: string | undefined) => boolean
  /** How a value misses the schema of a body, a line each; empty where it fits. */
  readonly faults: (schema: MstoreBody, value: unknown) => readonly string[]
}

/** A JSON body as it came, or why it is refused; the reason is for the journal. */
export type JsonBody =
  { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'malformed'; readonly reason: string }

export const documentedBodies: BodyRules = {
  // MSTORE-ERROR-05, page, Endpoints
  isJsonType: (contentType = '') => /^application\/json[ \t]*(?:;|$)/i.test(contentType),
  // MSTORE-ERROR-01
  faults: checkMstoreBody,
}

/** The JSON body of a request. Its Content-Type, its text and its schema are looked at, in this order. */
export function jsonBody(
  { request, body, rulebook }: Pick<Admitted, 'request' | 'body' | 'rulebook'>,
  schema: MstoreBody,
): JsonBody {
  const rules = rulebook.bodies
  const { contentType } = request
  if (!rules.isJsonType(contentType)) {
    return malformed(`Content-Type: expected application/json, got ${contentType?.slice(0, 60) ?? 'none'}`)
  }
  const read = parseJson(body)
  if (read.kind === 'fault') return malformed(read.reason)
  const [fault] = rules.faults(schema, read.plain)
  return fault === undefined ? { kind: 'json', value: read.plain } : malformed(`body: ${fault}`)
}

function malformed(reason: string): JsonBody {
  return { kind: 'malformed', reason }
}
