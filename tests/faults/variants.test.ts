import { expect, it } from 'vitest'
import { loadVariants } from '../../src/cli/variant-selection.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import type { VariantReport } from '#run/try-variant.ts'
import { command } from '../cli/in-process.ts'

const TRYING_MS = 1_800_000

it(
  'the suite accepts every server that is right in another way, alone and all at once',
  async () => {
    const { exitCode, stdout } = await command(['prove', '--variants', '--json', '--seed', 'variants'])
    const { reports } = JSON.parse(stdout) as { readonly reports: readonly VariantReport[] }
    const convicted = reports.filter(({ outcome }) => outcome !== 'accepted')
    expect(convicted.map(({ name, dialect, reasons }) => ({ name, dialect, reasons }))).toEqual([])
    const tried = new Set(reports.map(({ name }) => name))
    const variants = await loadVariants(PROTOCOLS)
    expect(variants.filter(({ id }) => !tried.has(id))).toEqual([])
    expect(reports.every(({ scenarios }) => scenarios > 0)).toBe(true)
    expect(exitCode).toBe(0)
  },
  TRYING_MS,
)
