import { expect, it } from 'vitest'
import { FAULTS } from '#mocks/relay/faults.ts'
import { loadRegister } from '#protocol/register.ts'
import { ACCOUNT_AREAS, MESSAGE_AREAS } from './areas.ts'
import { areaOf } from './proofs.ts'

const areas: readonly string[] = [...ACCOUNT_AREAS, ...MESSAGE_AREAS]

it('proves the faults of every area', () => {
  expect(new Set(FAULTS.map(({ requirement }) => areaOf(requirement)))).toEqual(new Set(areas))
})

it('has a fault for every requirement that a run can find violated', () => {
  const violated = new Set(FAULTS.map(({ requirement }) => requirement))
  const without = [...loadRegister('relay').requirements.values()].filter(
    ({ id, level, binds, untestable }) =>
      level !== 'MAY' && binds !== 'client' && untestable === null && !violated.has(id),
  )
  expect(without.map(({ id }) => id)).toEqual([])
})
