import { jsonDocument } from '#evidence/json-text.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { diagnose } from '#run/doctor/diagnose.ts'
import type { Diagnosed } from '#run/doctor/check.ts'
import { featuredProtocols } from '#run/features.ts'
import { filePlaces, type PlaceOf } from '#run/targets/file-places.ts'
import { readText } from '#run/targets/read-text.ts'
import { resolveTargets, type NamedProtocols, type TargetOptions } from '#run/targets/resolve-target.ts'
import { colours } from './colours.ts'
import { findingLines, summaryLines } from './diagnosis-text.ts'
import type { RunEnvironment } from './run-environment.ts'

/** What `touchstone doctor` reads from its command line. */
export interface DoctorOptions extends TargetOptions {
  readonly protocol?: NamedProtocols
  readonly json?: boolean | undefined
}

const HEALTHY = 0
const FILE_IS_WRONG = 2
const CANNOT_BE_TESTED = 3
const INTERRUPTED = 130

/** Runs `touchstone doctor`. Throws a UsageError where no server is named, or its file cannot be read at all. */
export async function doctorCommand(options: DoctorOptions, environment: RunEnvironment): Promise<number> {
  const { cwd, env, stdout, interrupted, columns } = environment
  if (options.url === undefined && options.target === undefined)
    throw new UsageError(
      'doctor: expected --target FILE or --url URL, got neither; touchstone init writes a file',
    )
  const [planned] = resolveTargets(options.protocol, options, { cwd, env, featured: featuredProtocols() })
  if (planned === undefined) throw new UsageError('doctor: expected a server, got none')
  const { target } = planned
  const place = placesOf(options, cwd)
  const page = { paint: colours(environment), columns, place, file: options.target ?? null }
  const isText = options.json !== true
  if (isText) stdout.write(`Looking at the ${target.protocol} at ${target.url}\n\n`)
  const { findings } = await diagnose(target, {
    interrupted,
    onResult: (finding) => {
      if (isText) stdout.write(linesOf(findingLines(finding, page)))
    },
  })
  const exitCode = exitCodeOf(findings, interrupted)
  stdout.write(
    isText
      ? `\n${linesOf(summaryLines(findings, page))}`
      : jsonDocument({
          schemaVersion: 1,
          protocol: target.protocol,
          url: target.url,
          exitCode,
          findings: findings.map((finding) => placed(finding, place)),
        }),
  )
  return exitCode
}

/** Without a file, what would be written into one goes by its key. */
function placesOf({ target }: DoctorOptions, cwd: string): PlaceOf | null {
  return target === undefined ? null : filePlaces(readText('--target', target, cwd), target)
}

function exitCodeOf(findings: readonly Diagnosed[], interrupted: AbortSignal): number {
  if (interrupted.aborted) return INTERRUPTED
  const blames = new Set(findings.flatMap((finding) => (finding.kind === 'wrong' ? [finding.blame] : [])))
  if (blames.has('file')) return FILE_IS_WRONG
  return blames.has('target') ? CANNOT_BE_TESTED : HEALTHY
}

function placed(finding: Diagnosed, place: PlaceOf | null): object {
  if (finding.kind !== 'wrong') return finding
  const { at, ...rest } = finding
  return { ...rest, key: at?.join('.') ?? null, place: at === null || place === null ? null : place(at) }
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}
