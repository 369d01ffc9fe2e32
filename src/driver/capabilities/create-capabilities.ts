import type { FederatedPeer, RelayTarget } from '../target.ts'
import { type CapabilityIo, REAL_TIME } from './capability-io.ts'
import { createDevices } from './devices.ts'
import type { Devices } from './new-device.ts'
import { MissingCapability } from './failures.ts'
import { type Limits, createLimits } from './limits.ts'
import { type Pushes, createPushes } from './pushes.ts'
import { type VerificationCodes, createVerificationCodes } from './verification-codes.ts'

/** The node a target federates with. */
export interface Federation {
  /** The peer's name at the target: what the `relay` member of a request holds. */
  readonly name: string
  /** The target's name at the peer: what the `relay` field of a push there holds. */
  readonly knownAs: string
  /** The peer as a target of its own, so that it can be worked in the same way. */
  readonly peer: RelayTarget
}

/** All that the suite can do besides speaking the protocol. */
export interface RelayCapabilities {
  readonly verificationCodes: VerificationCodes
  readonly pushes: Pushes
  readonly devices: Devices
  readonly limits: Limits
  /** Throws MissingCapability when the target file names no peer. */
  readonly federation: () => Federation
}

/**
 * The capabilities that the target file offers. No request is made yet; what is not offered throws
 * MissingCapability when it is used. A control plane URL that is none is a UsageError at once.
 */
export function createCapabilities(target: RelayTarget, io: CapabilityIo = REAL_TIME): RelayCapabilities {
  return {
    verificationCodes: createVerificationCodes(target, io),
    pushes: createPushes(target, io),
    devices: createDevices(target, io),
    limits: createLimits(target, io),
    federation: () => federationOf(target),
  }
}

function federationOf(target: RelayTarget): Federation {
  const peer = target.capabilities.federation
  if (peer === null) throw new MissingCapability('federation')
  return { name: peer.name, knownAs: peer.knownAs, peer: peerTarget(target, peer) }
}

function peerTarget(
  target: RelayTarget,
  { url, verificationCode, pushes, devices }: FederatedPeer,
): RelayTarget {
  return {
    ...target,
    url,
    capabilities: { verificationCode, pushes, devices, limits: null, federation: null },
  }
}
