import { describe, expect, it } from 'vitest'
import { loadRegister } from '#protocol/register.ts'
import { DIALECTS, PROTOCOLS } from '#protocol/requirements.ts'
import { FAULTS_OF, SUITE_FAULTS_OF } from './faults.ts'

describe.each(PROTOCOLS)('the faults of the %s', (protocol) => {
  const faults = FAULTS_OF[protocol]

  it('are there for every requirement that a run can find violated', () => {
    const violated = new Set(SUITE_FAULTS_OF[protocol].map(({ requirement }) => requirement))
    const without = [...loadRegister(protocol).requirements.values()].filter(
      ({ id, levels, binds, untestable }) =>
        DIALECTS.some((dialect) => levels[dialect] !== 'MAY') &&
        binds !== 'client' &&
        untestable === null &&
        !violated.has(id),
    )
    expect(without.map(({ id }) => id)).toEqual([])
  })

  it('are proved in a dialect in which their requirement can be found violated', () => {
    const { requirements } = loadRegister(protocol)
    const vain = faults.filter(
      ({ requirement, dialect }) => requirements.get(requirement)?.levels[dialect] === 'MAY',
    )
    expect(vain.map(({ id }) => id)).toEqual([])
  })

  it('have ids of their own', () => {
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length)
  })
})
