import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { RelayTarget } from '#driver/target.ts'
import type { Dialect } from '#evidence/run-record.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { RISKS, type Risk } from '#protocol/requirements.ts'
import { controlCapabilities } from './control-capabilities.ts'
import { parseTargetFile, type TargetFile } from './target-file.ts'
import { baseUrl, isLoopback, urlFault } from './target-url.ts'

/** How the command line describes the target; undefined where it says nothing. */
export interface TargetOptions {
  readonly url?: string | undefined
  /** Base URL of a control plane, which then supplies every capability the file does not. */
  readonly control?: string | undefined
  /** A target file, relative to the working directory. */
  readonly target?: string | undefined
  readonly dialect?: Dialect | undefined
  readonly allow?: readonly Risk[] | undefined
  readonly timeout?: number | undefined
  readonly ca?: string | undefined
  readonly insecure?: boolean | undefined
}

/** What a target description may read. */
export interface TargetSurroundings {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A target still to be chosen between a server of the user's and the bundled mocks. */
export type ChosenTarget =
  { readonly kind: 'deployment'; readonly target: RelayTarget; readonly control: boolean } | BundledTarget

/** The mocks that come with the package. */
export interface BundledTarget {
  readonly kind: 'bundled'
  readonly settings: TargetSettings
  /** Ids of faults that are at work in them; none unless told otherwise. */
  readonly faults?: readonly string[]
}

/** All of a target but where it is and what it is capable of. */
export type TargetSettings = Omit<RelayTarget, 'url' | 'capabilities'>

const DEFAULT_TIMEOUT_MS = 5000

/**
 * The target that the command line and the target file describe together: the command line outweighs the
 * file, the file the defaults. Without a URL in either it is the bundled mocks. Throws a UsageError for a
 * file that cannot be read or is wrong, a bad URL, and options that have no use without a URL.
 */
export function resolveTarget(options: TargetOptions, surroundings: TargetSurroundings): ChosenTarget {
  const file = options.target === undefined ? null : readTargetFile(options.target, surroundings)
  const url = checkedUrl('--url', options.url) ?? file?.url
  const control = checkedUrl('--control', options.control)
  const settings = settingsOf(options, file, surroundings)
  if (url === undefined) {
    refuseWithoutUrl(options)
    return { kind: 'bundled', settings: { ...settings, allow: settings.allow ?? RISKS } }
  }
  return {
    kind: 'deployment',
    control: control !== undefined,
    target: {
      ...settings,
      url: baseUrl(url),
      allow: settings.allow ?? (isLoopback(url) ? RISKS : ['reads']),
      capabilities: capabilities(file, control),
    },
  }
}

function readTargetFile(file: string, { cwd, env }: TargetSurroundings): TargetFile {
  const path = resolve(cwd, file)
  return parseTargetFile(readText('--target', file, cwd), { shown: file, path, env })
}

/** The UTF-8 text of `file`, relative to `cwd`. Throws a UsageError that names `option` where it cannot be read. */
export function readText(option: string, file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8')
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new UsageError(`${option}: cannot read ${file}: ${READ_FAULTS[why] ?? why}`)
  }
}

const READ_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'permission denied',
}

function checkedUrl(option: string, url: string | undefined): string | undefined {
  const fault = url === undefined ? null : urlFault(url)
  if (fault !== null) throw new UsageError(`${option}: ${fault}`)
  return url
}

function refuseWithoutUrl({ control, target, ca, insecure }: TargetOptions): void {
  if (target !== undefined)
    throw new UsageError(`${target} names no server: add "url: http://…" to it, or give --url`)
  const idle = [control && '--control', ca && '--ca', insecure && '--insecure'].find(Boolean)
  if (idle) throw new UsageError(`${idle} needs --url: without it, the bundled mocks are verified`)
}

type UnsettledSettings = Omit<TargetSettings, 'allow'> & { readonly allow: readonly Risk[] | undefined }

function settingsOf(
  options: TargetOptions,
  file: TargetFile | null,
  { cwd }: TargetSurroundings,
): UnsettledSettings {
  const ca = options.ca === undefined ? file?.ca : resolve(cwd, options.ca)
  const allow = options.allow ?? file?.allow
  return {
    protocol: 'relay',
    dialect: options.dialect ?? file?.dialect ?? 'documented',
    username: file?.username ?? 'number',
    reachableBy: file?.reachableBy ?? 'push-id',
    allow: allow && RISKS.filter((risk) => risk === 'reads' || allow.includes(risk)),
    timeouts: {
      answerMs: options.timeout ?? file?.answerMs ?? DEFAULT_TIMEOUT_MS,
      pushMs: file?.pushMs ?? DEFAULT_TIMEOUT_MS,
    },
    requestsPerSecond: file?.requestsPerSecond ?? null,
    tls: {
      ca: ca === undefined ? null : readText(options.ca === undefined ? 'tls.ca' : '--ca', ca, cwd),
      insecure: options.insecure ?? file?.insecure ?? false,
    },
  }
}

function capabilities(file: TargetFile | null, control: string | undefined): RelayTarget['capabilities'] {
  const supplied = control === undefined ? null : controlCapabilities(baseUrl(control))
  const written = file?.capabilities
  return {
    verificationCode: written?.verificationCode ?? supplied?.verificationCode ?? null,
    pushes: written?.pushes ?? supplied?.pushes ?? null,
    devices: written?.devices ?? supplied?.devices ?? null,
    limits: written?.limits ?? supplied?.limits ?? null,
    federation: written?.federation ?? supplied?.federation ?? null,
  }
}
