import { fc, test } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { drawnPlaces } from './drawn-places.ts'

test.prop([fc.integer({ min: 1, max: 1500 }), fc.string()])('are one of each hundred', (scenarios, nonce) => {
  const places = [...drawnPlaces(scenarios, nonce)]
  expect(places.map((place) => Math.floor(place / 100))).toEqual(
    Array.from({ length: Math.ceil(scenarios / 100) }, (_, index) => index),
  )
  expect(Math.max(...places)).toBeLessThan(scenarios)
})

it('are others in another run, and none where nothing runs', () => {
  const runs = Array.from({ length: 20 }, (_, run) => [...drawnPlaces(100, `run ${run}`)].join())
  expect(new Set(runs).size).toBeGreaterThan(10)
  expect(drawnPlaces(0, 'a').size).toBe(0)
})
