import { describe, expect, it } from 'vitest'
import { cellValue, walkFeature } from './walk-feature.ts'

const text = walkFeature('Explored: RELAY-PREKEY-04', [
  {
    name: 'keys:\nexpected 1\u202e, got 2',
    requirements: ['RELAY-PREKEY-04'],
    risks: ['writes'],
    remarks: ['Found by a walk.'],
    steps: [
      [{ party: 'Alice', operation: 'register', values: {} }],
      [{ party: 'Bob', operation: 'store prekeys', values: { keys: '1|2', note: 'a\\b' } }],
      [
        { party: 'Bob', operation: 'store prekeys', values: { keys: '' } },
        { party: 'Alice', operation: 'fetch a prekey', values: { of: 'Bob' } },
      ],
    ],
  },
])

describe('the feature of a walk', () => {
  it('says each step in the words of the phrase book', () => {
    expect(text).toBe(`Feature: Explored: RELAY-PREKEY-04

  # Found by a walk.
  @RELAY-PREKEY-04 @writes @walk
  Scenario: keys: expected 1\\u{202e}, got 2
    When Alice tries to "register"
    When Bob tries to "store prekeys" with:
      | keys | 1\\|2 |
      | note | a\\\\b |
    When these are tried at once:
      | party | operation      | keys | of  |
      | Bob   | store prekeys  | ""   |     |
      | Alice | fetch a prekey |      | Bob |
    Then every answer is as the specification allows
`)
  })

  it('distinguishes an empty value from none', () => {
    expect(['', '""', 'Bob'].map(cellValue)).toEqual([undefined, '', 'Bob'])
  })
})
