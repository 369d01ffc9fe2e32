import { describe, expect, it } from 'vitest'
import { textBody } from '../../tests/relay-trial.ts'
import { documentedBodies, readBody } from './bodies.ts'
import { deployedBodies } from './deployed-bodies.ts'

const kindOf = (text: string, type?: string, rules = documentedBodies) =>
  readBody(textBody(text, type), rules, 'set-gcm-id').kind

const deployed = { ...documentedBodies, ...deployedBodies }

describe('a JSON body', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'Application/JSON; charset="utf-8"',
    'application/json; profile=x',
  ])('is taken as %s', (type) => {
    expect(kindOf('{}', type)).toBe('object')
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/json; charset=iso-8859-1',
    '',
  ])('is refused as %j', (type) => {
    expect(kindOf('{}', type)).toBe('wrong-type')
  })

  it('is refused without a type, before it is looked at', () => {
    expect(
      readBody({ contentType: undefined, bytes: new Uint8Array() }, documentedBodies, 'set-gcm-id').kind,
    ).toBe('wrong-type')
  })

  it.each([
    ['a bare name', '{a:1}'],
    ['an equals sign', '{"a"=1}'],
    ['a hexadecimal number', '{"a":0xFFFFFF}'],
    ['a trailing comma', '{"a":1,}'],
    ['a comment', '{"a":1} // x'],
    ['half an object', '{"a":'],
  ])('is refused with %s', (_case, text) => {
    expect(kindOf(text)).toBe('malformed-body')
  })

  it('is refused when it is not UTF-8, too long, or no object', () => {
    const notText = { contentType: 'application/json', bytes: Uint8Array.of(0x22, 0xff, 0x22) }
    expect(readBody(notText, documentedBodies, 'set-gcm-id').kind).toBe('malformed-body')
    const tooLong = { contentType: 'application/json', bytes: 'too-long' } as const
    expect(readBody(tooLong, documentedBodies, 'set-gcm-id').kind).toBe('malformed-body')
    expect(['[]', 'null', '1', '"x"'].map((text) => kindOf(text))).toEqual(Array(4).fill('mistyped-body'))
  })
})

describe('a JSON body at the deployed relay', () => {
  it('may have comments, but no other shorthand', () => {
    expect(readBody(textBody('{"a": "//b" /* c\n */} // d'), deployed, 'set-gcm-id')).toEqual({
      kind: 'object',
      members: { a: '//b' },
    })
    expect(kindOf('{a:1}', undefined, deployed)).toBe('malformed-body')
  })

  it('has its scalars turned into what is asked for', () => {
    expect([1, true, 'x', {}].map(deployed.text)).toEqual(['1', 'true', 'x', undefined])
    expect([1.9, '12', 'x', {}].map(deployed.integer)).toEqual([1, 12, undefined, undefined])
    expect([true, 'true', 'false', 0, 'x'].map(deployed.flag)).toEqual([true, true, false, false, undefined])
  })
})
