import { expect, test } from 'vitest'
import { ActiveVariants } from './active-variants.ts'
import type { Patch } from './patch.ts'
import { variantWriter } from './variants.ts'

interface TestRules {
  readonly status: number
}

const variant = variantWriter<TestRules>()
const created = variant({ id: 'R-01/created', summary: 's', open: 'o', patch: { status: 201 } })
const accepted = variant({ id: 'R-01/accepted', summary: 's', open: 'o', patch: { status: 202 } })

function watched() {
  const calls: (readonly Patch<TestRules>[])[] = []
  const variants = new ActiveVariants<TestRules>((patches) => calls.push(patches), [created, accepted])
  return { variants, calls }
}

test('a mock becomes the variants that are named, in place of those before', () => {
  const { variants, calls } = watched()
  expect(variants.isVaried).toBe(false)
  expect(variants.use(['R-01/created'])).toBeNull()
  expect(variants.use(['R-01/accepted'])).toBeNull()
  expect(calls).toEqual([[{ status: 201 }], [{ status: 202 }]])
  expect(variants.isVaried).toBe(true)
  expect(variants.list().map(({ id, active }) => [id, active])).toEqual([
    ['R-01/created', false],
    ['R-01/accepted', true],
  ])
})

test('an unknown id is returned, and nothing changes', () => {
  const { variants, calls } = watched()
  expect(variants.use(['R-01/created', 'R-02/none'])).toBe('R-02/none')
  expect(calls).toEqual([])
  expect(variants.isVaried).toBe(false)
})

test('variants that are learned can be used', () => {
  const { variants } = watched()
  variants.learn([variant({ id: 'R-02/late', summary: 's', open: 'o', patch: {} })])
  expect(variants.use(['R-02/late'])).toBeNull()
})
