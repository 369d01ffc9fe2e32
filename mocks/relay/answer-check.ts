import { fromUtf8 } from '#protocol/bytes.ts'
import { checkBody, type RelayBody } from '#protocol/contracts.ts'
import type { Handled } from './relay.ts'

/** The schema of each JSON answer, by operation and outcome; `null` is one that the page does not know. */
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
export function answerFaults(
  { answer, outcome, faults }: Handled,
  dialect: 'documented' | 'deployed' = 'documented',
): readonly string[] {
  if (answer.kind !== 'reply' || outcome.content.kind !== 'json' || faults.length > 0) return []
  const name = `${outcome.operation} ${outcome.kind}`
  const schema = SCHEMAS[name]
  if (schema === undefined) return [`answer to ${name}: expected a schema for its JSON, got none`]
  if (schema === null) return []
  const body: unknown = JSON.parse(fromUtf8(answer.body) ?? '')
  return checkBody(schema, body)
    .filter((line) => !ECHOED.test(line) && (dialect === 'documented' || !LEFT_OUT.test(line)))
    .map((line) => `answer to ${name}: ${line}`)
}
