import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/relay.json' with { type: 'json' }
import { concat, fromHex, toHex } from '../bytes.ts'
import type { RawField } from './raw-fields.ts'
import { encodeRawFields, lastVarint } from './raw-fields.ts'
import type { Signal } from './signals.ts'
import { SIGNAL_FIELDS, SIGNAL_TYPES, decodeSignal, encodeSignal } from './signals.ts'

const vector = vectors.signal
const signal: Signal = {
  type: vector.type,
  source: vector.signalSource,
  timestamp: BigInt(vector.timestamp),
  message: fromHex(vector.message),
  sourceDevice: vector.sourceDevice,
}

const anySignal: fc.Arbitrary<Signal> = fc.record(
  {
    type: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    source: fc.string({ unit: 'grapheme' }),
    relay: fc.string({ unit: 'grapheme' }),
    timestamp: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    message: fc.uint8Array(),
    sourceDevice: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  },
  { requiredKeys: [] },
)

describe('a signal', () => {
  test('RELAY-ENCODING-11: is as computed elsewhere, both ways', () => {
    expect(toHex(encodeSignal(signal))).toBe(vector.bytes)
    expect(decodeSignal(fromHex(vector.bytes))).toMatchObject({ kind: 'signal', signal })
  })

  test('RELAY-ENCODING-11: leaves field 4 unused', () => {
    expect(SIGNAL_FIELDS).toEqual({ type: 1, source: 2, relay: 3, timestamp: 5, message: 6, sourceDevice: 7 })
    expect(decodeSignal(fromHex('2001'))).toMatchObject({
      signal: { unknown: [{ number: 4, kind: 'varint', value: 1n }] },
    })
  })

  test.each([
    ['UNKNOWN', '0800'],
    ['CIPHERTEXT', '0801'],
    ['KEY_EXCHANGE', '0802'],
    ['PREKEY_BUNDLE', '0803'],
    ['PLAINTEXT', '0804'],
  ] as const)('RELAY-ENCODING-12: of type %s is %s', (name, hex) => {
    expect(toHex(encodeSignal({ type: SIGNAL_TYPES[name] }))).toBe(hex)
    expect(decodeSignal(fromHex(hex))).toMatchObject({ signal: { type: SIGNAL_TYPES[name] } })
  })

  test('distinguishes what is absent from what has its default', () => {
    expect(decodeSignal(new Uint8Array())).toEqual({ kind: 'signal', signal: {}, fields: [] })
    const defaults = {
      type: 0,
      source: '',
      relay: '',
      timestamp: 0n,
      message: new Uint8Array(),
      sourceDevice: 0,
    }
    expect(decodeSignal(encodeSignal(defaults))).toMatchObject({ signal: defaults })
  })

  test('RELAY-ENCODING-13: with field 15 and type 5 is read, and keeps both', () => {
    const bytes = concat(fromHex(vector.bytes), fromHex('7a0161'), fromHex('0805'))
    const decoded = decodeSignal(bytes)
    const unknown = [{ number: 15, kind: 'bytes', value: fromHex('61') }]
    expect(decoded).toMatchObject({ kind: 'signal', signal: { ...signal, type: 5, unknown } })
    expect(decodeSignal(encodeSignal({ type: 5, unknown: unknown as RawField[] }))).toMatchObject({
      signal: { type: 5, unknown },
    })
  })

  test('RELAY-PUSH-16: with a fixed64 timestamp has no timestamp', () => {
    const decoded = decodeSignal(fromHex('290102030405060708'))
    expect(decoded).toMatchObject({ signal: { unknown: [{ number: 5, kind: 'fixed64' }] } })
    expect(decoded).not.toHaveProperty('signal.timestamp')
  })

  test.each(['1203', '0f', '0c', '0b', '1201ff', '08'])('is not %s', (hex) => {
    expect(decodeSignal(fromHex(hex))).toMatchObject({
      kind: 'parse-error',
      reason: expect.stringContaining('protobuf: '),
    })
  })

  test.prop([anySignal])('round trips, its presence too', (any) => {
    const decoded = decodeSignal(encodeSignal(any))
    expect(decoded).toHaveProperty('signal', any)
  })

  test.prop([fc.integer({ min: 0, max: 2 ** 31 - 1 })])('has its type as a raw varint', (type) => {
    const decoded = decodeSignal(encodeSignal({ type }))
    expect(decoded.kind === 'signal' && lastVarint(decoded.fields, SIGNAL_FIELDS.type)).toBe(BigInt(type))
  })

  test.prop([anySignal])('may have its fields in any order', (any) => {
    const decoded = decodeSignal(encodeSignal(any))
    const reversed = encodeRawFields(decoded.kind === 'signal' ? decoded.fields.toReversed() : [])
    expect(decodeSignal(reversed)).toHaveProperty('signal', any)
  })

  test.prop([fc.uint8Array({ maxLength: 60 })])('is never thrown over', (bytes) => {
    expect(['signal', 'parse-error']).toContain(decodeSignal(bytes).kind)
  })
})
