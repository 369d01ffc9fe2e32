import { expect, it } from 'vitest'
import { loadVariants } from '../../src/cli/variant-selection.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import type { WalkReport } from '#run/explored/walk-trial.ts'
import { command } from '../cli/in-process.ts'
import { drawn } from './whole-suite-table.ts'

const HOURS_MS = 24 * 3_600_000

/** How many variants are walked, by two seeds; without it all are, by ten. */
const SAMPLE = Number(process.env['TOUCHSTONE_SAMPLE'] ?? '0')
const SEED = process.env['TOUCHSTONE_SEED'] ?? new Date().toISOString().slice(0, 10)
const SEEDS = SAMPLE === 0 ? 10 : 2

it.each(Array.from({ length: SEEDS }, (_, index) => `${SEED} ${index + 1}`))(
  'walks accept each server that is right in another way, or those drawn, with the seed %s',
  async (seed) => {
    const known = (await loadVariants(PROTOCOLS)).map(({ id }) => id)
    const walked = SAMPLE === 0 ? known : drawn(known, SAMPLE, SEED)
    const named = walked.flatMap((id) => ['--variant', id])
    const options = ['prove', '--explore', ...named, '--runs', '5', '--seed', seed, '--json']
    const { exitCode, stdout, stderr } = await command(options)
    expect(stderr).not.toMatch(/^convicted/m)
    const { reports } = JSON.parse(stdout) as { readonly reports: readonly WalkReport[] }
    const wrong = reports.filter(({ outcome }) => outcome !== 'accepted')
    expect(wrong.map(({ name, dialect, reasons }) => ({ name, dialect, reasons }))).toEqual([])
    expect(new Set(reports.map(({ name }) => name))).toEqual(new Set(walked))
    expect(exitCode).toBe(0)
  },
  HOURS_MS,
)
