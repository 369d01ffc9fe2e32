import type { RelayTarget } from '#driver/target.ts'

/** The capabilities that one control plane supplies: all but a federated peer, which has a plane of its own. */
export function controlCapabilities(url: string): RelayTarget['capabilities'] {
  const plane = { kind: 'mock-control', url } as const
  return { verificationCode: plane, pushes: plane, devices: plane, limits: plane, federation: null }
}
