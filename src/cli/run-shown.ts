import type { RunRecord } from '#evidence/run-record.ts'
import { closingText } from '#report/console.ts'
import { MACHINE_OUTPUTS, type MachineOutput } from '#report/machine/machine-output.ts'
import type { RunFormat } from '#report/machine/run-formats.ts'
import { scenarioCounts, VERDICT_MARKS, verdictScope } from '#report/wording.ts'
import { liveOutcomes } from '#run/live-outcomes.ts'
import { mergedRegister } from '#run/merged-register.ts'
import { protocolsOf, type RunPlan } from '#run/run-plan.ts'
import type { RunSurroundings } from '#run/execute.ts'
import type { KeptRun } from '#run/keep-run.ts'
import { counted } from '#verdict/describe.ts'
import { writeEntries, type BaselineOutput } from './baseline-output.ts'
import { colours } from './colours.ts'
import { forPeople, machineWriter } from './machine-streams.ts'
import { createProgress, type Progress, type ProgressMode } from './progress.ts'
import type { RunEnvironment } from './run-environment.ts'
import { writeStepSummary } from './step-summary.ts'
import { createWalkProgress } from './walk-progress.ts'

/** How much a command that runs a plan prints, and where its reports go, relative to the working directory. */
export interface ShownOptions {
  readonly reports: string
  readonly quiet?: boolean | undefined
  readonly verbose?: boolean | undefined
  /** What goes to standard output; where it is for programs, what is for people goes to stderr. */
  readonly format?: RunFormat | undefined
}

/** A run as the command line shows it. */
interface ShownRun {
  readonly options: ShownOptions
  readonly environment: RunEnvironment
  /** Where the entries for new failures go; nowhere where it is left out. */
  readonly entries?: BaselineOutput | null
}

/** Runs a plan, shows how it goes on and what came of it; the exit code of its verdict. */
export async function runShown(plan: RunPlan, given: ShownRun): Promise<number> {
  const { format = 'text' } = given.options
  const write = machineWriter(given.environment)
  const shown = { ...given, environment: forPeople(format, given.environment) }
  const { options, environment } = shown
  announceInterrupt(shown)
  const { verify } = await import('#run/run.ts')
  const display = createDisplay(plan, shown, { ...MACHINE_OUTPUTS[format], write })
  const finished = await verify(plan, { ...environment, nonce: environment.nonce(), ...display }).finally(
    display.close,
  )
  write(MACHINE_OUTPUTS[format].end(finished.verdicts, finished.run))
  writeStepSummary(finished.verdicts, finished.run, environment)
  const written = shown.entries == null ? null : writeEntries(shown.entries, finished)
  environment.stdout.write(options.quiet === true ? verdictLine(finished) : closing(finished, shown))
  if (written?.isWritten === false) environment.stderr.write(`touchstone: ${written.line}\n`)
  else if (written !== null && options.quiet !== true) environment.stdout.write(`${written.line}\n`)
  return finished.verdicts.exitCode
}

function closing({ run, verdicts, reports }: KeptRun, { environment }: ShownRun): string {
  const { columns } = environment
  const terminal = { colors: colours(environment), columns, reports }
  return `\n${closingText(verdicts, run, terminal)}`
}

/** All that a quiet run says. */
function verdictLine({ run, verdicts }: KeptRun): string {
  const { word } = VERDICT_MARKS[verdicts.verdict]
  return `${word.toUpperCase()}${verdictScope(verdicts, run)}: ${verdicts.reasons[0] ?? scenarioCounts(verdicts)}\n`
}

function announceInterrupt({ options: { quiet = false }, environment }: ShownRun): void {
  if (quiet) return
  environment.interrupted.addEventListener('abort', () => {
    environment.stderr.write(
      '\ntouchstone: stopping after the running scenario; interrupt again to stop at once\n',
    )
  })
}

type Display = Pick<Progress, 'close'> & Pick<RunSurroundings, 'onStart' | 'onMessage' | 'onWalk'>

/** Shows a run's messages as progress. */
function createDisplay(
  plan: RunPlan,
  { options, environment }: ShownRun,
  machine: Pick<MachineOutput, 'begin' | 'scenario'> & { readonly write: (text: string) => void },
): Display {
  const { requirements } = mergedRegister(protocolsOf(plan), plan.targets[0]?.target.dialect ?? 'documented')
  const { stdout, now } = environment
  const features = plan.selection.scenarios.map(({ feature }) => feature)
  const mode = modeOf(options, environment)
  const paint = colours(environment)
  const progress = createProgress({ mode, features, output: environment, colours: paint, now })
  const walks = createWalkProgress({ mode, output: environment, colours: paint, now })
  let watch: ReturnType<typeof liveOutcomes> = () => null
  return {
    onStart: (run) => {
      watch = liveOutcomes(run, (id) => requirements.get(id)?.level ?? null)
      if (mode !== 'quiet') stdout.write(heading(run, plan))
      machine.write(machine.begin(run))
    },
    onWalk: walks.show,
    onMessage: (envelope) => {
      const event = watch(envelope)
      if (event === null || environment.interrupted.aborted) return
      if (event.kind === 'began') progress.begin(event.feature)
      else {
        progress.end(event.result)
        machine.write(machine.scenario(event.result))
      }
    },
    close: progress.close,
  }
}

function modeOf(
  { quiet = false, verbose = false }: ShownOptions,
  { interactive }: RunEnvironment,
): ProgressMode {
  if (quiet) return 'quiet'
  if (verbose) return 'verbose'
  return interactive ? 'live' : 'plain'
}

function heading({ targets, dialect, selection, seed }: RunRecord, { explore }: RunPlan): string {
  const where = targets.map(
    ({ protocol, url, kind }) => `${protocol} at ${kind === 'bundled' ? `the bundled mock (${url})` : url}`,
  )
  const order = selection.order === 'defined' ? '' : `, order ${selection.order}`
  const count = selection.scenarios.length
  const what = [
    ...(explore === undefined ? [] : ['sequences that are drawn']),
    ...(count === 0 ? [] : [counted(count, 'scenario')]),
  ].join(' and ')
  const verb = count === 0 ? 'Walking' : 'Verifying'
  return `${verb} ${where.join('\n  and ')}\n${what}, dialect ${dialect}, seed ${seed}${order}\n`
}
