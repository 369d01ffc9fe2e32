import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workplace, type Workplace } from '../cli/touchstone.ts'
import { WHOLE_SUITE_MS, wholeSuite, type WholeSuite } from './whole-suite.ts'

let place: Workplace
let found: WholeSuite

beforeAll(async () => {
  place = workplace()
  found = await wholeSuite('all', place, '--dialect', 'deployed')
}, WHOLE_SUITE_MS)

afterAll(() => {
  place.remove()
})

describe('the mocks of the deployed services', () => {
  it('are what their own dialect expects', () => {
    const { exitCode, violated } = found
    expect({ exitCode, violated }).toEqual({ exitCode: 0, violated: [] })
  })

  it.each([
    ['relay', 200],
    ['mstore', 285],
  ])('are verified in nearly all that the %s requires', (protocol, least) => {
    const own = found.verified.filter((id) => id.startsWith(`${protocol.toUpperCase()}-`))
    expect(own.length).toBeGreaterThan(least)
  })
})
