import { expect, it } from 'vitest'
import type { WalkReport } from '#run/explored/walk-trial.ts'
import { command } from '../cli/in-process.ts'

const WALKING_MS = 300_000

it(
  'walks find nothing wrong with the mocks, nor with all variants at once, in either dialect',
  async () => {
    const options = ['--variants', '--together', '--runs', '8', '--seed', 'walks', '--json']
    const { exitCode, stdout, stderr } = await command(['prove', '--explore', ...options])
    expect({ exitCode, convicted: stderr.match(/^convicted .*\n.*/gm) }).toEqual({
      exitCode: 0,
      convicted: null,
    })
    const { reports } = JSON.parse(stdout) as { readonly reports: readonly WalkReport[] }
    expect(reports.map(({ outcome, reasons }) => ({ outcome, reasons }))).toEqual(
      reports.map(() => ({ outcome: 'accepted', reasons: [] })),
    )
    expect(reports.map(({ asks }) => asks > 100)).toEqual([true, true, true, true])
  },
  WALKING_MS,
)
