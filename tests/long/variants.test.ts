import { expect, it } from 'vitest'
import { loadVariants } from '../../src/cli/variant-selection.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import type { VariantReport } from '#run/try-variant.ts'
import { command } from '../cli/in-process.ts'
import { drawn } from './whole-suite-table.ts'

const HOURS_MS = 24 * 3_600_000

/** How many variants are tried; all without it. */
const SAMPLE = Number(process.env['TOUCHSTONE_SAMPLE'] ?? '0')
const SEED = process.env['TOUCHSTONE_SEED'] ?? new Date().toISOString().slice(0, 10)

/** Scenarios that each protocol has at least. */
const MOST_OF_THE_SUITE = 500

/** By composite and dialect, how many scenarios it was tried with. */
function triedOf(reports: readonly VariantReport[]): ReadonlyMap<string, number> {
  const tried = new Map<string, number>()
  for (const { name, dialect, scenarios } of reports) {
    const composite = `${name} (${dialect})`
    tried.set(composite, (tried.get(composite) ?? 0) + scenarios)
  }
  return tried
}

it(
  'the whole suite accepts servers that are right in many other ways at once, and each way in one of them, or the first of them',
  async () => {
    const extent = SAMPLE === 0 ? ['--full'] : []
    const { exitCode, stdout } = await command([
      'prove',
      '--together',
      ...extent,
      '--json',
      '--seed',
      'variants',
    ])
    const { reports } = JSON.parse(stdout) as { readonly reports: readonly VariantReport[] }
    const wrong = reports.filter(({ outcome }) => outcome !== 'accepted')
    expect(wrong.map(({ name, dialect, reasons }) => ({ name, dialect, reasons }))).toEqual([])
    const tried = triedOf(reports)
    expect(tried.size).toBeGreaterThanOrEqual(4)
    expect([...tried].filter(([, scenarios]) => scenarios < MOST_OF_THE_SUITE)).toEqual([])
    expect(exitCode).toBe(0)
  },
  HOURS_MS,
)

it(
  `the suite accepts each server that is right in another way, or those drawn with the seed ${SEED}`,
  async () => {
    const known = (await loadVariants(PROTOCOLS)).map(({ id }) => id)
    const tried = SAMPLE === 0 ? known : drawn(known, SAMPLE, SEED)
    const named = tried.flatMap((id) => ['--variant', id])
    const { exitCode, stdout } = await command(['prove', ...named, '--json', '--seed', 'variants'])
    const { reports } = JSON.parse(stdout) as { readonly reports: readonly VariantReport[] }
    const wrong = reports.filter(({ outcome }) => outcome !== 'accepted')
    expect(wrong.map(({ name, dialect, reasons }) => ({ name, dialect, reasons }))).toEqual([])
    expect(new Set(reports.map(({ name }) => name))).toEqual(new Set(tried))
    expect(exitCode).toBe(0)
  },
  HOURS_MS,
)
