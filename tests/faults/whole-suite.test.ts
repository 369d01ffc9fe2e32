import { describe, expect, it } from 'vitest'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { readTable } from '../long/whole-suite-table.ts'
import { FAULTS_OF } from './faults.ts'

/** More requirements than these are violated by one fault only where the table says why. */
const MOST_WITHOUT_REASON = 6
const MOST_IN_THE_MIDDLE = 2

describe('what the whole suite finds violated where one fault is active', () => {
  const rows = Object.entries(readTable())
  const requirements = new Map(
    PROTOCOLS.flatMap((protocol) => FAULTS_OF[protocol].map(({ id, requirement }) => [id, requirement])),
  )

  it('is kept of faults that there are, and has the requirement of each', () => {
    const elsewhere = rows.filter(([id, { violated }]) => !violated.includes(requirements.get(id) ?? ''))
    expect(elsewhere.map(([id]) => id)).toEqual([])
  })

  it('is little: one cause is one violation', () => {
    const counts = rows.map(([, { violated }]) => violated.length).toSorted((one, other) => one - other)
    expect(counts[Math.floor(counts.length / 2)]).toBeLessThanOrEqual(MOST_IN_THE_MIDDLE)
  })

  it('has a reason where it is more', () => {
    const wide = rows.filter(
      ([, { violated, why }]) => violated.length > MOST_WITHOUT_REASON && why === undefined,
    )
    expect(wide.map(([id, { violated }]) => `${id}: ${violated.join(', ')}`)).toEqual([])
  })
})
