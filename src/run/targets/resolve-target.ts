import { resolve } from 'node:path'
import { mergeTarget, type TargetPart } from '#driver/merge-target.ts'
import type { Target } from '#driver/target.ts'
import { readTrust } from '#driver/trust.ts'
import type { TargetRecord } from '#evidence/run-record.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { RISKS, type Protocol, type Dialect } from '#protocol/requirements.ts'
import { allowPart, type AllowWord } from './allow-words.ts'
import { formatOf } from './formats.ts'
import { NO_DIFFERENCES, type MockDifferences } from './mock-differences.ts'
import { refuseProduction } from './production-hosts.ts'
import { readText } from './read-text.ts'
import { parseTargetFile } from './target-file.ts'
import { environmentProxy } from './connection-part.ts'
import { baseUrl, isLoopback, urlMistake } from './target-url.ts'

/** How the command line describes the target; undefined where it says nothing. */
export interface TargetOptions {
  readonly url?: string | undefined
  /** Base URL of a control plane, which then supplies every capability the file does not. */
  readonly control?: string | undefined
  /** A target file, relative to the working directory. */
  readonly target?: string | undefined
  readonly dialect?: Dialect | undefined
  readonly allow?: readonly AllowWord[] | undefined
  readonly timeout?: number | undefined
  /** The most requests in a second. */
  readonly rate?: number | undefined
  readonly ca?: string | undefined
  readonly insecure?: boolean | undefined
  readonly redactNumbers?: boolean | undefined
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

/** A target of a run that has not begun: a server of the user's, or a mock that comes with the package. */
export interface PlannedTarget {
  readonly kind: TargetRecord['kind']
  /** Of a bundled mock, what is known before it is started: everything but its URLs. */
  readonly target: Target
  /** Whether a control plane supplies what the target file does not. */
  readonly control: boolean
  /** How a bundled mock differs from the usual one. */
  readonly differs: MockDifferences
}

/** The protocol that a target speaks. */
export function protocolOf({ target }: PlannedTarget): Protocol {
  return target.protocol
}

/**
 * The targets that the command line and the target file describe together, one for each protocol to be
 * verified: the command line outweighs the file, the file the defaults. Without a URL in either they are the
 * bundled mocks, of all protocols where none is named. Throws a UsageError for a file that cannot be read or
 * is wrong, a bad URL, a server whose protocol is not named, and options that have no use without a URL.
 */
export function resolveTargets(
  named: NamedProtocols,
  options: TargetOptions,
  surroundings: TargetSurroundings,
): readonly PlannedTarget[] {
  const file = options.target === undefined ? null : readTargetFile(options.target, surroundings)
  const url = checkedUrl('--url', options.url) ?? file?.url
  if (url === undefined) {
    refuseWithoutUrl(options)
    const protocols = named === undefined || named === 'all' ? surroundings.featured : [named]
    return protocols.map((protocol) => bundledTarget(protocol, commandLinePart(options, surroundings)))
  }
  const protocol = protocolAt(url, named, { file, options })
  const control = checkedUrl('--control', options.control)
  const format = formatOf(protocol)
  const target = merged(format.defaults, [
    { allow: isLoopback(url) ? RISKS : ['reads'] },
    { capabilities: control === undefined ? undefined : format.controlled(baseUrl(control)) },
    file ?? {},
    { ...commandLinePart(options, surroundings), url: baseUrl(url) },
  ])
  refuseProduction(target)
  return [
    {
      kind: 'deployment',
      target: withSurroundings(target, options, surroundings),
      control: control !== undefined,
      differs: NO_DIFFERENCES,
    },
  ]
}

/** The bundled mock of a protocol, perhaps with differences; what `part` leaves open are defaults. */
export function bundledTarget(
  protocol: Protocol,
  part: TargetPart,
  differs: Partial<MockDifferences> = {},
): PlannedTarget {
  const format = formatOf(protocol)
  const capabilities = format.controlled(format.defaults.url)
  const target = merged(format.defaults, [{ capabilities }, part])
  return { kind: 'bundled', target, control: true, differs: { ...NO_DIFFERENCES, ...differs } }
}

function merged(defaults: Target, parts: readonly TargetPart[]): Target {
  const target = mergeTarget(defaults, parts)
  return { ...target, allow: RISKS.filter((risk) => risk === 'reads' || target.allow.includes(risk)) }
}

function commandLinePart(
  { dialect, allow, timeout, rate, ca, insecure, redactNumbers }: TargetOptions,
  { cwd }: Pick<TargetSurroundings, 'cwd'>,
): TargetPart {
  return {
    dialect,
    ...allowPart(allow),
    redactNumbers,
    timeouts: { answerMs: timeout },
    requestsPerSecond: rate,
    tls: { ca: ca === undefined ? undefined : resolve(cwd, ca), insecure },
  }
}

/** The target with the texts of its PEM files in place of their paths, and the proxy of the environment where it names none. */
function withSurroundings(
  target: Target,
  options: TargetOptions,
  { cwd, env }: Pick<TargetSurroundings, 'cwd' | 'env'>,
): Target {
  const { tls, proxy = environmentProxy(env) } = target
  const read = (option: string, file: string | null | undefined) =>
    file === null || file === undefined ? null : readText(option, file, cwd)
  const ca = read(options.ca === undefined ? 'tls.ca' : '--ca', tls.ca)
  const own = tls.cert == null ? {} : { cert: read('tls.cert', tls.cert), key: read('tls.key', tls.key) }
  const whole = { ...target, tls: { ca, insecure: tls.insecure, ...own } }
  readTrust(whole.tls)
  return proxy === null ? whole : { ...whole, proxy }
}

/** The protocol of the server at `url`: the target file says it, or the command line. */
function protocolAt(
  url: string,
  named: NamedProtocols,
  { file, options }: { readonly file: TargetPart | null; readonly options: TargetOptions },
): Protocol {
  const spoken = file?.protocol
  if (named === 'all' || (named ?? spoken) === undefined) {
    const names = spoken ?? 'relay or mstore'
    throw new UsageError(
      `${url} is one server, of one protocol: expected ${names} behind the command, got ${named ?? 'none'}`,
    )
  }
  if (spoken !== undefined && named !== undefined && named !== spoken) {
    throw new UsageError(
      `${options.target ?? ''} describes a target of protocol ${spoken}: expected ${spoken}, got ${named}`,
    )
  }
  return spoken ?? named ?? 'relay'
}

function readTargetFile(file: string, { cwd, env }: TargetSurroundings): TargetPart {
  const path = resolve(cwd, file)
  return parseTargetFile(readText('--target', file, cwd), { shown: file, path, env })
}

function checkedUrl(option: string, url: string | undefined): string | undefined {
  const mistake = url === undefined ? null : urlMistake(url)
  if (mistake !== null) throw new UsageError(`${option}: ${mistake}`)
  return url
}

function refuseWithoutUrl({ control, target, ca, insecure }: TargetOptions): void {
  if (target !== undefined)
    throw new UsageError(`${target} names no server: add "url: http://…" to it, or give --url`)
  const idle = [control && '--control', ca && '--ca', insecure && '--insecure'].find(Boolean)
  if (idle) throw new UsageError(`${idle} needs --url: without it, the bundled mocks are verified`)
}
