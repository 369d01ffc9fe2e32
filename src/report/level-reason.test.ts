import { expect, test } from 'vitest'
import { levelReason, levelsText } from './level-reason.ts'

test('the reason of a level says what a deviation costs and what the requirement rests on', () => {
  expect(levelReason({ level: 'MUST', basis: 'page' })).toBe(
    'A server that does otherwise is non-conformant: the specification says so.',
  )
  expect(levelReason({ level: 'MAY', basis: 'implementation' })).toBe(
    'What a server does is recorded as a finding and never counts against it: known implementations do so; the specification does not say it.',
  )
})

test('levels of the two dialects are named where they differ', () => {
  expect(levelsText({ levels: { documented: 'MUST', deployed: 'MUST' } })).toBe('MUST')
  expect(levelsText({ levels: { documented: 'MUST', deployed: 'MAY' } })).toBe('MUST (deployed: MAY)')
})
