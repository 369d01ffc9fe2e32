import { describe, expect, it } from 'vitest'
import { READINGS, readingOf } from './readings.ts'

describe('the readings of mStore', () => {
  it.each(Object.entries(READINGS))('of %s differ, and name their erratum', (_subject, row) => {
    expect(row.deployed).not.toEqual(row.documented)
    expect(row.erratum).toMatch(/^E-\d{2}$/)
  })

  it('are those of the dialect', () => {
    expect(readingOf('documented', 'flagCase')).toBe('exact')
    expect(readingOf('deployed', 'flagCase')).toBe('ignored')
  })
})
