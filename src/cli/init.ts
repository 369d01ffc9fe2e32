import { existsSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { UsageError } from '#evidence/usage-error.ts'
import { PROTOCOLS, type Protocol } from '#protocol/requirements.ts'
import type { Diagnosed } from '#run/doctor/check.ts'
import type { ExaminedTarget } from '#run/doctor/examine.ts'
import { diagnose } from '#run/doctor/diagnose.ts'
import { featuredProtocols } from '#run/features.ts'
import { targetText, type KnownTarget } from '#run/init/target-text.ts'
import { resolveTargets } from '#run/targets/resolve-target.ts'
import { isLoopback } from '#run/targets/target-url.ts'
import type { Target } from '#driver/target.ts'
import { colours } from './colours.ts'
import { findingLines } from './diagnosis-text.ts'
import type { RunEnvironment } from './run-environment.ts'
import { errorCode, systemReason } from '#evidence/system-error.ts'

/** What `touchstone init` reads from its command line. */
export interface InitOptions {
  readonly protocol?: Protocol | undefined
  readonly url?: string | undefined
  readonly control?: string | undefined
  /** The file to write, relative to the working directory. */
  readonly target: string
  readonly ca?: string | undefined
  readonly insecure?: boolean | undefined
  readonly force?: boolean | undefined
}

const INTERRUPTED = 130

/** What is looked at before a file is begun: nothing that makes or changes anything. */
const LOOKED_AT = ['name', 'TCP', 'scheme', 'TLS', 'HTTP', 'base path', 'refusals', 'NAF name']

/**
 * Runs `touchstone init`: writes a target file with what can be found out of the server. A server that cannot be reached
 * gets one all the same. Throws a UsageError where the file is there already, or no server is named.
 */
export async function initCommand(options: InitOptions, environment: RunEnvironment): Promise<number> {
  const { cwd, stdout, interrupted } = environment
  const path = resolve(cwd, options.target)
  refuseExisting(path, options)
  const asked = await answers(options, environment)
  const examined = await survey(asked, environment)
  if (interrupted.aborted) return INTERRUPTED
  const text = targetText(known(asked, examined.target, environment))
  showProblems(
    examined.findings.filter((finding) => finding.kind === 'wrong' && !isWritten(finding.todo, text)),
    environment,
  )
  write(path, text, options)
  const { protocol, url } = examined.target
  stdout.write(
    `Wrote ${options.target}: ${protocol} at ${url}\n` +
      `Next: touchstone doctor --target ${options.target}\n`,
  )
  return 0
}

function showProblems(findings: readonly Diagnosed[], environment: RunEnvironment): void {
  const page = { paint: colours(environment), columns: environment.columns, place: null, file: null }
  for (const finding of findings)
    if (finding.kind === 'wrong') environment.stderr.write(`${findingLines(finding, page).join('\n')}\n`)
}

/** Whether what is to be done is to write a line that the file has already. */
function isWritten(todo: string, text: string): boolean {
  return text.includes(`\n${todo.replace(/^write {2}/, '')}`)
}

/** What was not given is asked for, where there is a terminal. */
async function answers(options: InitOptions, { ask }: RunEnvironment): Promise<InitOptions> {
  if (options.url !== undefined) return options
  if (ask === undefined)
    throw new UsageError(
      'init: expected --url URL, such as --url http://127.0.0.1:8080, got none, and no terminal to ask on',
    )
  const url = (await ask('URL of the server: ')).trim()
  if (url === '') throw new UsageError('init: expected a URL, got nothing')
  const control =
    options.control ?? (await ask('URL of a control plane, such as a mock has (none: Enter): ')).trim()
  return { ...options, url, control: control === '' ? undefined : control }
}

/**
 * What is seen of the server, as the protocol that it speaks, or as that which was named. Throws a UsageError, once the
 * problems are shown, where none was named and it is seen to speak neither.
 */
async function survey(
  { protocol, ...options }: InitOptions,
  environment: RunEnvironment,
): Promise<ExaminedTarget<Target>> {
  const { cwd, env, interrupted } = environment
  const { url, ca, insecure } = options
  const problems: Diagnosed[] = []
  for (const named of protocol === undefined ? PROTOCOLS : [protocol]) {
    const surroundings = { cwd, env, featured: featuredProtocols() }
    const [planned] = resolveTargets(named, { url, ca, insecure }, surroundings)
    if (planned === undefined) throw new UsageError('init: expected a server, got none')
    const seen = await diagnose(planned.target, { interrupted, onResult: () => undefined }, LOOKED_AT)
    if (protocol !== undefined || interrupted.aborted || seen.settled.has('base path')) return seen
    problems.push(...seen.findings)
    if (!seen.settled.has('HTTP')) break
  }
  showProblems(problems, environment)
  throw new UsageError(
    `init: cannot find out which protocol ${String(url)} speaks; touchstone init relay, or mstore, writes a file all the same`,
  )
}

function known(
  { control, ca, insecure, target: file }: InitOptions,
  target: Target,
  { cwd }: RunEnvironment,
): KnownTarget {
  const { protocol, url } = target
  const naf = target.protocol === 'mstore' ? (target.naf ?? undefined) : undefined
  const authorities = ca === undefined ? undefined : relative(dirname(resolve(cwd, file)), resolve(cwd, ca))
  return { protocol, url, control, naf, ca: authorities, insecure, file, isLocal: isLoopback(url) }
}

/** Before anything is sent or asked. */
function refuseExisting(path: string, { target, force = false }: InitOptions): void {
  if (!force && existsSync(path)) throw new UsageError(`${target} is there already: --force overwrites it`)
}

/** Writes a file that is not there yet; with `force`, in place of one that is. */
function write(path: string, text: string, { target, force = false }: InitOptions): void {
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' })
  } catch (error) {
    if (errorCode(error) === 'EEXIST')
      throw new UsageError(`${target} is there already: --force overwrites it`)
    throw new UsageError(`--target: cannot write ${target} (${systemReason(error)})`)
  }
}
