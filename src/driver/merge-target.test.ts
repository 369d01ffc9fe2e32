import { describe, expect, it } from 'vitest'
import { mergeTarget } from './merge-target.ts'
import { TARGET_DEFAULTS } from './target-defaults.ts'

describe('mergeTarget', () => {
  it('lets the last part hold that says something; null says that there is none', () => {
    const parts = [
      { mailbox: '+15551234567', dialect: 'deployed', capabilities: { pin: '1397', greeting: true } },
      { mailbox: undefined, capabilities: { pin: null }, timeouts: { answerMs: 1, gatewayMs: undefined } },
      { dialect: undefined, tls: { insecure: true } },
    ] as const
    const { mstore: defaults } = TARGET_DEFAULTS
    expect(mergeTarget(defaults, parts)).toEqual({
      ...defaults,
      mailbox: '+15551234567',
      dialect: 'deployed',
      capabilities: { ...defaults.capabilities, pin: null, greeting: true },
      timeouts: { answerMs: 1, gatewayMs: 65_000 },
      tls: { ca: null, insecure: true },
    })
  })
})
