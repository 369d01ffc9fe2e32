import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { count, list, milliseconds, object, oneOf, read, record, text } from './reading.ts'

const codes = object({ codes: list(object({ number: text, at: milliseconds })) })
const limits = record(object({ burst: count }))

describe('read', () => {
  it('gives the members that were asked for and no others', () => {
    expect(read(codes, { codes: [{ number: '+1', at: 1.5, extra: true }] })).toEqual({
      kind: 'read',
      value: { codes: [{ number: '+1', at: 1.5 }] },
    })
    expect(read(limits, { sms: { burst: 2 } })).toEqual({
      kind: 'read',
      value: new Map([['sms', { burst: 2 }]]),
    })
  })

  it.each([
    [null, 'expected an object, got null'],
    [[], 'expected an object, got an array'],
    [{}, 'expected an array at codes, got nothing'],
    [{ codes: [7] }, 'expected an object at codes[0], got a number'],
    [{ codes: [{ number: 7, at: 1 }] }, 'expected a string at codes[0].number, got a number'],
    [{ codes: [{ number: '+1', at: -1 }] }, 'expected milliseconds at codes[0].at, got a number'],
  ])('says where %j does not fit', (value, detail) => {
    expect(read(codes, value)).toEqual({ kind: 'wrong', detail })
  })

  it.each([-1, 1.5, '1', 2 ** 53, null])('takes no %j for a count', (value) => {
    expect(read(count, value).kind).toBe('wrong')
  })

  it('says which names it would take', () => {
    expect(read(oneOf('gcm', 'apn'), 'x')).toEqual({
      kind: 'wrong',
      detail: 'expected gcm or apn, got a string',
    })
  })

  it('finds no member that only the prototype has', () => {
    expect(read(object({ toString: text }), {}).kind).toBe('wrong')
  })

  test.prop([fc.anything()])('never throws, whatever it is given', (value) => {
    expect(['read', 'wrong']).toContain(read(codes, value).kind)
  })
})
