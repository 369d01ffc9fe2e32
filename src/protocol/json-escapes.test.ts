import { expect, it } from 'vitest'
import { escapedTexts, escapedUnits } from './json-escapes.ts'

it.each([
  ['', ''],
  ['a/', '\\u0061\\u002f'],
  ['\u{1f600}', '\\ud83d\\ude00'],
])('of %j the units are %j', (text, escapes) => {
  expect(escapedUnits(text)).toBe(escapes)
})

it('leaves the value, and no character of a text as it is', () => {
  const value = { 'a"b\\': ['\n', '\\"', '', 1.5, true, null], b: { c: 'd: "e"' } }
  const json = escapedTexts(JSON.stringify(value))
  expect(JSON.parse(json)).toEqual(value)
  expect(json.replace(/\\u[0-9a-f]{4}/g, '')).toBe('{"":["","","",1.5,true,null],"":{"":""}}')
})
