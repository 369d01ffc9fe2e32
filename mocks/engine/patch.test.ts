import { expect, it } from 'vitest'
import { patch } from './patch.ts'

const rules = {
  status: { sent: 200, refused: { bad: 400, limited: 413 } },
  order: ['a', 'b'],
  limit: { burst: 2 } as { burst: number } | null,
  double: (value: number) => value * 2,
}

it('merges records and replaces everything else', () => {
  const patched = patch(
    rules,
    { status: { refused: { bad: 422 } }, order: ['b'] },
    { double: (value) => value * 3, limit: null },
  )
  expect(patched.status).toEqual({ sent: 200, refused: { bad: 422, limited: 413 } })
  expect(patched.order).toEqual(['b'])
  expect(patched.double(2)).toBe(6)
  expect(patched.limit).toBeNull()
})

it('leaves the rules as they were', () => {
  const before = structuredClone(rules.status)
  patch(rules, { status: { sent: 204 } })
  expect(rules.status).toEqual(before)
  expect(patch(rules)).toEqual(rules)
})
