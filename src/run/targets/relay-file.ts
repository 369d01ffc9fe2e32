import type { TargetPart } from '#driver/merge-target.ts'
import type {
  DeclaredLimit,
  DevicesSource,
  FederatedPeer,
  LimitsSource,
  RelayTarget,
  Synchronisation,
} from '#driver/target.ts'
import type { Limiter } from '#protocol/relay/limiters.ts'
import {
  askedOf,
  commandOf,
  sentSourceOf,
  sourceOf,
  type TargetFilePlace,
  type WrittenSentSource,
  type WrittenSource,
} from './written-source.ts'

interface WrittenLimits extends Omit<WrittenSource, 'fixed'> {
  readonly fixed?: Readonly<Partial<Record<Limiter, DeclaredLimit>>>
}

/** The target's own operations that add devices, or another source. */
interface WrittenDevices extends WrittenSource {
  readonly provisioning?: true
}

/** The sources that the target and its peer have alike. */
interface WrittenSources {
  readonly verificationCode?: WrittenSentSource
  readonly pushes?: WrittenSentSource
  readonly devices?: WrittenDevices
}

/** A command, or milliseconds; the schema sees to it that exactly one is there. */
interface WrittenSynchronisation {
  readonly command?: readonly string[]
  readonly timeoutMs?: number
  readonly afterMs?: number
}

interface WrittenPeer extends WrittenSources, Pick<FederatedPeer, 'name' | 'knownAs' | 'url'> {
  readonly synchronise?: WrittenSynchronisation
}

/** What only the target file of a relay says, as it is written and its schema has accepted it. */
export interface WrittenRelayTarget {
  readonly protocol: 'relay'
  readonly username?: RelayTarget['username']
  readonly reachableBy?: RelayTarget['reachableBy']
  readonly registrationId?: RelayTarget['registrationId']
  readonly attachmentOrigins?: readonly string[]
  readonly capabilities?: WrittenSources & {
    readonly limits?: WrittenLimits
    readonly federation?: WrittenPeer
  }
}

/** What the file says, with secrets looked up and programs found. */
export function readRelay(
  {
    protocol,
    username,
    reachableBy,
    registrationId,
    attachmentOrigins,
    capabilities = {},
  }: WrittenRelayTarget,
  place: TargetFilePlace,
): TargetPart<RelayTarget> {
  const { limits, federation } = capabilities
  return {
    protocol,
    username,
    reachableBy,
    registrationId,
    attachmentOrigins,
    capabilities: {
      ...sourcesOf(capabilities, place),
      limits: limits && limitsOf(limits, place),
      federation: federation && peerOf(federation, place),
    },
  }
}

function peerOf(written: WrittenPeer, place: TargetFilePlace): FederatedPeer {
  const { name, knownAs, url } = written
  const synchronise = synchronisationOf(written.synchronise, place)
  const { verificationCode = null, pushes = null, devices = null } = sourcesOf(written, place)
  return { name, knownAs, url, verificationCode, pushes, devices, synchronise }
}

function synchronisationOf(
  written: WrittenSynchronisation | undefined,
  place: TargetFilePlace,
): Synchronisation | null {
  if (written === undefined) return null
  const { afterMs = 0, ...asked } = written
  return asked.command === undefined ? { kind: 'after', ms: afterMs } : commandOf(asked, place)
}

function sourcesOf(
  { verificationCode, pushes, devices }: WrittenSources,
  place: TargetFilePlace,
): Pick<NonNullable<TargetPart<RelayTarget>['capabilities']>, keyof WrittenSources> {
  return {
    verificationCode: sentSourceOf(verificationCode, place),
    pushes: sentSourceOf(pushes, place),
    devices: devicesOf(devices, place),
  }
}

function devicesOf(written: WrittenDevices | undefined, place: TargetFilePlace): DevicesSource | undefined {
  return written?.provisioning === true ? { kind: 'provisioning' } : sourceOf(written, place)
}

function limitsOf({ fixed, ...asked }: WrittenLimits, place: TargetFilePlace): LimitsSource {
  return fixed === undefined ? askedOf(asked, place) : { kind: 'fixed', limits: fixed }
}
