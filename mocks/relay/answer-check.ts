import { withOperationPrefix, answerBreaches } from '#mocks/engine/answer-check.ts'
import { checkBody, type RelayBody } from '#protocol/contracts.ts'
import type { RelayHandled } from './relay.ts'

/** The schema of each JSON answer, by operation and outcome; `null` is one that the relay spec does not know. */
const SCHEMAS: Readonly<Record<string, RelayBody | null>> = {
  'query-directory answered': 'directory-answer',
  'fetch-prekeys handed-out': 'prekey-answer',
  'peer-fetch-prekeys handed-out': 'prekey-answer',
  'submit-messages mismatched-devices': 'mismatched-devices',
  'submit-messages stale-devices': 'stale-devices',
  'peer-submit-messages mismatched-devices': 'mismatched-devices',
  'peer-submit-messages stale-devices': 'stale-devices',
  'allocate-attachment allocated': 'attachment-allocation',
  'retrieve-attachment located': 'attachment-retrieval',
  'read-listing listed': null,
  'provision-device provisioned': null,
  'add-device added': null,
}

/** What is no fault of ours: a request that names a device below 1 gets it back as one too many. */
const ECHOED = /^\/extraDevices\/\d+: expected at least 1, /

/** What the deployed dialect leaves out: a key id of 0 (E-24). */
const LEFT_OUT = /^\/keys\/\d+: expected member keyId, got none$/

/**
 * What is wrong with the JSON of an answer by its schema, in one line each; of an answer without JSON
 * nothing is. A fault may break any of them, and what a peer refused with is the peer's.
 */
export function answerMistakes(
  handled: RelayHandled,
  dialect: 'documented' | 'deployed' = 'documented',
): readonly string[] {
  // What the deployed relay puts to a refusal without content (E-10) is in no schema.
  if (handled.outcome.content.kind !== 'json') return []
  const lines = answerBreaches(handled, { schemaOf, check: checkBody })
  const isOurs = (line: string): boolean =>
    !ECHOED.test(line) && (dialect === 'documented' || !LEFT_OUT.test(line))
  return withOperationPrefix(handled, lines.filter(isOurs))
}

function schemaOf(operation: string, kind: string): RelayBody | null | undefined {
  return SCHEMAS[`${operation} ${kind}`]
}
