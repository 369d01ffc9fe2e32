import { describe, expect, it } from 'vitest'
import { loadRegister } from '#protocol/register.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { FAULTS_OF } from './faults.ts'

describe.each(PROTOCOLS)('the faults of the %s', (protocol) => {
  const faults = FAULTS_OF[protocol]

  it('are there for every requirement that a run can find violated', () => {
    const violated = new Set(faults.map(({ requirement }) => requirement))
    const without = [...loadRegister(protocol).requirements.values()].filter(
      ({ id, level, binds, untestable }) =>
        level !== 'MAY' && binds !== 'client' && untestable === null && !violated.has(id),
    )
    expect(without.map(({ id }) => id)).toEqual([])
  })

  it('have ids of their own', () => {
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length)
  })
})
