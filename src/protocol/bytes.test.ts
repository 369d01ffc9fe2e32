import { fc, test } from '@fast-check/vitest'
import { describe, expect, expectTypeOf } from 'vitest'
import type { Bytes } from './bytes.ts'
import { concat, equal, exactly, fromHex, fromUtf8, toHex, utf8 } from './bytes.ts'

const cipherKey = exactly('CipherKey', 32)
const macKey = exactly('MacKey', 20)

describe('byte strings of an exact length', () => {
  test('say what they are, how long they must be and how long they were', () => {
    expect(() => exactly('SignalingKey', 52)(new Uint8Array(51))).toThrow(
      new RangeError('SignalingKey: expected 52 bytes, got 51'),
    )
  })

  test('keep their bytes and their memory', () => {
    const bytes = new Uint8Array(20).fill(7)
    expect(macKey(bytes)).toBe(bytes)
  })

  test('cannot be used for one another', () => {
    const encrypt = (key: Bytes<'CipherKey'>) => key.length
    // @ts-expect-error a MAC key is no cipher key
    expect(encrypt(macKey(new Uint8Array(20)))).toBe(20)
    // @ts-expect-error bytes are no cipher key until their length is known
    expect(encrypt(new Uint8Array(32))).toBe(32)
    expectTypeOf(cipherKey(new Uint8Array(32))).toEqualTypeOf<Bytes<'CipherKey'>>()
  })

  test.prop([fc.uint8Array({ maxLength: 64 }).filter((bytes) => bytes.length !== 32)])(
    'are refused at any other length',
    (bytes) => {
      expect(() => cipherKey(bytes)).toThrow(`CipherKey: expected 32 bytes, got ${bytes.length}`)
    },
  )
})

describe('concat', () => {
  test.prop([fc.array(fc.uint8Array({ maxLength: 9 }))])('keeps every byte in order', (parts) => {
    expect([...concat(...parts)]).toEqual(parts.flatMap((part) => [...part]))
  })
})

describe('equal', () => {
  test.prop([fc.uint8Array(), fc.uint8Array()])('agrees with comparing byte by byte', (left, right) => {
    expect(equal(left, right)).toBe(toHex(left) === toHex(right))
    expect(equal(left, left.slice())).toBe(true)
  })
})

describe('hexadecimal', () => {
  test('is two lower-case digits a byte, and read in either case', () => {
    expect(toHex(Uint8Array.of(0, 10, 255))).toBe('000aff')
    expect(fromHex('000AfF')).toEqual(Uint8Array.of(0, 10, 255))
  })

  test.each(['0', '0g', ' 00', '00\n', '0x00'])('is not %j', (text) => {
    expect(() => fromHex(text)).toThrow(RangeError)
  })

  test.prop([fc.uint8Array()])('round trips', (bytes) => {
    expect(fromHex(toHex(bytes))).toEqual(bytes)
  })
})

describe('UTF-8', () => {
  test.prop([fc.string({ unit: 'grapheme' })])('round trips', (text) => {
    expect(fromUtf8(utf8(text))).toBe(text)
  })

  test('keeps a byte order mark, and other bytes are no text', () => {
    expect(fromUtf8(fromHex('efbbbf41'))).toBe('\ufeffA')
    expect(fromUtf8(fromHex('c3'))).toBeNull()
    expect(fromUtf8(fromHex('eda080'))).toBeNull()
  })
})
