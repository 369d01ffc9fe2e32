import { afterEach, describe, expect, it } from 'vitest'
import { answering, closeRawServers, jsonAnswer, rawServer } from '../../../tests/raw-server.ts'
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

afterEach(closeRawServers)

/** A control plane that gives those answers, one a request, the last one again and again. */
async function controlled(...answers: readonly string[]) {
  let next = 0
  const server = await rawServer((socket) => {
    const answer = answers[Math.min(next, answers.length - 1)] ?? ''
    next += 1
    answering(answer)(socket)
  })
  return { server, ...createCapabilities(controlledTarget(server.url)) }
}

describe('verificationCodes', () => {
  it('gives the code sent last by that transport, without its hyphen', async () => {
    const codes = [sent('sms', '111-111'), sent('sms', '222-222'), sent('voice', '333333')]
    const { verificationCodes, server } = await controlled(jsonAnswer({ codes }))
    expect(await verificationCodes.latest(NUMBER, 'sms')).toBe('222222')
    expect(await verificationCodes.latest(NUMBER, 'voice')).toBe('333333')
    expect(server.received[0]).toMatch(/^GET \/codes\?number=%2B14155550100 HTTP/)
  })

  it('gives every code sent as it was sent', async () => {
    const { verificationCodes } = await controlled(jsonAnswer({ codes: [sent('sms', '111-111')] }))
    expect(await verificationCodes.sent(NUMBER)).toEqual([
      { number: NUMBER, transport: 'sms', code: '111-111', at: 1 },
    ])
  })

  it('waits for a code that is not there yet', async () => {
    const { verificationCodes } = await controlled(
      jsonAnswer({ codes: [] }),
      jsonAnswer({ codes: [sent('sms', '123456')] }),
    )
    expect(await verificationCodes.latest(NUMBER, 'sms')).toBe('123456')
  })

  it('fails when no code comes by that transport, and says what came', async () => {
    const { verificationCodes } = await controlled(jsonAnswer({ codes: [sent('voice', '123456')] }))
    await expect(verificationCodes.latest(NUMBER, 'sms')).rejects.toThrow(
      new CapabilityFailure(`verificationCode: expected a code to ${NUMBER} by sms, got codes by voice`),
    )
  })

  it('gives a fixed code for every number, and cannot tell what was sent', async () => {
    const { verificationCodes } = createCapabilities(
      bareTarget({ verificationCode: { kind: 'fixed', value: '424242' } }),
    )
    expect(await verificationCodes.latest(NUMBER, 'voice')).toBe('424242')
    await expect(verificationCodes.sent(NUMBER)).rejects.toThrow(MissingCapability)
  })
})

describe('pushes', () => {
  it('gives those of the filter, even where a control plane gives more', async () => {
    const { pushes, server } = await controlled(jsonAnswer({ pushes: [push, { ...push, to: 'id-2' }] }))
    expect(await pushes.received({ number: NUMBER, to: 'id+2' })).toEqual([])
    expect(await pushes.received({ to: 'id-2' })).toEqual([{ ...push, to: 'id-2' }])
    expect(await pushes.received({})).toHaveLength(2)
    expect(server.received.map((text) => text.split(' ')[1])).toEqual([
      '/pushes?number=%2B14155550100&to=id%2B2',
      '/pushes?to=id-2',
      '/pushes',
    ])
  })

  it('waits until there are as many as were asked for', async () => {
    const { pushes, server } = await controlled(
      jsonAnswer({ pushes: [] }),
      jsonAnswer({ pushes: [push] }),
      jsonAnswer({ pushes: [push, push] }),
    )
    expect(await pushes.received({ number: NUMBER }, 2)).toHaveLength(2)
    expect(server.received).toHaveLength(3)
  })

  it('gives what there is when the time for a push is over', async () => {
    const { pushes } = await controlled(jsonAnswer({ pushes: [push] }))
    expect(await pushes.received({ number: NUMBER }, 2)).toEqual([push])
  })
})

describe('devices', () => {
  it('adds one and gives its id', async () => {
    const { devices, server } = await controlled(jsonAnswer({ deviceId: 2 }, '201 Created'))
    expect(await devices.add(owner, device)).toBe(2)
    expect(server.received[0]).toMatch(/^POST \/devices HTTP/)
    expect(server.received[0]).toContain(JSON.stringify({ number: NUMBER, ...device }))
  })

  it('fails where the number is unknown', async () => {
    const { devices } = await controlled(jsonAnswer({ error: 'no account' }, '404 Not Found'))
    await expect(devices.add(owner, device)).rejects.toThrow(
      /POST .*\/devices: expected 2xx, got 404 .*no account/,
    )
  })
})

describe('limits', () => {
  const limits = { sms: { burst: 2, refillMs: 30_000 } }

  it('gives a limiter its figures, and advances the clock of one number', async () => {
    const { limits: capability, server } = await controlled(
      jsonAnswer({ limits }),
      jsonAnswer({ limits }),
      jsonAnswer({ nowMs: 1, offsetMs: 30_000 }),
    )
    expect(await capability.limit('sms')).toEqual(limits.sms)
    await capability.refill('sms', NUMBER)
    expect(server.received[2]).toMatch(
      /^POST \/clock\/advance HTTP[^]*\{"ms":30000,"number":"\+14155550100"\}$/,
    )
  })

  it('takes fixed figures, and waits', async () => {
    const waits: number[] = []
    const io = { now: () => 0, wait: (ms: number) => Promise.resolve(void waits.push(ms)) }
    const { limits: capability } = createCapabilities(bareTarget({ limits: { kind: 'fixed', limits } }), io)
    expect(await capability.limit('sms')).toEqual(limits.sms)
    await capability.refill('sms', NUMBER)
    expect(waits).toEqual([30_000])
  })

  it('misses a limiter of which nothing is said, and says the line that would say it', async () => {
    const { limits: capability } = createCapabilities(bareTarget({ limits: { kind: 'fixed', limits } }))
    await expect(capability.limit('voice')).rejects.toMatchObject({
      capability: 'limits',
      enable: 'capabilities.limits.fixed.voice: { burst: N, refillMs: MS }',
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
  it.each([
    ['is gone', '', /GET http:.*\/limits: expected an answer, got no-answer/],
    ['answers 500', jsonAnswer('oh', '500 Oh'), /expected 2xx, got 500 "\\"oh\\""/],
    ['answers HTML', 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>', /expected JSON, got "<html>"/],
    ['answers bytes', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\u00ff', /expected JSON, got/],
    ['answers something else', jsonAnswer({ limits: [] }), /expected an object at limits, got an array/],
    [
      'answers no figures',
      jsonAnswer({ limits: { sms: {} } }),
      /expected a whole number at limits\.sms\.burst, got nothing/,
    ],
    ['talks nonsense', 'nonsense\r\n\r\n', /got malformed/],
  ])('is a CapabilityFailure in one line where it %s', async (_what, answer, message) => {
    const server = await rawServer(answer === '' ? () => undefined : answering(answer))
    const target = { ...controlledTarget(server.url), timeouts: { answerMs: 150, pushMs: 1 } }
    const failure: unknown = await createCapabilities(target)
      .limits.limit('sms')
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(CapabilityFailure)
    expect(String(failure)).toMatch(message)
    expect(String(failure)).not.toMatch(/[\r\n]/)
  })
})
