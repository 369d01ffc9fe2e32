import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import { replace } from './write.ts'

/** Writes `messages.ndjson` and `run.json`, from which every report can be made again, into `folder`, which may be missing. */
export async function writeRecord(
  folder: string,
  run: RunRecord,
  envelopes: Iterable<Envelope>,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  await replace(join(folder, 'messages.ndjson'), linesOf(envelopes))
  await replace(join(folder, 'run.json'), `${JSON.stringify(run, null, 2)}\n`)
}

function* linesOf(envelopes: Iterable<Envelope>): Generator<string> {
  for (const envelope of envelopes) yield `${JSON.stringify(envelope)}\n`
}
