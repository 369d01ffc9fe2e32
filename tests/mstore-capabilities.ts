import { createMStoreCapabilities } from '#driver/capabilities/create-mstore-capabilities.ts'
import { Secrets } from '#driver/secrets.ts'
import type { MStoreTarget } from '#driver/target.ts'

/** The capabilities of an mStore that nothing listens as; those not given are missing. */
export function mStoreCapabilities(given: Partial<MStoreTarget['capabilities']> = {}) {
  const target: MStoreTarget = {
    protocol: 'mstore',
    url: 'https://127.0.0.1:9',
    dialect: 'documented',
    allow: ['reads'],
    mailbox: null,
    naf: null,
    digestUri: 'absolute',
    pinDigits: null,
    capabilities: { subscribers: null, gba: null, voicemail: null, greeting: false, pin: null, ...given },
    timeouts: { answerMs: 2000, gatewayMs: 100 },
    requestsPerSecond: null,
    tls: { ca: null, insecure: false },
  }
  const clientOf = () => ({ send: () => Promise.reject(new Error('no bootstrapping server is asked here')) })
  return createMStoreCapabilities(target, { secrets: new Secrets(), clientOf, cnonce: () => 'c' })
}
