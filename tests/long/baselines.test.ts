import { expect, it } from 'vitest'
import { PROTOCOLS } from '#protocol/requirements.ts'
import type { EntryReport } from '#run/prove-baseline.ts'
import { command } from '../cli/in-process.ts'
import { SUITE_FAULTS_OF } from '../faults/faults.ts'
import { drawn } from './whole-suite-table.ts'

const HOURS_MS = 24 * 3_600_000

/** Whether a sample is enough; all faults are tried without it. */
const IS_SAMPLE = process.env['TOUCHSTONE_SAMPLE'] !== undefined
const SAMPLE = 30
const SEED = process.env['TOUCHSTONE_SEED'] ?? new Date().toISOString().slice(0, 10)

it(
  `the entries that a run prints hold on the next for each fault, or for those drawn with the seed ${SEED}`,
  async () => {
    const known = PROTOCOLS.flatMap((protocol) => SUITE_FAULTS_OF[protocol].map(({ id }) => id))
    const tried = IS_SAMPLE ? drawn(known, SAMPLE, SEED) : known
    const named = tried.flatMap((id) => ['--fault', id])
    const { exitCode, stdout } = await command(['prove', '--baselines', ...named, '--json', '--seed', SEED])
    const { reports } = JSON.parse(stdout) as { readonly reports: readonly EntryReport[] }
    const wrong = reports.filter(({ outcome }) => outcome !== 'held')
    expect(wrong.map(({ fault, outcome, reasons }) => ({ fault, outcome, reasons }))).toEqual([])
    expect(new Set(reports.map(({ fault }) => fault))).toEqual(new Set(tried))
    expect(exitCode).toBe(0)
  },
  HOURS_MS,
)
