import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Target } from '#driver/target.ts'
import type { Dialect } from '#evidence/run-record.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { RISKS, type Protocol, type Risk } from '#protocol/requirements.ts'
import { parseTargetFile, type TargetFile } from './target-file.ts'
import { settingsOf, targetOf, type SettledOptions, type TargetSettings } from '../target-settings.ts'
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

/** Which protocols are to be verified, as the command line names them; undefined where it names none. */
export type NamedProtocols = Protocol | 'all' | undefined

/** What a target description may read. */
export interface TargetSurroundings {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The protocols that can be verified: those that have features. */
  readonly featured: readonly Protocol[]
}

/** A target still to be chosen between a server of the user's and a bundled mock. */
export type ChosenTarget =
  { readonly kind: 'deployment'; readonly target: Target; readonly control: boolean } | BundledTarget

/** A mock that comes with the package. */
export interface BundledTarget {
  readonly kind: 'bundled'
  readonly settings: TargetSettings
  /** Ids of faults that are at work in it; none unless told otherwise. */
  readonly faults?: readonly string[]
}

const DEFAULT_TIMEOUT_MS = 5000

/** The protocol that a target speaks. */
export function protocolOf(chosen: ChosenTarget): Protocol {
  return (chosen.kind === 'bundled' ? chosen.settings : chosen.target).protocol
}

/**
 * The targets that the command line and the target file describe together, one for each protocol to be
 * verified: the command line outweighs the file, the file the defaults. Without a URL in either they are the
 * bundled mocks, of all protocols where none is named. Throws a UsageError for a file that cannot be read or
 * is wrong, a bad URL, a server whose protocol is not told, and options that have no use without a URL.
 */
export function resolveTargets(
  named: NamedProtocols,
  options: TargetOptions,
  surroundings: TargetSurroundings,
): readonly ChosenTarget[] {
  const file = options.target === undefined ? null : readTargetFile(options.target, surroundings)
  const url = checkedUrl('--url', options.url) ?? file?.url
  if (url === undefined) {
    refuseWithoutUrl(options)
    const protocols = named === undefined || named === 'all' ? surroundings.featured : [named]
    return protocols.map((protocol) => bundledTarget(protocol, options, surroundings.cwd))
  }
  const protocol = protocolAt(url, named, { file, options })
  const control = checkedUrl('--control', options.control)
  const settled = settledOptions(
    { options, file, allowed: isLoopback(url) ? RISKS : ['reads'] },
    surroundings,
  )
  const where = { url: baseUrl(url), control: control === undefined ? undefined : baseUrl(control) }
  const target = targetOf(settingsOf(protocol, file, settled), file, where)
  return [{ kind: 'deployment', target, control: control !== undefined }]
}

/** The bundled mock of a protocol, as the command line wants it; what it does not say are defaults. */
export function bundledTarget(protocol: Protocol, options: TargetOptions, cwd: string): BundledTarget {
  const settled = settledOptions({ options, file: null, allowed: RISKS }, { cwd })
  return { kind: 'bundled', settings: settingsOf(protocol, null, settled) }
}

/** The protocol of the server at `url`: the target file says it, or the command line. */
function protocolAt(
  url: string,
  named: NamedProtocols,
  { file, options }: { readonly file: TargetFile | null; readonly options: TargetOptions },
): Protocol {
  const spoken = file?.protocol
  if (named === 'all' || (named ?? spoken) === undefined) {
    const names = spoken ?? 'relay or mstore'
    throw new UsageError(`${url} is one server, of one protocol: expected ${names}, got ${named ?? 'none'}`)
  }
  if (spoken !== undefined && named !== undefined && named !== spoken) {
    throw new UsageError(
      `${options.target ?? ''} describes a target of protocol ${spoken}: expected ${spoken}, got ${named}`,
    )
  }
  return spoken ?? named ?? 'relay'
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

interface Unsettled {
  readonly options: TargetOptions
  readonly file: TargetFile | null
  /** What is allowed where nothing is said of it. */
  readonly allowed: readonly Risk[]
}

function settledOptions(
  { options, file, allowed }: Unsettled,
  { cwd }: Pick<TargetSurroundings, 'cwd'>,
): SettledOptions {
  const ca = options.ca === undefined ? file?.ca : resolve(cwd, options.ca)
  const allow = options.allow ?? file?.allow ?? allowed
  return {
    dialect: options.dialect ?? file?.dialect ?? 'documented',
    allow: RISKS.filter((risk) => risk === 'reads' || allow.includes(risk)),
    answerMs: options.timeout ?? file?.answerMs ?? DEFAULT_TIMEOUT_MS,
    tls: {
      ca: ca === undefined ? null : readText(options.ca === undefined ? 'tls.ca' : '--ca', ca, cwd),
      insecure: options.insecure ?? file?.insecure ?? false,
    },
  }
}
