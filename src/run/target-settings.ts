import type { AnyTarget, MStoreTarget, RelayTarget, Target } from '#driver/target.ts'
import type { Dialect } from '#evidence/run-record.ts'
import type { Protocol, Risk } from '#protocol/requirements.ts'
import { controlCapabilities, mStoreControlCapabilities } from './control-capabilities.ts'
import type { MStoreTargetFile } from './targets/mstore-file.ts'
import type { RelayTargetFile } from './targets/relay-file.ts'
import type { AnyTargetFile, TargetFile } from './targets/target-file.ts'

/** All of a target but where it is and what it is capable of. */
export type TargetSettings = RelaySettings | MStoreSettings
export type RelaySettings = Omit<RelayTarget, 'url' | 'capabilities'>
export type MStoreSettings = Omit<MStoreTarget, 'url' | 'capabilities'>

/** What the command line and the target file say alike of every target, the one that outweighs taken. */
export interface SettledOptions {
  readonly dialect: Dialect
  readonly allow: readonly Risk[]
  readonly answerMs: number
  readonly tls: AnyTarget['tls']
}

const DEFAULT_PUSH_MS = 5000
/** How long a gateway is known to take until it gives up (E-33). */
const DEFAULT_GATEWAY_MS = 65_000

/** The settings of a target of `protocol`, which is that of the file where there is one; the rest are defaults. */
export function settingsOf(
  protocol: Protocol,
  file: TargetFile | null,
  { answerMs, ...settled }: SettledOptions,
): TargetSettings {
  const requestsPerSecond = file?.requestsPerSecond ?? null
  switch (protocol) {
    case 'relay':
      return { ...settled, requestsPerSecond, ...relaySettings(ofRelay(file), answerMs) }
    case 'mstore':
      return { ...settled, requestsPerSecond, ...mStoreSettings(ofMStore(file), answerMs) }
    default:
      return protocol satisfies never
  }
}

/** A target at `url`. `control` is the base URL of a control plane that supplies what the file does not. */
export function targetOf(
  settings: TargetSettings,
  file: TargetFile | null,
  { url, control }: { readonly url: string; readonly control: string | undefined },
): Target {
  switch (settings.protocol) {
    case 'relay':
      return { ...settings, url, capabilities: relayCapabilities(ofRelay(file), control) }
    case 'mstore':
      return { ...settings, url, capabilities: mStoreCapabilities(ofMStore(file), control) }
    default:
      return settings satisfies never
  }
}

function relaySettings(
  file: RelayTargetFile | null,
  answerMs: number,
): Pick<RelaySettings, 'protocol' | 'username' | 'reachableBy' | 'timeouts'> {
  return {
    protocol: 'relay',
    username: file?.username ?? 'number',
    reachableBy: file?.reachableBy ?? 'push-id',
    timeouts: { answerMs, pushMs: file?.pushMs ?? DEFAULT_PUSH_MS },
  }
}

function mStoreSettings(
  file: MStoreTargetFile | null,
  answerMs: number,
): Pick<MStoreSettings, 'protocol' | 'mailbox' | 'timeouts'> {
  return {
    protocol: 'mstore',
    mailbox: file?.mailbox ?? null,
    timeouts: { answerMs, gatewayMs: file?.gatewayMs ?? DEFAULT_GATEWAY_MS },
  }
}

function relayCapabilities(
  file: RelayTargetFile | null,
  control: string | undefined,
): RelayTarget['capabilities'] {
  const supplied = control === undefined ? null : controlCapabilities(control)
  const written = file?.capabilities
  return {
    verificationCode: written?.verificationCode ?? supplied?.verificationCode ?? null,
    pushes: written?.pushes ?? supplied?.pushes ?? null,
    devices: written?.devices ?? supplied?.devices ?? null,
    limits: written?.limits ?? supplied?.limits ?? null,
    federation: written?.federation ?? supplied?.federation ?? null,
  }
}

/** Credentials of the file are for its one mailbox; with them no subscribers are made. */
function mStoreCapabilities(
  file: MStoreTargetFile | null,
  control: string | undefined,
): MStoreTarget['capabilities'] {
  const supplied = control === undefined ? null : mStoreControlCapabilities(control)
  const written = file?.capabilities
  const own = written !== undefined && written.gba !== null
  return {
    subscribers: own ? written.subscribers : (supplied?.subscribers ?? null),
    gba: written?.gba ?? supplied?.gba ?? null,
    voicemail: written?.voicemail ?? supplied?.voicemail ?? null,
    greeting: written?.greeting ?? supplied?.greeting ?? false,
    pin: written?.pin ?? null,
  }
}

function ofRelay(file: TargetFile | null): (AnyTargetFile & RelayTargetFile) | null {
  return file?.protocol === 'relay' ? file : null
}

function ofMStore(file: TargetFile | null): (AnyTargetFile & MStoreTargetFile) | null {
  return file?.protocol === 'mstore' ? file : null
}
