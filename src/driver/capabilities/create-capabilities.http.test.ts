import nock from 'nock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bareTarget, controlledTarget } from '../../../tests/relay-targets.ts'
import { createCapabilities } from './create-capabilities.ts'
import { CapabilityFailure, MissingCapability } from './failures.ts'

const NUMBER = '+14155550100'
const push = { number: NUMBER, device: 1, channel: 'gcm', to: 'id-1', notification: 'AaCh', at: 5 }
const device = { password: 'p', signalingKey: 'k', registrationId: 7, supportsSms: false }
const sent = (transport: string, code: string) => ({
  number: NUMBER,
  transport,
  code,
  text: 'Your code',
  at: 1,
})

const owner = { number: NUMBER, credentials: { username: NUMBER, password: 'o' } }

const CONTROL = 'http://control.example'

beforeEach(() => {
  nock.disableNetConnect()
})
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([])
  nock.cleanAll()
  nock.enableNetConnect()
})

/** The capabilities of a control plane, on a clock that moves only while something waits. */
function controlled() {
  let nowMs = 0
  const io = {
    now: () => nowMs,
    wait: (ms: number) => {
      nowMs += ms
      return Promise.resolve()
    },
  }
  return { plane: nock(CONTROL), ...createCapabilities(controlledTarget(CONTROL), io) }
}

describe('verificationCodes', () => {
  it('gives the code sent last by that transport, without its hyphen', async () => {
    const codes = [sent('sms', '111-111'), sent('sms', '222-222'), sent('voice', '333333')]
    const { verificationCodes, plane } = controlled()
    plane.get('/codes?number=%2B14155550100').twice().reply(200, { codes })
    expect(await verificationCodes.latest(NUMBER, 'sms')).toBe('222222')
    expect(await verificationCodes.latest(NUMBER, 'voice')).toBe('333333')
  })

  it('gives every code sent as it was sent', async () => {
    const { verificationCodes, plane } = controlled()
    plane
      .get('/codes')
      .query({ number: NUMBER })
      .reply(200, { codes: [sent('sms', '111-111')] })
    expect(await verificationCodes.sent(NUMBER)).toEqual([
      { number: NUMBER, transport: 'sms', code: '111-111', at: 1 },
    ])
  })

  it('waits for a code that is not there yet', async () => {
    const { verificationCodes, plane } = controlled()
    plane.get('/codes').query(true).reply(200, { codes: [] })
    plane
      .get('/codes')
      .query(true)
      .reply(200, { codes: [sent('sms', '123456')] })
    expect(await verificationCodes.latest(NUMBER, 'sms')).toBe('123456')
  })

  it('fails when no code comes by that transport, and says what came', async () => {
    const { verificationCodes, plane } = controlled()
    plane
      .get('/codes')
      .query(true)
      .reply(200, { codes: [sent('voice', '123456')] })
      .persist()
    await expect(verificationCodes.latest(NUMBER, 'sms')).rejects.toThrow(
      new CapabilityFailure(`verificationCode: expected a code to ${NUMBER} by sms, got codes by voice`),
    )
    nock.cleanAll()
  })

  it('returns a fixed code for every number, and cannot report what was sent', async () => {
    const { verificationCodes } = createCapabilities(
      bareTarget({ verificationCode: { kind: 'fixed', value: '424242' } }),
    )
    expect(await verificationCodes.latest(NUMBER, 'voice')).toBe('424242')
    await expect(verificationCodes.sent(NUMBER)).rejects.toThrow(MissingCapability)
  })
})

describe('pushes', () => {
  it('gives those of the filter, even where a control plane gives more', async () => {
    const { pushes, plane } = controlled()
    const both = { pushes: [push, { ...push, to: 'id-2' }] }
    for (const path of ['/pushes?number=%2B14155550100&to=id%2B2', '/pushes?to=id-2', '/pushes'])
      plane.get(path).reply(200, both)
    expect(await pushes.received({ number: NUMBER, to: 'id+2' })).toEqual([])
    expect(await pushes.received({ to: 'id-2' })).toEqual([{ ...push, to: 'id-2' }])
    expect(await pushes.received({})).toHaveLength(2)
  })

  it('waits until there are as many as were asked for', async () => {
    const { pushes, plane } = controlled()
    for (const seen of [[], [push], [push, push]])
      plane.get('/pushes').query(true).reply(200, { pushes: seen })
    expect(await pushes.received({ number: NUMBER }, 2)).toHaveLength(2)
  })

  it('gives what there is when the time for a push is over', async () => {
    const { pushes, plane } = controlled()
    plane
      .get('/pushes')
      .query(true)
      .reply(200, { pushes: [push] })
      .persist()
    expect(await pushes.received({ number: NUMBER }, 2)).toEqual([push])
    nock.cleanAll()
  })
})

describe('devices', () => {
  it('adds one and gives its id', async () => {
    const { devices, plane } = controlled()
    plane.post('/devices', { number: NUMBER, ...device }).reply(201, { deviceId: 2 })
    expect(await devices.add(owner, device)).toBe(2)
  })

  it('fails where the number is unknown', async () => {
    const { devices, plane } = controlled()
    plane.post('/devices').reply(404, { error: 'no account' })
    await expect(devices.add(owner, device)).rejects.toThrow(
      /POST .*\/devices: expected 2xx, got 404 .*no account/,
    )
  })
})

describe('limits', () => {
  const limits = { sms: { burst: 2, refillMs: 30_000 } }

  it('gives a limiter its figures, and advances the clock of one number', async () => {
    const { limits: capability, plane } = controlled()
    plane.get('/limits').twice().reply(200, { limits })
    plane.post('/clock/advance', { ms: 30_000, number: NUMBER }).reply(200, { nowMs: 1, offsetMs: 30_000 })
    expect(await capability.limit('sms')).toEqual(limits.sms)
    await capability.refill('sms', NUMBER)
  })

  it('takes fixed figures, and waits a little longer, since timers may be early', async () => {
    const waits: number[] = []
    const io = { now: () => 0, wait: (ms: number) => Promise.resolve(void waits.push(ms)) }
    const { limits: capability } = createCapabilities(bareTarget({ limits: { kind: 'fixed', limits } }), io)
    expect(await capability.limit('sms')).toEqual(limits.sms)
    await capability.refill('sms', NUMBER)
    expect(waits).toEqual([30_002])
  })

  it('misses a limiter of which nothing is said, and says the line that would say it', async () => {
    const { limits: capability } = createCapabilities(bareTarget({ limits: { kind: 'fixed', limits } }))
    await expect(capability.limit('voice')).rejects.toMatchObject({
      capability: 'limits',
      enable: 'capabilities.limits.fixed.voice: { burst: N, refillMs: MS }, or { burst: N, windowMs: MS }',
    })
  })
})

describe('federation', () => {
  it('is a target of its own', () => {
    const pushes = { kind: 'mock-control', url: 'http://127.0.0.1:2' } as const
    const peer = {
      name: 'south',
      knownAs: 'north',
      url: 'http://127.0.0.1:3',
      verificationCode: null,
      pushes,
      devices: null,
      synchronise: null,
    }
    const { federation } = createCapabilities(bareTarget({ federation: peer }))
    expect(federation()).toMatchObject({
      name: 'south',
      knownAs: 'north',
      peer: {
        url: 'http://127.0.0.1:3',
        dialect: 'documented',
        capabilities: { pushes, limits: null, federation: null },
      },
    })
  })
})

describe('what is not configured', () => {
  const none = createCapabilities(bareTarget())

  it.each([
    ['verificationCode', () => none.verificationCodes.latest(NUMBER, 'sms')],
    ['sentCodes', () => none.verificationCodes.sent(NUMBER)],
    ['pushes', () => none.pushes.received({})],
    ['devices', () => none.devices.add(owner, device)],
    ['limits', () => none.limits.limit('sms')],
    ['limits', () => none.limits.refill('sms', NUMBER)],
    ['federation', () => Promise.resolve().then(() => none.federation())],
  ])('throws MissingCapability %s when it is used', async (capability, use) => {
    await expect(use()).rejects.toMatchObject({
      name: 'MissingCapability',
      capability,
      enable: expect.stringMatching(/^capabilities\./),
    })
  })
})

describe('a control plane that fails', () => {
  const limitsAnswer = (): nock.Interceptor => nock(CONTROL).get('/limits')

  it.each<[what: string, answer: () => nock.Scope, message: RegExp]>([
    [
      'is gone',
      () =>
        limitsAnswer().replyWithError(
          Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
        ),
      /^CapabilityFailure: limits: GET http:\/\/control\.example\/limits: expected an answer, got none: connect ECONNREFUSED; start the control plane/,
    ],
    [
      'answers without an end',
      () => limitsAnswer().reply(200, 'x'.repeat(8 * 1024 * 1024 + 1)),
      /got none: more than 8388608 bytes/,
    ],
    ['answers 500', () => limitsAnswer().reply(500, '"oh"'), /expected 2xx, got 500 "\\"oh\\""/],
    [
      'leads elsewhere',
      () => limitsAnswer().reply(302, '', { Location: `${CONTROL}/elsewhere` }),
      /expected 2xx, got 302$/,
    ],
    ['answers HTML', () => limitsAnswer().reply(200, '<html>'), /expected JSON, got "<html>"/],
    ['answers bytes', () => limitsAnswer().reply(200, Buffer.from([0xff])), /expected JSON, got/],
    ['answers nothing', () => limitsAnswer().reply(200, ''), /expected JSON, got ""$/],
    [
      'answers something else',
      () => limitsAnswer().reply(200, { limits: [] }),
      /\/limits: expected object, got an array/,
    ],
    [
      'answers no figures',
      () => limitsAnswer().reply(200, { limits: { sms: {} } }),
      /\/limits\/sms: expected member refillMs, got none/,
    ],
    [
      'answers a value that may be a secret',
      () => limitsAnswer().reply(200, { limits: { sms: { burst: 'secret', refillMs: 1 } } }),
      /\/limits\/sms\/burst: expected integer, got a string$/,
    ],
  ])('is a CapabilityFailure in one line where it %s', async (_what, answer, message) => {
    answer()
    const target = { ...controlledTarget(CONTROL), timeouts: { answerMs: 1000, pushMs: 1 } }
    const failure: unknown = await createCapabilities(target)
      .limits.limit('sms')
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(CapabilityFailure)
    expect(String(failure)).toMatch(message)
    expect(String(failure)).not.toMatch(/[\r\n]/)
  })

  it('is one where it does not answer in time', async () => {
    nock(CONTROL).get('/limits').delay(60_000).reply(200, {})
    const target = { ...controlledTarget(CONTROL), timeouts: { answerMs: 20, pushMs: 1 } }
    await expect(createCapabilities(target).limits.limit('sms')).rejects.toThrow(
      /\/limits: expected an answer, got none: no whole answer within 20 ms$/,
    )
    nock.abortPendingRequests()
  })
})
