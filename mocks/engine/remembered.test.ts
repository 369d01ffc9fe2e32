import { expect, it } from 'vitest'
import { remembered } from './remembered.ts'

function counting(maxCharacters: number) {
  const asked: (string | undefined)[] = []
  const read = remembered((text: string | undefined) => {
    asked.push(text)
    return { length: text?.length ?? -1 }
  }, maxCharacters)
  return { read, asked }
}

it('reads a text once, and one that is not there too', () => {
  const { read, asked } = counting(10)
  expect([read('ab'), read(undefined), read('ab'), read(undefined)]).toEqual(
    [2, -1, 2, -1].map((length) => ({ length })),
  )
  expect(asked).toEqual(['ab', undefined])
})

it('forgets all when there is too much, and reads again', () => {
  const { read, asked } = counting(5)
  for (const text of ['abc', 'de', 'f', 'f', 'abc']) expect(read(text).length).toBe(text.length)
  expect(asked).toEqual(['abc', 'de', 'f', 'abc'])
})

it('remembers nothing for longer than it must of a text that is too long by itself', () => {
  const { read, asked } = counting(3)
  for (const text of ['abcd', 'ab', 'abcd']) expect(read(text).length).toBe(text.length)
  expect(asked).toEqual(['abcd', 'ab', 'abcd'])
})
