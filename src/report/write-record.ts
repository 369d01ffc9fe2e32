import { createHash, type Hash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { jsonText } from '#evidence/json-text.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import { recordText } from './record-digests.ts'
import { replace } from './write.ts'

/** Writes `messages.ndjson` and `run.json`, from which every report can be made again, into `folder`, which may be missing. */
export async function writeRecord(
  folder: string,
  run: RunRecord,
  envelopes: Iterable<Envelope>,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const hash = createHash('sha256')
  await replace(join(folder, 'messages.ndjson'), linesOf(envelopes, hash))
  await replace(join(folder, 'run.json'), recordText(run, hash.digest('hex')))
}

/** Each line goes into `hash` as it is written. */
function* linesOf(envelopes: Iterable<Envelope>, hash: Hash): Generator<string> {
  for (const envelope of envelopes) {
    const line = `${jsonText(envelope)}\n`
    hash.update(line)
    yield line
  }
}
