import { answerBreaches, withOperationPrefix } from '#mocks/engine/answer-check.ts'
import { utf8 } from '#protocol/bytes.ts'
import { parsePlainJson } from '#protocol/json.ts'
import { checkMstoreBody, type MstoreBody } from '#protocol/mstore/contracts.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import type { MStoreHandled } from './mstore.ts'
import { OPERATIONS, type MStoreOperationRow } from './operations.ts'

/**
 * What is wrong with the JSON of an answer by its schema, in one line each; of an answer without JSON nothing
 * is. A fault may break any of them.
 */
export function answerMistakes(handled: MStoreHandled): readonly string[] {
  return withOperationPrefix(handled, answerBreaches(handled, { schemaOf, check }))
}

function schemaOf(operation: string, kind: string): MstoreBody | undefined {
  if (kind === 'malformed') return 'error'
  const rows: Readonly<Record<string, MStoreOperationRow>> = OPERATIONS
  return rows[operation]?.schemas?.[kind]
}

/** A network response has another body in it, as text (mStore spec, bulkUpdate). */
function check(schema: MstoreBody, body: unknown): readonly string[] {
  const lines = checkMstoreBody(schema, body)
  if (schema !== 'network-response' || lines.length > 0) return lines
  const inner = parsePlainJson(utf8(String(membersOf(body)['NWK_RSP'])))
  const breaches = inner.kind === 'parse-error' ? [inner.reason] : checkMstoreBody('bulk-answer', inner.plain)
  return breaches.map((line) => `/NWK_RSP: ${line}`)
}
