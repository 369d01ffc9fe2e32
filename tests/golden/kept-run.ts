import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import { recordText } from '#report/record-digests.ts'

/** Writes the record of a run into a folder, as the run itself would have left it. */
export function keepRecord(folder: string, run: RunRecord, envelopes: readonly Envelope[]): void {
  keepText(folder, run, envelopes.map((envelope) => `${JSON.stringify(envelope)}\n`).join(''))
}

/** The same where the messages are this text. */
export function keepText(folder: string, run: RunRecord, messages: string): void {
  const digest = createHash('sha256').update(messages).digest('hex')
  writeFileSync(join(folder, 'run.json'), recordText(run, digest))
  writeFileSync(join(folder, 'messages.ndjson'), messages)
}
