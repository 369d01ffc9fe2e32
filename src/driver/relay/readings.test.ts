import { describe, expect, it } from 'vitest'
import { READINGS, readingOf } from './readings.ts'

describe('the readings', () => {
  it.each(Object.entries(READINGS))('of %s differ, and name their erratum', (_subject, row) => {
    expect(row.deployed).not.toEqual(row.documented)
    expect(row.erratum).toMatch(/^E-\d{2}$/)
  })

  it('are those of the dialect', () => {
    expect(readingOf('documented', 'macAlgorithms')).toEqual(['sha256', 'sha1'])
    expect(readingOf('deployed', 'macAlgorithms')).toEqual(['sha256'])
    expect(readingOf('deployed', 'bodySent')).toBe('padded')
  })
})
