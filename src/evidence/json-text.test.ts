import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { jsonDocument, jsonText } from './json-text.ts'

test('what a server said cannot steer a terminal', () => {
  expect(jsonText({ got: 'a\u009b2Jb\u202ec\u007f\u2028d\u{e0001}é' })).toBe(
    String.raw`{"got":"a\u009b2Jb\u202ec\u007f\u2028d\udb40\udc01é"}`,
  )
})

property.prop([fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })])(
  'any text reads back, and no line holds a character that is not shown',
  (key, text) => {
    const value = { [`_${key}`]: [text] }
    const written = jsonDocument(value)
    expect(written).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u)
    expect(JSON.parse(written)).toEqual(value)
  },
)
