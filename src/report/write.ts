import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { jsonDocument } from '#evidence/json-text.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Register } from '#protocol/register.ts'
import { judge, type Verdicts } from '#verdict/judge.ts'
import { htmlReport } from './html/page.tsx'
import { junitXml } from './junit.ts'
import { markdownSummary } from './markdown.ts'
import type { Proofs } from './proofs.ts'
import { summarise } from './summary.ts'

/** What a run's reports are made from besides its record. */
export interface Evidence {
  readonly envelopes: Iterable<Envelope>
  /** The requirements of the run's protocols. */
  readonly register: Pick<Register, 'requirements'>
  /** What the scenarios of each requirement were proved by; without it the reports do not say. */
  readonly proofs?: ReadonlyMap<string, Proofs>
}

/**
 * Judges a run and writes `summary.json`, `junit.xml`, `summary.md` and `report.html` into `folder`, which
 * is made where it does not exist. Each file is there as a whole or not at all. Where some cannot be written the
 * others are there, and the error is thrown.
 */
export async function writeReports(
  folder: string,
  run: RunRecord,
  { envelopes, register, proofs }: Evidence,
): Promise<Verdicts> {
  const verdicts = judge(envelopes, run, register.requirements)
  await mkdir(folder, { recursive: true })
  await all([
    replace(join(folder, 'summary.json'), jsonDocument(summarise(verdicts, run))),
    replace(join(folder, 'junit.xml'), `${junitXml(verdicts, run)}\n`),
    replace(join(folder, 'summary.md'), markdownSummary(verdicts, run)),
    replace(join(folder, 'report.html'), htmlReport(verdicts, run, proofs)),
  ])
  return verdicts
}

/** Writes `text` beside `file` and then puts it in its place, so that no reader meets half of it. */
export async function replace(file: string, text: string | Iterable<string>): Promise<void> {
  try {
    await writeFile(`${file}.new`, text)
    await rename(`${file}.new`, file)
  } catch (error) {
    await rm(`${file}.new`, { force: true }).catch(() => undefined)
    throw error
  }
}

/** Waits for all writings; throws the first error when each of them has ended. */
async function all(writings: readonly Promise<void>[]): Promise<void> {
  const settled = await Promise.allSettled(writings)
  const failed = settled.find((one) => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}
