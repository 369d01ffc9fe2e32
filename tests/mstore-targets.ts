import type { MStoreTarget } from '#driver/target.ts'

/** An mStore target that offers nothing but what is given; no server listens at its URL. Its time-outs are short. */
export function bareMStoreTarget(capabilities: Partial<MStoreTarget['capabilities']> = {}): MStoreTarget {
  return {
    protocol: 'mstore',
    url: 'http://127.0.0.1:9',
    dialect: 'documented',
    allow: ['reads'],
    mailbox: null,
    naf: null,
    digestUri: 'absolute',
    pinDigits: null,
    capabilities: {
      subscribers: null,
      gba: null,
      voicemail: null,
      greeting: false,
      pin: null,
      ...capabilities,
    },
    timeouts: { answerMs: 2000, gatewayMs: 100 },
    requestsPerSecond: null,
    tls: { ca: null, insecure: false },
  }
}

/** A target whose every capability comes from the control plane at `url`. */
export function controlledMStoreTarget(url: string): MStoreTarget {
  const plane = { kind: 'mock-control', url } as const
  return bareMStoreTarget({ subscribers: plane, gba: plane, voicemail: plane, greeting: true })
}
