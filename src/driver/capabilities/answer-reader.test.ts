import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { CONTROL_SCHEMAS, type ControlSchema } from '#protocol/control-schemas.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { answerReader } from './answer-reader.ts'
import { CapabilityFailure } from './failures.ts'

const codes = answerReader<{ readonly codes: readonly unknown[] }>('codes')
const count = answerReader<number>('device-id')

describe('an answer', () => {
  it('is given as it came, where it fits its schema', () => {
    const answer = { codes: [{ number: '+1', transport: 'sms', code: '1', at: 1.5, extra: true }] }
    expect(codes(answer, 'p')).toBe(answer)
  })

  it.each([
    [null, 'body: expected object, got null'],
    [[], 'body: expected object, got an array'],
    [{}, 'body: expected member codes, got none'],
    [{ codes: [7] }, '/codes/0: expected object, got a number'],
    [
      { codes: [{ number: 7, transport: 'sms', code: '1', at: 1 }] },
      '/codes/0/number: expected string, got a number',
    ],
    [
      { codes: [{ number: '+1', transport: 'sms', code: '1', at: -1 }] },
      '/codes/0/at: expected at least 0, got a number',
    ],
    [
      { codes: [{ number: '+1', transport: 'sms', code: { secret: 1 }, at: 1 }] },
      '/codes/0/code: expected string, got an object',
    ],
  ])('says where %j does not fit, and none of its values', (value, detail) => {
    expect(() => codes(value, 'place')).toThrow(new CapabilityFailure(`place: ${detail}`))
  })

  it.each([-1, 1.5, '1', 2 ** 53, null])('takes no %j for a count', (value) => {
    expect(() => count(value, 'p')).toThrow(CapabilityFailure)
  })

  it('says which names it would take', () => {
    const pushes = answerReader('pushes')
    const push = { number: '+1', device: 1, channel: 'x', to: '', notification: '', at: 1 }
    expect(() => pushes({ pushes: [push] }, 'p')).toThrow(
      'p: /pushes/0/channel: expected one of ["gcm","apn","websocket"], got a string',
    )
  })

  test.prop([fc.anything()])('is read or refused, whatever it is', (value) => {
    try {
      codes(value, 'p')
    } catch (error) {
      expect(error).toBeInstanceOf(CapabilityFailure)
    }
  })
})

describe('the schemas of control planes', () => {
  const names = readdirSync(join(PACKAGE_ROOT, CONTROL_SCHEMAS)).map((name) => name.replace('.json', ''))

  it.each(names)('%s can be read', (name) => {
    expect(() => answerReader(name as ControlSchema)(undefined, 'p')).toThrow(
      /^p: \S+: expected .*, got none$/,
    )
  })
})
