import { describe, expect, it } from 'vitest'
import { createCapabilities } from '#driver/capabilities/create-capabilities.ts'
import { encodeBase64 } from '#protocol/base64.ts'
import { mStoreCapabilities } from '../mstore-capabilities.ts'
import { bareTarget } from '../relay-targets.ts'

const NUMBER = '+14155550100'
const push = { number: NUMBER, device: 1, channel: 'gcm', to: 'id-1', notification: 'AaCh', at: 5 }

const nodeCommand = (script: string) => ({ kind: 'command', command: ['node', '-e', script] }) as const
const printing = (value: unknown) => nodeCommand(`console.log(${JSON.stringify(JSON.stringify(value))})`)

describe('a command of a relay', () => {
  it('prints codes, and is given number and transport', async () => {
    const script =
      'process.argv[1] === "+14155550100" && process.argv[2] === "voice" && console.log("123-456")'
    const { verificationCodes } = createCapabilities(bareTarget({ verificationCode: nodeCommand(script) }))
    expect(await verificationCodes.latest(NUMBER, 'voice')).toBe('123456')
    await expect(verificationCodes.latest(NUMBER, 'sms')).rejects.toThrow(
      /expected decimal digits, got nothing/,
    )
  })

  it('prints pushes', async () => {
    const { pushes } = createCapabilities(bareTarget({ pushes: printing({ pushes: [push] }) }))
    expect(await pushes.received({ number: NUMBER }, 1)).toEqual([push])
    expect(await pushes.received({ number: '+1' })).toEqual([])
  })

  it('adds a device', async () => {
    const owner = { number: NUMBER, credentials: { username: NUMBER, password: 'o' } }
    const device = { password: 'p', signalingKey: 'k', registrationId: 7, supportsSms: false }
    const script = 'console.log(process.argv.slice(1).join() === "+14155550100,p,k,7" ? 3 : -1)'
    const { devices } = createCapabilities(bareTarget({ devices: nodeCommand(script) }))
    expect(await devices.add(owner, device)).toBe(3)
  })

  it('prints limits', async () => {
    const limits = { sms: { burst: 2, refillMs: 30_000 } }
    const { limits: capability } = createCapabilities(bareTarget({ limits: printing({ limits }) }))
    expect(await capability.limit('sms')).toEqual(limits.sms)
  })
})

const SUBSCRIBER = { msisdn: '+15555558264', pin: '1397', sim: null }

describe('a command of an mStore', () => {
  it('prints credentials, and is given the host', async () => {
    const key = encodeBase64(new Uint8Array(32).fill(7), { padded: true })
    const script = `console.log(JSON.stringify({ btid: process.argv[1], key: '${key}' }))`
    const { gba } = mStoreCapabilities({ gba: nodeCommand(script) })
    expect(await gba.credentials(SUBSCRIBER, 'wsg.example')).toMatchObject({ btid: 'wsg.example' })
  })

  it('leaves a voicemail, which then has to be looked for', async () => {
    const { voicemails } = mStoreCapabilities({ voicemail: nodeCommand('') })
    expect(await voicemails.leave(SUBSCRIBER, { date: 1 })).toBeNull()
  })
})
