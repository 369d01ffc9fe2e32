import { expect, it } from 'vitest'
import { SEEN, KEPT, GREETING_ON } from '#protocol/mstore/flags.ts'
import { sizeDifference } from './audio-size.ts'
import type { ObjectState } from './state.ts'

const object = (bytes: number | null): ObjectState => ({
  name: 'greeting 1 of Alice',
  folder: 'greetings',
  flags: { [SEEN]: true, [KEPT]: false, [GREETING_ON]: false },
  facts: new Map(),
  isSeen: false,
  audio: null,
  bytes,
})

it.each<readonly [string, readonly [number | null, string | undefined], boolean]>([
  ['the bytes', [15, '15'], true],
  ['a byte more', [15, '16'], false],
  ['a byte less', [15, '14'], false],
  ['Base64 with padding', [16, '24'], true],
  ['Base64 without padding', [16, '22'], true],
  ['Base64 in lines', [1000, String(1336 + 2 * 18)], true],
  ['more than Base64 in lines', [1000, '1400'], false],
  ['no bytes', [0, '0'], true],
  ['no number', [15, 'many'], false],
  ['none', [15, undefined], true],
  ['bytes that are not known', [null, '16'], true],
])('a size that is %s', (_, [bytes, size], isRight) => {
  const facts = new Map(size === undefined ? [] : [['size', size]])
  expect(sizeDifference(object(bytes), { facts }) === null).toBe(isRight)
})
