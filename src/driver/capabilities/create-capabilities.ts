import type { FederatedPeer, RelayTarget, Synchronisation } from '../target.ts'
import { type CapabilityIo, type Clock, REAL_TIME } from './capability-io.ts'
import { runCommand } from './command.ts'
import { createDevices } from './devices.ts'
import type { Devices } from './new-device.ts'
import { MissingCapability } from './failures.ts'
import { type Limits, createLimits } from './limits.ts'
import { type Pushes, createPushes } from './pushes.ts'
import { redactorOf } from '../target-secrets.ts'
import { type VerificationCodes, createVerificationCodes } from './verification-codes.ts'

/** The node a target federates with. */
export interface Federation {
  /** The peer's name at the target: what the `relay` member of a request holds. */
  readonly name: string
  /** The target's name at the peer: what the `relay` field of a push there holds. */
  readonly knownAs: string
  /** The peer as a target of its own, so that it can be worked in the same way. */
  readonly peer: RelayTarget
  /** Whether the target file says how the nodes come to know each other's numbers. */
  readonly isSynchronised: boolean
  /** Settles once what is registered at one node so far is known at the other, as far as the target file says how. */
  readonly synchronise: () => Promise<void>
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

/** The outside world; without `redact`, what the target file says to be secret is hidden. */
export type GivenIo = Clock & Partial<CapabilityIo>

/**
 * The capabilities that the target file offers. No request is made yet; what is not offered throws
 * MissingCapability when it is used. A control plane URL that is none is a UsageError at once.
 */
export function createCapabilities(target: RelayTarget, given: GivenIo = REAL_TIME): RelayCapabilities {
  const io: CapabilityIo = { redact: redactorOf([target]), ...given }
  return {
    verificationCodes: createVerificationCodes(target, io),
    pushes: createPushes(target, io),
    devices: createDevices(target, io),
    limits: createLimits(target, io),
    federation: () => federationOf(target, io),
  }
}

function federationOf(target: RelayTarget, io: CapabilityIo): Federation {
  const peer = target.capabilities.federation
  if (peer === null) throw new MissingCapability('federation')
  const { name, knownAs, synchronise: how } = peer
  return {
    name,
    knownAs,
    peer: peerTarget(target, peer),
    isSynchronised: how !== null,
    synchronise: () => synchronise(how, io),
  }
}

async function synchronise(how: Synchronisation | null, io: CapabilityIo): Promise<void> {
  if (how?.kind === 'command') await runCommand({ ...how, what: 'federation', redact: io.redact }, [])
  else if (how !== null && how.ms > 0) await io.wait(how.ms)
}

function peerTarget(
  target: RelayTarget,
  { url, verificationCode, pushes, devices }: FederatedPeer,
): RelayTarget {
  const { ca, insecure } = target.tls
  // Its headers and its certificate are for the target alone.
  return {
    ...target,
    url,
    tls: { ca, insecure },
    headers: {},
    capabilities: { verificationCode, pushes, devices, limits: null, federation: null },
  }
}
