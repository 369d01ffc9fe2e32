import type { Limiter } from '#protocol/relay/limiters.ts'
import { dirname, resolve } from 'node:path'
import type { CapabilitySource, FederatedPeer, Limit, LimitsSource, RelayTarget } from '#driver/target.ts'
import type { Dialect } from '#evidence/run-record.ts'
import type { Risk } from '#protocol/requirements.ts'
import {
  parseConfiguration,
  refuse,
  type Configuration,
  type ConfigurationPath,
} from './configuration-text.ts'
import { schemaValidator } from './schema-validator.ts'
import { urlFault } from './target-url.ts'

/** What a target file says, with secrets looked up and paths made absolute; absent parts are undefined. */
export interface TargetFile {
  readonly url: string | undefined
  readonly dialect: Dialect | undefined
  readonly username: RelayTarget['username'] | undefined
  readonly reachableBy: RelayTarget['reachableBy'] | undefined
  readonly allow: readonly Risk[] | undefined
  readonly capabilities: RelayTarget['capabilities']
  readonly answerMs: number | undefined
  readonly pushMs: number | undefined
  readonly requestsPerSecond: number | undefined
  /** Absolute path of a PEM file. */
  readonly ca: string | undefined
  readonly insecure: boolean | undefined
}

/** Where a target file stands (absolute; commands and paths in it are relative to its folder) and what it may read. */
export interface TargetFilePlace {
  /** The file as messages name it. */
  readonly shown: string
  readonly path: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * The target written in `text` (YAML of the form of `schemas/target.json`). Throws a UsageError with every
 * fault at its line: bad YAML, an unknown key, a wrong value, a bad URL, an environment variable not set.
 */
export function parseTargetFile(text: string, place: TargetFilePlace): TargetFile {
  const configuration = parseConfiguration(text, place.shown, schemaValidator<WrittenTarget>('target'))
  refuse([...urlFaults(configuration), ...secretFaults(configuration, place.env)])
  const { capabilities = {}, timeouts = {}, limits = {}, tls = {}, ...written } = configuration.value
  return {
    url: written.url,
    dialect: written.dialect,
    username: written.username,
    reachableBy: written.reachableBy,
    allow: written.allow,
    capabilities: capabilitiesOf(capabilities, place),
    answerMs: timeouts.answerMs,
    pushMs: timeouts.pushMs,
    requestsPerSecond: limits.requestsPerSecond,
    ca: tls.ca === undefined ? undefined : resolve(dirname(place.path), tls.ca),
    insecure: tls.insecure,
  }
}

type Secret = string | { readonly env: string }

interface WrittenSource {
  readonly fixed?: Secret
  readonly control?: string
  readonly command?: readonly string[]
}

interface WrittenLimits extends Omit<WrittenSource, 'fixed'> {
  readonly fixed?: Readonly<Partial<Record<Limiter, Limit>>>
}

interface WrittenPeer {
  readonly name: string
  readonly knownAs: string
  readonly url: string
  readonly verificationCode?: WrittenSource
  readonly pushes?: WrittenSource
  readonly devices?: WrittenSource
}

interface WrittenCapabilities {
  readonly verificationCode?: WrittenSource
  readonly pushes?: WrittenSource
  readonly devices?: WrittenSource
  readonly limits?: WrittenLimits
  readonly federation?: WrittenPeer
}

/** A target file as it is written, after its schema has accepted it. */
interface WrittenTarget {
  readonly protocol: 'relay'
  readonly url?: string
  readonly dialect?: Dialect
  readonly username?: RelayTarget['username']
  readonly reachableBy?: RelayTarget['reachableBy']
  readonly allow?: readonly Risk[]
  readonly capabilities?: WrittenCapabilities
  readonly timeouts?: { readonly answerMs?: number; readonly pushMs?: number }
  readonly limits?: { readonly requestsPerSecond?: number }
  readonly tls?: { readonly ca?: string; readonly insecure?: boolean }
}

function urlFaults({ value, at }: Configuration<WrittenTarget>): readonly string[] {
  const { verificationCode, pushes, devices, limits, federation } = value.capabilities ?? {}
  const sources = Object.entries({ verificationCode, pushes, devices, limits })
  const peerSources = Object.entries({ ...federation }).filter(([, part]) => typeof part === 'object')
  const urls: readonly (readonly [ConfigurationPath, string | undefined])[] = [
    [['url'], value.url],
    ...sources.map(([name, source]) => [['capabilities', name, 'control'], source?.control] as const),
    [['capabilities', 'federation', 'url'], federation?.url],
    ...peerSources.map(
      ([name, source]) =>
        [['capabilities', 'federation', name, 'control'], (source as WrittenSource).control] as const,
    ),
  ]
  return urls.flatMap(([path, url]) => {
    const fault = url === undefined ? null : urlFault(url)
    return fault === null ? [] : [at(path, `${path.join('.')}: ${fault}`)]
  })
}

function secretFaults(
  { value, at }: Configuration<WrittenTarget>,
  env: TargetFilePlace['env'],
): readonly string[] {
  const { verificationCode, federation } = value.capabilities ?? {}
  const secrets: readonly (readonly [ConfigurationPath, Secret | undefined])[] = [
    [['capabilities', 'verificationCode', 'fixed'], verificationCode?.fixed],
    [['capabilities', 'federation', 'verificationCode', 'fixed'], federation?.verificationCode?.fixed],
  ]
  return secrets.flatMap(([path, secret]) =>
    typeof secret === 'object' && !env[secret.env]
      ? [at([...path, 'env'], `${path.join('.')}: the environment variable ${secret.env} is not set`)]
      : [],
  )
}

function capabilitiesOf(written: WrittenCapabilities, place: TargetFilePlace): RelayTarget['capabilities'] {
  return {
    ...sourcesOf(written, place),
    limits: limitsOf(written.limits, place),
    federation: written.federation === undefined ? null : peerOf(written.federation, place),
  }
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
    devices: sourceOf(written.devices, place),
  }
}

function sourceOf(written: WrittenSource | undefined, place: TargetFilePlace): CapabilitySource | null {
  if (written === undefined) return null
  const { fixed, control, command } = written
  if (fixed !== undefined)
    return { kind: 'fixed', value: typeof fixed === 'string' ? fixed : (place.env[fixed.env] ?? '') }
  return askedOf(control, command, place)
}

function limitsOf(written: WrittenLimits | undefined, place: TargetFilePlace): LimitsSource | null {
  if (written === undefined) return null
  const { fixed, control, command } = written
  return fixed === undefined ? askedOf(control, command, place) : { kind: 'fixed', limits: fixed }
}

type AskedSource = Exclude<CapabilitySource, { readonly kind: 'fixed' }>

function askedOf(
  control: string | undefined,
  command: readonly string[] | undefined,
  place: TargetFilePlace,
): AskedSource {
  return control === undefined
    ? { kind: 'command', command: placed(command ?? [], place) }
    : { kind: 'mock-control', url: control }
}

/** A program with a slash in its name is looked for beside the target file; others on the PATH. */
function placed([program = '', ...rest]: readonly string[], { path }: TargetFilePlace): readonly string[] {
  return [program.includes('/') ? resolve(dirname(path), program) : program, ...rest]
}
