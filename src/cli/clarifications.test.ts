import { expect, test } from 'vitest'
import { loadClarifications, parseClarifications } from './clarifications.ts'

const TEXT =
  '# T\n\n## A\n\nIntro.\n\n### E-01: One: or two\n\nSaid.\n\n- a\n\n## B\n\n### E-01: Other\n\nx\n'

test('reads the entries of one part', () => {
  expect([...parseClarifications(TEXT, 'A').values()]).toEqual([
    { id: 'E-01', title: 'One: or two', text: 'Said.\n\n- a' },
  ])
  expect(parseClarifications(TEXT, 'C').size).toBe(0)
})

test('the relay has 72 and mStore 57, numbered without a gap', () => {
  const numbers = (size: number): string[] =>
    Array.from({ length: size }, (_, index) => `E-${String(index + 1).padStart(2, '0')}`)
  expect([...loadClarifications('relay').keys()]).toEqual(numbers(72))
  expect([...loadClarifications('mstore').keys()]).toEqual(numbers(57))
})
