import { describe, expect, it } from 'vitest'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { SUITE_FAULTS_OF } from '../faults/faults.ts'
import { proving } from '../faults/proofs.ts'
import { drawn, readTable, writeTable } from './whole-suite-table.ts'

const HOURS_MS = 24 * 3_600_000

/** How many rows of the table are proved again; without it, the rows that are missing are added. */
const SAMPLE = Number(process.env['TOUCHSTONE_SAMPLE'] ?? '0')
const SEED = process.env['TOUCHSTONE_SEED'] ?? new Date().toISOString().slice(0, 10)

const table = readTable()
const known = Object.keys(table)

describe.runIf(SAMPLE > 0)(`rows of the table, drawn with the seed ${SEED}`, () => {
  const sample = drawn(known, SAMPLE, SEED)

  it(
    'hold',
    async () => {
      const { proofs } = await proving('--full', ...sample.flatMap((id) => ['--fault', id]))
      const found = sample.map((id) => {
        const { outcome, exitCode, violated } = proofs.get(id) ?? {}
        return { id, outcome, exitCode, violated: violated?.toSorted() }
      })
      const expected = { outcome: 'killed', exitCode: 1 }
      expect(found).toEqual(sample.map((id) => ({ id, ...expected, violated: table[id]?.violated })))
    },
    HOURS_MS,
  )
})

describe.runIf(SAMPLE === 0)('the whole suite', () => {
  const faults = PROTOCOLS.flatMap((protocol) => SUITE_FAULTS_OF[protocol].map(({ id }) => id))

  it.each(faults.filter((id) => !known.includes(id)))(
    'finds out %s',
    async (id) => {
      const { proofs } = await proving('--full', '--fault', id)
      const proof = proofs.get(id)
      expect(proof).toMatchObject({ outcome: 'killed', exitCode: 1 })
      writeTable({ ...readTable(), [id]: { violated: proof?.violated.toSorted() ?? [] } })
    },
    HOURS_MS,
  )
})
