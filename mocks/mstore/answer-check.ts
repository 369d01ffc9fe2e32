import { withOperationPrefix, answerBreaches } from '#mocks/engine/answer-check.ts'
import { utf8 } from '#protocol/bytes.ts'
import { parsePlainJson } from '#protocol/json.ts'
import { checkMstoreBody, type MstoreBody } from '#protocol/mstore/contracts.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import type { MStoreHandled } from './mstore.ts'

/** The schema of each JSON answer, by operation and outcome. */
const SCHEMAS: Readonly<Record<string, MstoreBody>> = {
  'read-profile read': 'profile',
  'read-folder read': 'folder',
  'read-object read': 'object',
  'search found': 'search-answer',
  'search nothing-found': 'search-answer',
  'search bad-cursor': 'error',
  'bulk-update done': 'bulk-answer',
  'bulk-update mixed': 'network-response',
  'bulk-update failed': 'bulk-answer',
  'bulk-update forbidden-flag': 'bulk-answer',
  'bulk-update unaddressable': 'error',
  'bulk-delete done': 'bulk-answer',
  'bulk-delete mixed': 'network-response',
  'bulk-delete failed': 'bulk-answer',
  'bulk-delete unaddressable': 'error',
}

/**
 * What is wrong with the JSON of an answer by its schema, in one line each; of an answer without JSON nothing
 * is. A fault may break any of them.
 */
export function answerFaults(handled: MStoreHandled): readonly string[] {
  return withOperationPrefix(handled, answerBreaches(handled, { schemaOf, check }))
}

function schemaOf(operation: string, kind: string): MstoreBody | undefined {
  return kind === 'malformed' ? 'error' : SCHEMAS[`${operation} ${kind}`]
}

/** A network response has another body in it, as text (page, bulkUpdate). */
function check(schema: MstoreBody, body: unknown): readonly string[] {
  const lines = checkMstoreBody(schema, body)
  if (schema !== 'network-response' || lines.length > 0) return lines
  const inner = parsePlainJson(utf8(String(membersOf(body)['NWK_RSP'])))
  const faults = inner.kind === 'parse-error' ? [inner.reason] : checkMstoreBody('bulk-answer', inner.plain)
  return faults.map((line) => `/NWK_RSP: ${line}`)
}
