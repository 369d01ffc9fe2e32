import { expect, it } from 'vitest'
import { firstAnswers, firstTimes } from './first-answer.ts'

it('gives the first answer to a key for ever', () => {
  const first = firstAnswers<number>()
  expect([first('a', () => 1), first('a', () => 2), first('b', () => 3), first('a', () => 4)]).toEqual([
    1, 1, 3, 1,
  ])
})

it('distinguishes a new key from one that was seen', () => {
  const isFirst = firstTimes()
  expect([isFirst('a'), isFirst('a'), isFirst('b')]).toEqual([true, false, true])
})
