import { describe, expect, it } from 'vitest'
import { didYouMean, nearest } from './nearest.ts'

describe('nearest', () => {
  it.each([
    ['timeout', ['timeouts', 'tls'], 'timeouts'],
    ['RELAY-MESAGE-07', ['RELAY-MESSAGE-07', 'RELAY-MESSAGE-08'], 'RELAY-MESSAGE-07'],
    ['relay-message-07', ['RELAY-MESSAGE-07'], 'RELAY-MESSAGE-07'],
    ['colour', ['url', 'dialect'], null],
    ['NOPE', ['CODE'], null],
    ['x', [], null],
  ])('takes %s for one of %j: %s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected)
  })

  it('ends a message with a suggestion, or with nothing', () => {
    expect(didYouMean('ulr', ['url'])).toBe('; did you mean url?')
    expect(didYouMean('something', ['url'])).toBe('')
  })
})
