import { expect, it } from 'vitest'
import type { VariantReport } from '#run/try-variant.ts'
import { command } from '../cli/in-process.ts'

const TRYING_MS = 600_000

it(
  'the suite accepts servers that are right in many other ways at once',
  async () => {
    const options = ['--together', '--json', '--seed', 'variants']
    const { exitCode, stdout } = await command(['prove', ...options])
    const { reports } = JSON.parse(stdout) as { readonly reports: readonly VariantReport[] }
    const wrong = reports.filter(({ outcome }) => outcome !== 'accepted')
    expect(wrong.map(({ name, dialect, reasons }) => ({ name, dialect, reasons }))).toEqual([])
    expect(reports.map(({ scenarios }) => scenarios > 500)).toEqual([true, true, true, true])
    expect(exitCode).toBe(0)
  },
  TRYING_MS,
)
