import type { TargetPart } from '#driver/merge-target.ts'
import type { DevicesSource, FederatedPeer, Limit, LimitsSource, RelayTarget } from '#driver/target.ts'
import type { Limiter } from '#protocol/relay/limiters.ts'
import { askedOf, sourceOf, type TargetFilePlace, type WrittenSource } from './written-source.ts'

interface WrittenLimits extends Omit<WrittenSource, 'fixed'> {
  readonly fixed?: Readonly<Partial<Record<Limiter, Limit>>>
}

/** The target's own operations that add devices, or another source. */
interface WrittenDevices extends WrittenSource {
  readonly provisioning?: true
}

/** The sources that the target and its peer have alike. */
interface WrittenSources {
  readonly verificationCode?: WrittenSource
  readonly pushes?: WrittenSource
  readonly devices?: WrittenDevices
}

interface WrittenPeer extends WrittenSources, Pick<FederatedPeer, 'name' | 'knownAs' | 'url'> {}

/** What only the target file of a relay says, as it is written and its schema has accepted it. */
export interface WrittenRelayTarget {
  readonly protocol: 'relay'
  readonly username?: RelayTarget['username']
  readonly reachableBy?: RelayTarget['reachableBy']
  readonly capabilities?: WrittenSources & {
    readonly limits?: WrittenLimits
    readonly federation?: WrittenPeer
  }
}

/** What the file says, with secrets looked up and programs found. */
export function readRelay(
  { protocol, username, reachableBy, capabilities = {} }: WrittenRelayTarget,
  place: TargetFilePlace,
): TargetPart<RelayTarget> {
  const { limits, federation } = capabilities
  return {
    protocol,
    username,
    reachableBy,
    capabilities: {
      ...sourcesOf(capabilities, place),
      limits: limits && limitsOf(limits, place),
      federation: federation && peerOf(federation, place),
    },
  }
}

function peerOf(written: WrittenPeer, place: TargetFilePlace): FederatedPeer {
  const { name, knownAs, url } = written
  const { verificationCode = null, pushes = null, devices = null } = sourcesOf(written, place)
  return { name, knownAs, url, verificationCode, pushes, devices }
}

function sourcesOf(
  { verificationCode, pushes, devices }: WrittenSources,
  place: TargetFilePlace,
): Pick<NonNullable<TargetPart<RelayTarget>['capabilities']>, keyof WrittenSources> {
  return {
    verificationCode: sourceOf(verificationCode, place),
    pushes: sourceOf(pushes, place),
    devices: devicesOf(devices, place),
  }
}

function devicesOf(written: WrittenDevices | undefined, place: TargetFilePlace): DevicesSource | undefined {
  return written?.provisioning === true ? { kind: 'provisioning' } : sourceOf(written, place)
}

function limitsOf({ fixed, ...asked }: WrittenLimits, place: TargetFilePlace): LimitsSource {
  return fixed === undefined ? askedOf(asked, place) : { kind: 'fixed', limits: fixed }
}
