import { describe, expect, it } from 'vitest'
import { formatOf } from './formats.ts'
import { NO_DIFFERENCES } from './mock-differences.ts'
import { bundledTarget } from './resolve-target.ts'

const NO_ERRORS = {
  seed: 's',
  onError: (error: unknown) => {
    throw error
  },
}

const LOOPBACK = /^https?:\/\/127\.0\.0\.1:\d+$/

describe('a bundled mock, once it runs', () => {
  it('of the mStore keeps what was chosen, and adds its place, its authority and the timeouts it needs', async () => {
    const { target: planned } = bundledTarget('mstore', {
      dialect: 'deployed',
      allow: ['sends'],
      timeouts: { answerMs: 1234 },
    })
    const { target, close } = await formatOf('mstore').start({
      ...NO_ERRORS,
      target: planned,
      differs: NO_DIFFERENCES,
    })
    await close()
    expect(target).toMatchObject({
      protocol: 'mstore',
      dialect: 'deployed',
      allow: ['reads', 'sends'],
      mailbox: null,
      url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      timeouts: { answerMs: 1234, gatewayMs: 5000 },
      tls: { ca: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/), insecure: false },
    })
    const plane = { kind: 'mock-control', url: expect.stringMatching(LOOPBACK) }
    expect(target.capabilities).toEqual({
      subscribers: plane,
      gba: plane,
      voicemail: plane,
      greeting: true,
      pin: null,
    })
    expect(target.capabilities).not.toEqual(planned.capabilities)
  })

  it('of the relay has a peer, and each a control plane of its own', async () => {
    const { target: planned } = bundledTarget('relay', { timeouts: { pushMs: 77 } })
    const { target, close } = await formatOf('relay').start({
      ...NO_ERRORS,
      target: planned,
      differs: NO_DIFFERENCES,
    })
    await close()
    const plane = { kind: 'mock-control', url: expect.stringMatching(LOOPBACK) }
    expect(target).toMatchObject({
      url: expect.stringMatching(LOOPBACK),
      timeouts: { answerMs: 5000, pushMs: 77 },
      capabilities: {
        verificationCode: plane,
        pushes: plane,
        devices: plane,
        limits: plane,
        federation: { url: expect.stringMatching(LOOPBACK), verificationCode: plane, devices: plane },
      },
    })
    const planes = JSON.stringify(target.capabilities).match(/http:[^"]+/g)
    expect(new Set([target.url, ...(planes ?? [])]).size).toBe(4)
  })
})
