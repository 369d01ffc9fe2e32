import { describe, expect, it } from 'vitest'
import { fromHex } from '#protocol/bytes.ts'
import { openFrame } from '#protocol/relay/frame.ts'
import { signalingKey } from '#protocol/relay/signaling-key.ts'
import { decodeSignal } from '#protocol/relay/signals.ts'
import {
  ALICE,
  attributesOf,
  BOB,
  jsonBody,
  message,
  registrationIdOf,
  signalingKeyOf,
  START_MS,
  Trial,
} from '../../tests/relay-trial.ts'
import { deployed } from './dialects.ts'
import type { RelayRulebookPatch } from './rulebook.ts'

/** The published example: sender, message, key and initialisation vector are given, the frame follows. */
const IV = fromHex('a0a1a2a3a4a5a6a7a8a9aaabacadaeaf')
const HEAD =
  '01a0a1a2a3a4a5a6a7a8a9aaabacadaeaf23385323639ccadd06261ba608a631e0b308f5ec28a32b455a861265db8231e08864da69694d506bc34907891e4e1319'
const key = Uint8Array.from({ length: 52 }, (_, index) => index)
const example: RelayRulebookPatch = { pushes: { iv: () => IV, signalingKey: () => key } }

function pushed(rules: RelayRulebookPatch): string {
  const trial = new Trial(rules).register(ALICE, BOB)
  trial.submit(BOB, [message({ body: 'Zm9vYmFyego=' })])
  return trial.store.pushes.latest?.notification ?? ''
}

function opened(notification: string, of: Uint8Array) {
  const frame = openFrame(Buffer.from(notification, 'base64'), signalingKey(of), ['sha1', 'sha256'])
  expect(frame).toMatchObject({ kind: 'opened' })
  return decodeSignal('plaintext' in frame ? frame.plaintext : new Uint8Array())
}

describe('a push', () => {
  it.each([
    ['sha1', '961a5c3030ced24ffa1a'],
    ['sha256', 'bc43abc8993aa7739e7d'],
  ] as const)('is the frame of the published example under HMAC-%s', (macAlgorithm, mac) => {
    const rules = { pushes: { ...example.pushes, macAlgorithm } }
    expect(Buffer.from(pushed(rules), 'base64').toString('hex')).toBe(HEAD + mac)
  })

  it('carries HMAC-SHA1 in the documented dialect', () => {
    expect(Buffer.from(pushed(example), 'base64').toString('hex')).toMatch(/961a5c3030ced24ffa1a$/)
  })

  it.each([
    [
      'deployed',
      deployed,
      { kind: 'accepted', push: { number: BOB, channel: 'websocket', to: '1', device: 1 } },
    ],
    ['documented', {}, { kind: 'unreachable-destination', push: null }],
  ] as const)('E-33: reaches who asks by itself, read as %s', (_dialect, rules, expected) => {
    const trial = new Trial(rules).register(ALICE)
    trial.requestCode(BOB)
    trial.confirm(BOB, { body: jsonBody({ ...attributesOf(BOB), fetchesMessages: true }) })
    const { kind } = trial.submit(BOB, [message()])
    expect({ kind, push: trial.store.pushes.latest ?? null }).toMatchObject(expected)
  })

  it('carries the time of its arrival where the sender gave none', () => {
    const trial = new Trial().register(ALICE, BOB)
    trial.submit(BOB, [message({ timestamp: undefined })])
    const signal = { timestamp: BigInt(START_MS) }
    expect(opened(trial.store.pushes.latest?.notification ?? '', signalingKeyOf(BOB))).toMatchObject({
      signal,
    })
  })

  it('opens with the addressee’s key and names the sender, the content and the time', () => {
    const trial = new Trial().register(ALICE, BOB)
    trial.submit(BOB, [message({ type: 3 })])
    const { notification = '', at } = trial.store.pushes.latest ?? {}
    expect(at).toBe(START_MS)
    expect(notification).toMatch(/^[A-Za-z0-9+/]+$/)
    expect(opened(notification, signalingKeyOf(BOB))).toMatchObject({
      signal: {
        type: 3,
        source: ALICE,
        sourceDevice: 1,
        timestamp: 1_400_000_000_123n,
        message: new Uint8Array(Buffer.from('foobarz')),
      },
    })
  })

  it.each([0, 5, 99, -1])('hands the type %i on as it came', (type) => {
    const trial = new Trial().register(ALICE, BOB)
    trial.submit(BOB, [message({ type })])
    expect(opened(trial.store.pushes.latest?.notification ?? '', signalingKeyOf(BOB))).toMatchObject({
      signal: { type },
    })
  })

  it('reaches an APN client as alert and payload', () => {
    const trial = new Trial().register(ALICE, BOB)
    trial.setPushId(BOB, 'apn:token')
    trial.submit(BOB, [message()])
    const { notification = '', to } = trial.store.pushes.latest ?? {}
    expect(to).toBe('token')
    const read = JSON.parse(notification) as { alert: string; m: string }
    expect(Object.keys(read)).toEqual(['alert', 'm'])
    expect(read.alert).toBe('You have a new message!')
    expect(opened(read.m, signalingKeyOf(BOB))).toMatchObject({ kind: 'signal' })
  })

  it('has a vector of its own', () => {
    const trial = new Trial().register(ALICE, BOB)
    for (let sent = 0; sent < 20; sent++) trial.submit(BOB, [message()])
    const vectors = trial.store.pushes
      .to(BOB)
      .map(({ notification }) => Buffer.from(notification, 'base64').toString('hex', 1, 17))
    expect(new Set(vectors).size).toBe(20)
    expect(vectors).not.toContain('0'.repeat(32))
  })
})

describe('a push of the deployed relay', () => {
  const deliver = (channel: 'gcm' | 'apn') => {
    const trial = new Trial(deployed).register(ALICE, BOB)
    trial.setPushId(BOB, `${channel}:id`)
    const body = 'Zm9vYmFyego='
    trial.submit(BOB, [message({ body, destinationRegistrationId: registrationIdOf(BOB) })])
    return JSON.parse(trial.store.pushes.latest?.notification ?? '{}') as Record<string, unknown>
  }

  it('is padded, wrapped in data members, and has the server’s time', () => {
    const notification = deliver('gcm')
    expect(notification).toEqual({
      type: 'message',
      message: expect.stringMatching(/^[A-Za-z0-9+/]+={0,2}$/),
    })
    const payload = String(notification['message'])
    expect(payload.length % 4).toBe(0)
    const frame = openFrame(Buffer.from(payload, 'base64'), signalingKey(signalingKeyOf(BOB)), ['sha256'])
    expect(frame.kind).toBe('opened')
    expect(opened(payload, signalingKeyOf(BOB))).toMatchObject({ signal: { timestamp: BigInt(START_MS) } })
  })

  it('has its alert inside aps', () => {
    expect(deliver('apn')).toEqual({ aps: { alert: 'Message!' }, m: expect.any(String) })
  })
})
