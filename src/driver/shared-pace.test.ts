import { expect, it } from 'vitest'
import { sharedPace } from './shared-pace.ts'

const PLACE = { url: 'http://one', requestsPerSecond: 50 }

it('is one for all that goes to a server at a rate, and another for each other server and rate', () => {
  const pace = sharedPace(PLACE)
  expect(sharedPace({ ...PLACE })).toBe(pace)
  expect(sharedPace({ ...PLACE, url: 'http://two' })).not.toBe(pace)
  expect(sharedPace({ ...PLACE, requestsPerSecond: 5 })).not.toBe(pace)
})

it('is none where requests are not bounded', () => {
  expect(sharedPace({ ...PLACE, requestsPerSecond: null })).toBeNull()
})
