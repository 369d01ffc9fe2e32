import type { FederatedPeer, MStoreTarget, RelayTarget } from '#driver/target.ts'

/** The capabilities that one control plane supplies: all but a federated peer, which has a plane of its own. */
export function controlCapabilities(url: string): RelayTarget['capabilities'] {
  const plane = { kind: 'mock-control', url } as const
  return { verificationCode: plane, pushes: plane, devices: plane, limits: plane, federation: null }
}

/** A node that the target federates with, and the URL of its control plane. */
export interface ControlledPeer extends Pick<FederatedPeer, 'name' | 'knownAs' | 'url'> {
  readonly control: string
}

/** The peer with all that its control plane supplies. */
export function peerWithControl({ name, knownAs, url, control }: ControlledPeer): FederatedPeer {
  const { verificationCode, pushes, devices } = controlCapabilities(control)
  return { name, knownAs, url, verificationCode, pushes, devices }
}

/** The capabilities that the control plane of an mStore supplies: all; the subscribers it makes come with PINs. */
export function mStoreControlCapabilities(url: string): MStoreTarget['capabilities'] {
  const plane = { kind: 'mock-control', url } as const
  return { subscribers: plane, gba: plane, voicemail: plane, greeting: true, pin: null }
}
