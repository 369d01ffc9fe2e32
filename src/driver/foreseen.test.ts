import { describe, expect, it } from 'vitest'
import { bareMStoreTarget } from '../../tests/mstore-targets.ts'
import { bareTarget } from '../../tests/relay-targets.ts'
import { foreseenSkip, foreseenWaitMs } from './foreseen.ts'
import type { LimitsSource } from './target.ts'

type Fixed = Extract<LimitsSource, { readonly kind: 'fixed' }>['limits']

const target = (limits: Fixed) => bareTarget({ limits: { kind: 'fixed', limits } })
const EMPTIED = 'Alice has used up the "sms" limit'
const REFILLED = 'the "sms" limit has refilled "twice over" for Alice'
const ADD = 'capabilities.limits.fixed.sms: { burst: N, refillMs: MS }, or { burst: N, windowMs: MS }'

it('of one key without + and / is that it shows no alphabet', () => {
  const step = 'Alice tries to "read the profile" with the digest "password in the URL alphabet"'
  const skipWith = (key: string) =>
    foreseenSkip([step], bareMStoreTarget({ gba: { kind: 'fixed', btid: 'b', key } }))
  expect(skipWith('AAAA')).toMatchObject({ code: 'capability', name: 'bsf' })
  expect(skipWith('AA+A')).toBeNull()
})

it.each([
  ['Alice is registered', true],
  ['the code sent still confirms Alice', true],
  ['Alice is ready to "store prekeys"', true],
  ['Alice is ready to "ask for a code"', false],
  ['Alice asked for a code by "sms"', false],
])('of a relay whose codes nothing reads, "%s": is skipped, %s', (step, isSkipped) => {
  const skip = { code: 'capability', name: 'verificationCode' }
  expect(foreseenSkip([step], bareTarget({ verificationCode: null }))).toEqual(
    isSkipped ? expect.objectContaining(skip) : null,
  )
  expect(foreseenSkip([step], bareTarget({ verificationCode: { kind: 'fixed', value: '1' } }))).toBeNull()
})

it.each([
  ['Bob confirms with the code sent to Alice', true],
  ['Bob tries to "register anew with the code sent to Alice"', true],
  ['Alice confirms with the code sent to Alice', false],
  ['Alice confirms with the code sent to Bob with another last digit', false],
  ['Alice confirms with the code sent', false],
])('of a relay that sends every number one code, "%s": is skipped, %s', (step, isSkipped) => {
  const fixed = bareTarget({ verificationCode: { kind: 'fixed', value: '1' } })
  const enable = 'a code for each number: Alice and Bob were sent the same one'
  const skip = { code: 'capability', name: 'verificationCode', enable }
  expect(foreseenSkip([step], fixed)).toEqual(isSkipped ? skip : null)
})

describe('what the target file says of single limiters', () => {
  it.each<readonly [string, Fixed, object]>([
    [EMPTIED, {}, { code: 'capability', enable: ADD }],
    ['Alice tries to "message Bob" until the limit is passed', {}, { name: 'limits' }],
    ['the relay has a "sms" limit', { sms: 'none' }, { code: 'absent' }],
    [EMPTIED, { sms: { burst: 1, refillMs: 100 } }, { enable: 'a slower limit of sms' }],
    [REFILLED, { sms: { burst: 2, refillMs: 20_000 } }, { code: 'capability' }],
    [EMPTIED, { sms: { burst: 9, windowMs: 400 } }, { enable: 'a slower limit of sms' }],
    [REFILLED, { sms: { burst: 2, windowMs: 40_000 } }, { code: 'capability' }],
  ])('foretells what becomes of %s', (step, limits, skip) => {
    expect(foreseenSkip([step], target(limits))).toMatchObject(skip)
  })

  it('says how long a scenario waits', () => {
    const limits = { sms: { burst: 2, refillMs: 1000 } }
    expect(foreseenSkip([EMPTIED, REFILLED], target(limits))).toBeNull()
    expect(foreseenWaitMs([EMPTIED, REFILLED], target(limits))).toBe(4000)
    expect(foreseenWaitMs([EMPTIED, REFILLED], target({ sms: { burst: 9, windowMs: 1000 } }))).toBe(2000)
    const verify = 'the code sent still confirms Alice once the "verify" limit has refilled'
    expect(foreseenWaitMs([verify], target({ verify: { burst: 9, refillMs: 700 } }))).toBe(700)
  })

  it('is nothing where a control plane moves the clock', () => {
    const moved = bareTarget({ limits: { kind: 'mock-control', url: 'http://127.0.0.1:9' } })
    expect([foreseenSkip([EMPTIED], moved), foreseenWaitMs([REFILLED], moved)]).toEqual([null, 0])
  })
})
