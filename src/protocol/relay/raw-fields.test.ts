import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/relay.json' with { type: 'json' }
import { fromHex, toHex, utf8 } from '../bytes.ts'
import type { RawField } from './raw-fields.ts'
import { encodeRawFields, everyBytes, lastVarint, parseRawFields } from './raw-fields.ts'

const number = fc.integer({ min: 1, max: 2 ** 29 - 1 })
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const field: fc.Arbitrary<RawField> = fc.oneof(
  fc.record({ number, kind: fc.constant('varint'), value: uint64 }),
  fc.record({ number, kind: fc.constant('fixed64'), value: uint64 }),
  fc.record({ number, kind: fc.constant('fixed32'), value: fc.integer({ min: 0, max: 2 ** 32 - 1 }) }),
  fc.record({ number, kind: fc.constant('bytes'), value: fc.uint8Array({ maxLength: 300 }) }),
  fc.record({ number, kind: fc.constantFrom('start-group', 'end-group') }),
)

describe('the fields of a protobuf message', () => {
  const { field1is150, field2isTesting, timestampAllOnes, fixed64Above2to53 } = vectors.varints

  test.each([
    [field1is150, { number: 1, kind: 'varint', value: 150n }],
    [field2isTesting, { number: 2, kind: 'bytes', value: utf8('testing') }],
    [timestampAllOnes, { number: 5, kind: 'varint', value: 2n ** 64n - 1n }],
    [fixed64Above2to53, { number: 1, kind: 'fixed64', value: 2n ** 53n + 1n }],
  ] as const)('%s are as computed elsewhere', (hex, field) => {
    expect(parseRawFields(fromHex(hex))).toEqual({ kind: 'fields', fields: [field] })
    expect(toHex(encodeRawFields([field]))).toBe(hex)
  })

  test('RELAY-ENCODING-11: of a signal have the numbers and wire types of the relay spec', () => {
    const raw = parseRawFields(fromHex(vectors.signal.bytes))
    expect(raw).toEqual({
      kind: 'fields',
      fields: [
        { number: 1, kind: 'varint', value: 1n },
        { number: 2, kind: 'bytes', value: utf8('+14155550100') },
        { number: 5, kind: 'varint', value: 1400000000123n },
        { number: 6, kind: 'bytes', value: utf8('foobarz\n') },
        { number: 7, kind: 'varint', value: 1n },
      ],
    })
  })

  test.each([
    ['08', 'expected 1 bytes at 1, got 0'],
    ['0880', 'expected 1 bytes at 2, got 0'],
    ['08ffffffffffffffffffff01', 'expected a varint of at most 10 bytes, got more at 1'],
    ['1203ab', 'expected 3 bytes at 2, got 1'],
    ['12ffffffffffffffffff01', 'expected 18446744073709552000 bytes'],
    ['0901020304', 'expected 8 bytes at 1, got 4'],
    ['0d010203', 'expected 4 bytes at 1, got 3'],
    ['0001', 'expected a field number from 1 to 536870911, got 0 at 0'],
    ['0f', 'expected wire type 0 to 5, got 7 at 0'],
  ])('%s are malformed', (hex, reason) => {
    expect(parseRawFields(fromHex(hex))).toMatchObject({
      kind: 'parse-error',
      reason: expect.stringContaining(reason),
    })
  })

  test('with an overlong varint are read by value', () => {
    expect(parseRawFields(fromHex('08818000'))).toEqual({
      kind: 'fields',
      fields: [{ number: 1, kind: 'varint', value: 1n }],
    })
  })

  test.prop([fc.array(field, { maxLength: 8 })])('round trip', (fields) => {
    expect(parseRawFields(encodeRawFields(fields))).toEqual({ kind: 'fields', fields })
  })

  test.prop([fc.uint8Array({ maxLength: 60 })])('are never thrown over', (bytes) => {
    expect(['fields', 'parse-error']).toContain(parseRawFields(bytes).kind)
  })

  test('are found by number: the last varint counts, and all bytes do', () => {
    const fields: readonly RawField[] = [
      { number: 1, kind: 'varint', value: 1n },
      { number: 1, kind: 'varint', value: 2n },
      { number: 1, kind: 'fixed32', value: 3 },
      { number: 2, kind: 'bytes', value: utf8('a') },
      { number: 2, kind: 'bytes', value: utf8('b') },
    ]
    expect(lastVarint(fields, 1)).toBe(2n)
    expect(lastVarint(fields, 2)).toBeNull()
    expect(everyBytes(fields, 2)).toEqual([utf8('a'), utf8('b')])
  })
})
