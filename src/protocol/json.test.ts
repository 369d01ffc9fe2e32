import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { concat, fromHex, utf8 } from './bytes.ts'
import { JSON_BOUNDS, decimalId, parseJson, parsePlainJson } from './json.ts'

function read(text: string) {
  return parseJson(utf8(text))
}

function exactMember(text: string): unknown {
  const reading = read(`[${text}]`)
  return reading.kind === 'json' && Array.isArray(reading.exact) ? reading.exact[0] : reading
}

describe('a JSON text', () => {
  test('is read for its shape and for its digits', () => {
    const reading = read('{"id":4611686018427387905,"list":[1.0,true,null,"x"]}')
    expect(reading).toHaveProperty('plain.list', [1, true, null, 'x'])
    expect(reading).toHaveProperty('exact.id.value', '4611686018427387905')
    expect(reading).toHaveProperty('exact.list.0.value', '1.0')
  })

  test.each([
    ['', 'no text'],
    ['{"contacts":[', 'a text cut short'],
    ['{apnRegistrationId:"x"}', 'a bare name'],
    ['{"keyId":0xFFFFFF}', 'a hexadecimal number'],
    ['{"a"="b"}', 'an equals sign'],
    ['[1,]', 'a trailing comma'],
    ['[1] // x', 'a comment'],
    ['[01]', 'a leading zero'],
    ["{'a':1}", 'single quotes'],
    ['"\u0001"', 'a control character'],
    ['[NaN]', 'no number'],
    ['\ufeff{}', 'a byte order mark'],
    ['{}{}', 'two texts'],
  ])('RELAY-ENCODING-04: is not %j, with %s', (text) => {
    expect(read(text)).toMatchObject({ kind: 'parse-error', reason: expect.stringMatching(/^JSON: .+$/) })
    expect(parsePlainJson(utf8(text)).kind).toBe('parse-error')
  })

  test.each(['{"a":1,"a":2}', '{"a":1,"a":1}', '{"a":1,"\\u0061":1}', '[{"b":{"x":[],"a":1 , "x" :[]}}]'])(
    'does not name a member twice: %s',
    (text) => {
      expect(read(text)).toMatchObject({ reason: expect.stringContaining('each name once') })
      expect(parsePlainJson(utf8(text)).kind).toBe('json')
    },
  )

  test('may use a name again in another object, and as a value', () => {
    expect(read('[{"a":"a"},{"a":{"a":["a","a"]}}]').kind).toBe('json')
  })

  test('is UTF-8', () => {
    expect(parseJson(concat(utf8('"'), fromHex('ff'), utf8('"')))).toMatchObject({
      reason: 'JSON: expected UTF-8, got 3 other bytes',
    })
  })

  test('is bounded in bytes and in depth', () => {
    const bounds = { maxBytes: 8, maxDepth: 3 }
    expect(parseJson(utf8('[[[1]]]'), bounds).kind).toBe('json')
    expect(parseJson(utf8('[[[[]]]]'), bounds)).toMatchObject({ reason: expect.stringContaining('3 levels') })
    expect(parseJson(utf8('[[[ 1 ]]]'), bounds)).toMatchObject({ reason: expect.stringContaining('8 bytes') })
  })

  test('that nests without end is a mistake and no stack overflow', () => {
    expect(read('['.repeat(1_000_000)).kind).toBe('parse-error')
    expect(read('['.repeat(200_000) + ']'.repeat(200_000)).kind).toBe('parse-error')
    expect(JSON_BOUNDS.maxDepth).toBeLessThan(1000)
  })

  test.prop([fc.uint8Array()])('is never thrown over', (bytes) => {
    expect(['json', 'parse-error']).toContain(parseJson(bytes).kind)
  })

  test.prop([fc.json()])('is plainly what JSON.parse has', (text) => {
    expect(parsePlainJson(utf8(text))).toEqual({ kind: 'json', plain: JSON.parse(text) })
    expect(parseJson(utf8(text))).toHaveProperty('plain', JSON.parse(text))
  })
})

describe('a decimal id', () => {
  test.prop([fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.boolean()])(
    'is exact to 64 bits',
    (value, quoted) => {
      expect(decimalId(exactMember(quoted ? `"${value}"` : String(value)))).toEqual({
        kind: 'id',
        value,
        form: quoted ? 'string' : 'number',
      })
    },
  )

  test.each(['-1', '1.0', '1e3', '"0x1"', '"01"', '""', '" 1"', 'null', '{}', '18446744073709551616'])(
    'is not %s',
    (text) => {
      expect(decimalId(exactMember(text)).kind).toBe('parse-error')
    },
  )
})
