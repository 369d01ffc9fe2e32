import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  attributeList,
  booleanOf,
  instantOf,
  instantText,
  migrationInstantOf,
  readAttributes,
} from './attributes.ts'

describe('a list of attributes', () => {
  test('has one text for each, as the mStore spec shows', () => {
    const list = [{ name: 'cosname', value: ['1234'] }]
    expect(attributeList([['cosname', '1234']])).toEqual(list)
    expect(readAttributes(list)).toEqual({ kind: 'attributes', values: new Map([['cosname', '1234']]) })
  })

  test('may have JSON booleans, which are read as their texts', () => {
    const reading = readAttributes([{ name: 'nut', value: [true] }])
    expect(reading).toEqual({ kind: 'attributes', values: new Map([['nut', 'true']]) })
  })

  test.prop([fc.uniqueArray(fc.tuple(fc.string(), fc.string()), { selector: ([name]) => name })])(
    'survives its writing, in its order',
    (pairs) => {
      const reading = readAttributes(attributeList(pairs))
      expect(reading.kind === 'attributes' ? [...reading.values] : reading).toEqual(pairs)
    },
  )

  test.each([
    [undefined, 'expected a list, got undefined'],
    [{}, 'expected a list, got object'],
    [[null], 'attribute 0: expected {name, value: [text]}, got null'],
    [[{ name: 'a', value: 'x' }], 'attribute "a": expected its value to be a list of one text, got "x"'],
    [[{ name: 'a', value: [] }], 'got []'],
    [[{ name: 'a', value: ['x', 'y'] }], 'got ["x","y"]'],
    [[{ name: 'a', value: [1] }], 'got [1]'],
    [[{ value: ['x'] }], 'got {"value":["x"]}'],
    [
      attributeList([
        ['a', 'x'],
        ['a', 'y'],
      ]),
      'expected a once, got it again at 1',
    ],
  ])('is not %j', (list, reason) => {
    expect(readAttributes(list)).toEqual({ kind: 'parse-error', reason: expect.stringContaining(reason) })
  })

  test.prop([fc.anything()])('never breaks the reader', (list) => {
    expect(['attributes', 'parse-error']).toContain(readAttributes(list).kind)
    expect(readAttributes([list]).kind).toBe('parse-error')
  })
})

describe('the text of an attribute', () => {
  test.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['yes', null],
    ['', null],
    ['true\n', null],
  ])('MSTORE-PROFILE-15: %j is the boolean %s', (text, value) => {
    expect(booleanOf(text)).toBe(value)
  })

  test.each([
    ['2024-01-01T00:00:00Z', 1704067200000],
    ['2024-01-01T00:00:00.5Z', 1704067200500],
    ['2024-01-01T00:00:00+01:00', null],
    ['2024-01-01T00:00:00', null],
    ['2024-02-30T00:00:00Z', null],
    ['2024-01-01', null],
    ['1704067200000', null],
  ])('%s is the instant %s', (text, value) => {
    expect(instantOf(text)).toBe(value)
  })

  test.each([
    ['2019:01:01:00:00', 1546300800000],
    ['2019:13:01:00:00', null],
    ['2019:02:29:00:00', null],
    ['2019-01-01 00:00', null],
  ])('%s is the date of migration %s', (text, value) => {
    expect(migrationInstantOf(text)).toBe(value)
  })

  test.prop([fc.integer({ min: 0, max: 4_000_000_000 })])('keeps an instant to the second', (seconds) => {
    expect(instantOf(instantText(seconds * 1000 + 999))).toBe(seconds * 1000)
  })
})
