import { createHash } from 'node:crypto'
import { jsonDocument } from '#evidence/json-text.ts'
import type { RecordDigests, RunRecord } from '#evidence/run-record.ts'
import { UsageError } from '#evidence/usage-error.ts'

/** What is written to `run.json`; of a run that is over with the digests of all that is kept of it, `messages` among them. */
export function recordText(run: RunRecord, messages: string): string {
  return jsonDocument(run.finishedAt === null ? run : sealed(run, messages))
}

function sealed(run: RunRecord, messages: string): RunRecord {
  const digests = { features: run.digests?.features ?? null, messages }
  return { ...run, digests: { ...digests, record: recordDigest(run, digests) } }
}

/** The record of a run as `run.json` holds it, with the digest of `messages.ndjson` as it is; `shown` names the folder. */
export interface FoundRecord {
  readonly run: RunRecord
  readonly messages: () => string
  readonly shown: string
}

/**
 * Throws a UsageError where a record is not what the run left at its end. Of a run that did not come to its end
 * nothing is said: whatever its record holds, it is inconclusive.
 */
export function refuseEdited({ run, messages, shown }: FoundRecord): void {
  if (run.finishedAt === null) return
  const { digests } = run
  if (digests?.messages == null || digests.record === null)
    throw new UsageError(
      `${shown}/run.json: has no digests, so an edit could not be seen; run the verification again`,
    )
  refuseOther(`${shown}/run.json`, digests.record, recordDigest(run, digests))
  refuseOther(`${shown}/messages.ndjson`, digests.messages, messages())
}

function refuseOther(name: string, expected: string, got: string): void {
  if (got === expected) return
  throw new UsageError(
    `${name}: was edited after the run: expected SHA-256 ${short(expected)}, got ${short(got)}; run the verification again`,
  )
}

function recordDigest(run: RunRecord, { features, messages }: Omit<RecordDigests, 'record'>): string {
  const rest = { ...run, digests: undefined }
  return createHash('sha256')
    .update(JSON.stringify([rest, features, messages]))
    .digest('hex')
}

function short(digest: string): string {
  return `${digest.slice(0, 12)}…`
}
