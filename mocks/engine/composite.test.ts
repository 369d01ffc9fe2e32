import { describe, expect, test } from 'vitest'
import { composites } from './composite.ts'
import type { Patch } from './patch.ts'
import { variantWriter, type VariantTrying } from './variants.ts'

interface TestRules {
  readonly status: { readonly refused: number; readonly stored: number }
  readonly order: readonly string[]
}

const write = variantWriter<TestRules>()

const variant = (id: string, patch: Patch<TestRules>, trying: Partial<VariantTrying> = {}) =>
  write({ id, summary: 's', open: 'o', patch, ...trying })

const refuses403 = variant('R-01/403', { status: { refused: 403 } })
const refuses404 = variant('R-01/404', { status: { refused: 404 } })
const stores204 = variant('R-02/204', { status: { stored: 204 } })

const ids = (...variants: readonly ReturnType<typeof variant>[]): readonly string[] =>
  composites(variants, 'documented')[0]?.map(({ id }) => id) ?? []

describe('the first composite of variants', () => {
  test('holds all that change different rules', () => {
    expect(ids(refuses403, stores204)).toEqual(['R-01/403', 'R-02/204'])
  })

  test('holds the first of those that change the same rule', () => {
    expect(ids(refuses403, refuses404, stores204)).toEqual(['R-01/403', 'R-02/204'])
  })

  test('holds the first of those that say the same of the target', () => {
    const north = variant('R-03/north', { order: ['a'] }, { target: { naf: 'north' } })
    const south = variant('R-04/south', { status: { stored: 201 } }, { target: { naf: 'south' } })
    expect(ids(north, south)).toEqual(['R-03/north'])
  })

  test('leaves out what stands alone, costs time or is right in another dialect', () => {
    const alone = variant('R-05/alone', { order: [] }, { alone: true })
    const slow = variant('R-06/slow', { order: [] }, { scenarios: ['R-06'] })
    const deployed = variant('R-07/deployed', { order: [] }, { dialects: ['deployed'] })
    expect(ids(alone, slow, deployed, stores204)).toEqual(['R-02/204'])
    expect(composites([deployed], 'deployed')).toEqual([[deployed]])
  })
})

describe('the composites of variants', () => {
  test('have each that does not stand alone', () => {
    const alone = variant('R-05/alone', { order: [] }, { alone: true })
    const slow = variant('R-06/slow', { order: [] }, { scenarios: ['R-06'] })
    const refuses410 = variant('R-01/410', { status: { refused: 410 } })
    const parts = composites([refuses403, alone, slow, refuses404, stores204, refuses410], 'documented')
    expect(parts.map((part) => part.map(({ id }) => id))).toEqual([
      ['R-01/403', 'R-02/204'],
      ['R-01/404', 'R-06/slow'],
      ['R-01/410'],
    ])
  })
})
