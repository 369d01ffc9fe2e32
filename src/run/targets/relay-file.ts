import type { DevicesSource, FederatedPeer, Limit, LimitsSource, RelayTarget } from '#driver/target.ts'
import type { Limiter } from '#protocol/relay/limiters.ts'
import type { Configuration } from '../configuration-text.ts'
import {
  askedOf,
  secretFaults,
  sourceOf,
  urlFaults,
  type Located,
  type Secret,
  type TargetFilePlace,
  type WrittenSource,
} from './written-source.ts'

/** What only the target file of a relay says; absent parts are undefined. */
export interface RelayTargetFile {
  readonly protocol: 'relay'
  readonly username: RelayTarget['username'] | undefined
  readonly reachableBy: RelayTarget['reachableBy'] | undefined
  readonly capabilities: RelayTarget['capabilities']
  readonly pushMs: number | undefined
}

interface WrittenLimits extends Omit<WrittenSource, 'fixed'> {
  readonly fixed?: Readonly<Partial<Record<Limiter, Limit>>>
}

/** The target's own operations that add devices, or another source. */
interface WrittenDevices extends WrittenSource {
  readonly provisioning?: true
}

interface WrittenPeer {
  readonly name: string
  readonly knownAs: string
  readonly url: string
  readonly verificationCode?: WrittenSource
  readonly pushes?: WrittenSource
  readonly devices?: WrittenDevices
}

interface WrittenCapabilities {
  readonly verificationCode?: WrittenSource
  readonly pushes?: WrittenSource
  readonly devices?: WrittenDevices
  readonly limits?: WrittenLimits
  readonly federation?: WrittenPeer
}

/** The same as it is written, after its schema has accepted it. */
export interface WrittenRelayTarget {
  readonly protocol: 'relay'
  readonly username?: RelayTarget['username']
  readonly reachableBy?: RelayTarget['reachableBy']
  readonly capabilities?: WrittenCapabilities
  readonly timeouts?: { readonly pushMs?: number }
}

/** A line for each part that its schema cannot refuse: bad URLs, environment variables that are not set. */
export function relayFaults(
  configuration: Configuration<WrittenRelayTarget>,
  { env }: TargetFilePlace,
): readonly string[] {
  const { capabilities = {} } = configuration.value
  return [
    ...urlFaults(configuration, urlsIn(capabilities)),
    ...secretFaults(configuration, secretsIn(capabilities), env),
  ]
}

/** What the file says, with secrets looked up and programs found. */
export function relayTargetFile(written: WrittenRelayTarget, place: TargetFilePlace): RelayTargetFile {
  const { username, reachableBy, timeouts = {}, capabilities = {} } = written
  return {
    protocol: 'relay',
    username,
    reachableBy,
    capabilities: {
      ...sourcesOf(capabilities, place),
      limits: limitsOf(capabilities.limits, place),
      federation: capabilities.federation === undefined ? null : peerOf(capabilities.federation, place),
    },
    pushMs: timeouts.pushMs,
  }
}

function urlsIn({
  verificationCode,
  pushes,
  devices,
  limits,
  federation,
}: WrittenCapabilities): Located<string> {
  const sources = Object.entries({ verificationCode, pushes, devices, limits })
  const peerSources = Object.entries({ ...federation }).filter(([, part]) => typeof part === 'object')
  return [
    ...sources.map(([name, source]) => [['capabilities', name, 'control'], source?.control] as const),
    [['capabilities', 'federation', 'url'], federation?.url],
    ...peerSources.map(
      ([name, source]) =>
        [['capabilities', 'federation', name, 'control'], (source as WrittenSource).control] as const,
    ),
  ]
}

function secretsIn({ verificationCode, federation }: WrittenCapabilities): Located<Secret> {
  return [
    [['capabilities', 'verificationCode', 'fixed'], verificationCode?.fixed],
    [['capabilities', 'federation', 'verificationCode', 'fixed'], federation?.verificationCode?.fixed],
  ]
}

function peerOf(written: WrittenPeer, place: TargetFilePlace): FederatedPeer {
  const { name, knownAs, url } = written
  return { name, knownAs, url, ...sourcesOf(written, place) }
}

function sourcesOf(
  written: Pick<WrittenCapabilities, 'verificationCode' | 'pushes' | 'devices'>,
  place: TargetFilePlace,
): Pick<RelayTarget['capabilities'], 'verificationCode' | 'pushes' | 'devices'> {
  return {
    verificationCode: sourceOf(written.verificationCode, place),
    pushes: sourceOf(written.pushes, place),
    devices: devicesOf(written.devices, place),
  }
}

function devicesOf(written: WrittenDevices | undefined, place: TargetFilePlace): DevicesSource | null {
  return written?.provisioning === true ? { kind: 'provisioning' } : sourceOf(written, place)
}

function limitsOf(written: WrittenLimits | undefined, place: TargetFilePlace): LimitsSource | null {
  if (written === undefined) return null
  const { fixed } = written
  return fixed === undefined ? askedOf(written, place) : { kind: 'fixed', limits: fixed }
}
