import { resolve } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import type { Baseline, FailOn, RunRecord } from '#evidence/run-record.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { closingText, type Terminal } from '#report/console.ts'
import { scenarioCounts, VERDICT_MARKS } from '#report/wording.ts'
import { parseBaseline } from '#run/baseline-file.ts'
import { featuredProtocols, loadFeatures } from '#run/features.ts'
import { liveOutcomes } from '#run/live-outcomes.ts'
import { mergedRegister } from '#run/merged-register.ts'
import { rerunArguments } from '#run/rerun-arguments.ts'
import { readText } from '#run/targets/resolve-target.ts'
import type { RunPlan } from '#run/run-plan.ts'
import type { FinishedRun } from '#run/run.ts'
import { counted } from '#verdict/describe.ts'
import { colours, type Colours } from './colours.ts'
import { prepare, type PreparedRun, type SelectionOptions } from './prepare.ts'
import { createProgress, type Progress, type ProgressMode } from './progress.ts'
import type { RunEnvironment } from './run-environment.ts'

/** What `touchstone verify` reads from its command line. Times are milliseconds. */
export interface VerifyOptions extends SelectionOptions {
  readonly baseline?: string | undefined
  readonly failOn: FailOn
  readonly parallel: number
  readonly retry: number
  readonly failFast?: boolean | undefined
  readonly seed?: string | undefined
  /** Folder of the run's record, relative to the working directory. */
  readonly reports: string
  readonly requireComplete?: boolean | undefined
  readonly quiet?: boolean | undefined
  readonly verbose?: boolean | undefined
}

/** Runs `touchstone verify`; its exit code is the run's verdict. Throws a UsageError before anything is sent. */
export async function verifyCommand(options: VerifyOptions, environment: RunEnvironment): Promise<number> {
  const prepared = prepare(options, { ...environment, newSeed: environment.nonce })
  const plan = planned(options, prepared, environment)
  const paint = colours(environment)
  announceInterrupt(options, environment)
  const { verify } = await import('#run/run.ts')
  const display = createDisplay(options, { prepared, paint, environment })
  const finished = await verify(plan, { ...environment, nonce: environment.nonce(), ...display }).finally(
    display.close,
  )
  const { columns, stdout } = environment
  const terminal = { colors: paint, columns, reports: options.reports }
  stdout.write(options.quiet === true ? verdictLine(finished) : closing(finished, terminal))
  return finished.verdicts.exitCode
}

function closing({ run, verdicts }: FinishedRun, terminal: Terminal): string {
  return `\n${closingText(verdicts, run, terminal)}`
}

/** All that a quiet run says. */
function verdictLine({ verdicts }: FinishedRun): string {
  const { word } = VERDICT_MARKS[verdicts.verdict]
  return `${word.toUpperCase()}: ${verdicts.reasons[0] ?? scenarioCounts(verdicts)}\n`
}

function planned(options: VerifyOptions, prepared: PreparedRun, environment: RunEnvironment): RunPlan {
  const { protocol, failOn, requireComplete = false, failFast = false, retry, parallel } = options
  return {
    failOn,
    requireComplete,
    failFast,
    retry,
    parallel,
    ...prepared,
    baseline: readBaseline(options, environment),
    seed: options.seed ?? environment.nonce(),
    isSeedChosen: options.seed !== undefined,
    rerun: rerunArguments(protocol, options),
    reports: { path: resolve(environment.cwd, options.reports), shown: options.reports },
  }
}

/** A baseline may name what is known of both protocols, whichever is verified. */
function readBaseline({ baseline }: VerifyOptions, { cwd }: RunEnvironment): Baseline | null {
  if (baseline === undefined) return null
  const scenarios = featuredProtocols().flatMap((protocol) => loadFeatures(protocol))
  return parseBaseline(readText('--baseline', baseline, cwd), baseline, {
    requirements: new Set(mergedRegister(PROTOCOLS, 'documented').requirements.keys()),
    scenarios: new Set(scenarios.map(({ name }) => name)),
  })
}

function announceInterrupt({ quiet = false }: VerifyOptions, { interrupted, stderr }: RunEnvironment): void {
  if (quiet) return
  interrupted.addEventListener('abort', () => {
    stderr.write('\ntouchstone: stopping after the running scenario; interrupt again to stop at once\n')
  })
}

interface Display extends Pick<Progress, 'close'> {
  readonly onStart: (run: RunRecord) => void
  readonly onMessage: (envelope: Envelope) => void
}

/** Shows a run's messages as progress. */
function createDisplay(
  options: VerifyOptions,
  {
    prepared,
    paint,
    environment,
  }: { readonly prepared: PreparedRun; readonly paint: Colours; readonly environment: RunEnvironment },
): Display {
  const { selection, requirements } = prepared
  const { stdout, now } = environment
  const features = selection.scenarios.map(({ feature }) => feature)
  const mode = modeOf(options, environment)
  const progress = createProgress({ mode, features, output: environment, colours: paint, now })
  let watch: ReturnType<typeof liveOutcomes> = () => null
  return {
    onStart: (run) => {
      watch = liveOutcomes(run, (id) => requirements.get(id)?.level ?? null)
      if (mode !== 'quiet') stdout.write(heading(run))
    },
    onMessage: (envelope) => {
      const event = watch(envelope)
      if (event === null || environment.interrupted.aborted) return
      if (event.kind === 'began') progress.begin(event.feature)
      else progress.end(event.result)
    },
    close: progress.close,
  }
}

function modeOf(
  { quiet = false, verbose = false }: VerifyOptions,
  { interactive }: RunEnvironment,
): ProgressMode {
  if (quiet) return 'quiet'
  if (verbose) return 'verbose'
  return interactive ? 'live' : 'plain'
}

function heading({ targets, dialect, selection, seed }: RunRecord): string {
  const where = targets.map(
    ({ protocol, url, kind }) => `${protocol} at ${kind === 'bundled' ? `the bundled mock (${url})` : url}`,
  )
  const order = selection.order === 'defined' ? '' : `, order ${selection.order}`
  return `Verifying ${where.join(', ')}\n${counted(selection.scenarios.length, 'scenario')}, dialect ${dialect}, seed ${seed}${order}\n`
}
