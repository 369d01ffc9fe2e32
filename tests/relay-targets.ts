import type { RelayTarget } from '#driver/target.ts'

/** A target that offers nothing but what is given; no server listens at its URL. Its time-outs are short. */
export function bareTarget(capabilities: Partial<RelayTarget['capabilities']> = {}): RelayTarget {
  return {
    protocol: 'relay',
    url: 'http://127.0.0.1:9',
    dialect: 'documented',
    username: 'number',
    reachableBy: 'push-id',
    registrationId: 'number',
    allow: ['reads'],
    capabilities: {
      verificationCode: null,
      pushes: null,
      devices: null,
      limits: null,
      federation: null,
      ...capabilities,
    },
    timeouts: { answerMs: 2000, pushMs: 100 },
    requestsPerSecond: null,
    tls: { ca: null, insecure: false },
  }
}

/** A target whose every capability but federation comes from the control plane at `url`. */
export function controlledTarget(url: string): RelayTarget {
  const plane = { kind: 'mock-control', url } as const
  return bareTarget({ verificationCode: plane, pushes: plane, devices: plane, limits: plane })
}
