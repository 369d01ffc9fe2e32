import { expect, it } from 'vitest'
import { loadComposites, loadVariants, nameOf } from '../../src/cli/variant-selection.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import type { WalkReport } from '#run/explored/walk-trial.ts'
import { command } from '../cli/in-process.ts'

const HOURS_MS = 24 * 3_600_000

/** Whether each variant is walked by two seeds, many of them at once; otherwise each by itself, too, and by ten. */
const IS_SAMPLE = Number(process.env['TOUCHSTONE_SAMPLE'] ?? '0') > 0
const SEED = process.env['TOUCHSTONE_SEED'] ?? new Date().toISOString().slice(0, 10)
const SEEDS = Array.from({ length: IS_SAMPLE ? 2 : 10 }, (_, index) => `${SEED} ${index + 1}`)
const SEQUENCES = IS_SAMPLE ? '1' : '5'

/** Walks these mocks, and returns the reports of those that were not accepted, and the names of all. */
async function walked(options: readonly string[], seed: string) {
  const bounds = ['--runs', SEQUENCES, '--seed', seed, '--json']
  const { exitCode, stdout, stderr } = await command(['prove', '--explore', ...options, ...bounds])
  expect(stderr).not.toMatch(/^convicted/m)
  const { reports } = JSON.parse(stdout) as { readonly reports: readonly WalkReport[] }
  const wrong = reports.filter(({ outcome }) => outcome !== 'accepted')
  expect(wrong.map(({ name, dialect, reasons }) => ({ name, dialect, reasons }))).toEqual([])
  expect(exitCode).toBe(0)
  return new Set(reports.map(({ name }) => name))
}

it.each(SEEDS)(
  'walks accept servers that are right in many other ways at once, with the seed %s',
  async (seed) => {
    const composites = await loadComposites(PROTOCOLS, true)
    expect(await walked(['--together', '--full'], seed)).toEqual(new Set(composites.map(nameOf)))
  },
  HOURS_MS,
)

it.each(SEEDS)(
  'walks accept each server that is right in another way, or those that are so alone, with the seed %s',
  async (seed) => {
    const known = await loadVariants(PROTOCOLS)
    const named = known.filter(({ alone }) => alone || !IS_SAMPLE).map(({ id }) => id)
    const options = named.flatMap((id) => ['--variant', id])
    expect(await walked(options, seed)).toEqual(new Set(named))
  },
  HOURS_MS,
)
