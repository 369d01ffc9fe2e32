import { writeFileSync } from 'node:fs'
import { expect } from 'vitest'
import { command } from '../cli/in-process.ts'
import { touchstone, type Ended, type Workplace } from '../cli/touchstone.ts'

/** What a run against a target file came to. */
export interface DeploymentRun extends Ended {
  /** The verdict of each requirement. */
  readonly verdicts: ReadonlyMap<string, string>
  /** Why scenarios were skipped, each reason once. */
  readonly skips: readonly string[]
}

/** What is read of `summary.json`. */
export interface Summary {
  readonly requirements: readonly { readonly id: string; readonly verdict: string }[]
  readonly scenarios: readonly {
    readonly uri: string
    readonly line: number
    /** As the run judged it; a plan has none. */
    readonly outcome?: string
    readonly skip: { readonly code: string; readonly enable: string } | null
  }[]
}

let runs = 0

/** Writes a target file, `target.yaml`, and verifies the server that it describes. */
export async function verifyDeployment(
  place: Workplace,
  target: object,
  ...options: readonly string[]
): Promise<DeploymentRun> {
  writeFileSync(place.file('target.yaml'), blockStyle(target))
  runs += 1
  const reports = `run-${runs}`
  const args = ['verify', '--target', 'target.yaml', '--reports', reports, ...options]
  const ended = await touchstone(args, { cwd: place.path })
  const { requirements, scenarios } = place.json(`${reports}/summary.json`) as Summary
  await expectAsPlanned(['--target', 'target.yaml', ...options], scenarios, place.path)
  return {
    ...ended,
    verdicts: new Map(requirements.map(({ id, verdict }) => [id, verdict])),
    skips: [...new Set(scenarios.flatMap(({ skip }) => skip?.enable ?? []))],
  }
}

/** What only a run can find out, of what the target file says nothing: it is skipped though it was planned. */
const FOUND_OUT: ReadonlySet<string> = new Set(['open', 'given-up', 'unimplemented', 'budget'])

/** How many requests a limiter counts only the requests themselves show. */
const TOO_TIGHT = 'a wider limit of'

/** What a mailbox may hold only its quota shows. */
const NO_PLACE = 'mailbox: "+1…", of one whose'

/** Options of `verify` that `plan` has not, with one value each. */
const RUN_ONLY = ['--seed', '--reports', '--baseline', '--retry', '--parallel', '--fail-on', '--min-coverage']

/** Options of `verify` that `plan` has not and that have no value. */
const RUN_ONLY_FLAGS = ['--require-complete']

/** Asserts that `touchstone plan`, asked as `verify` was, says of each scenario whether it is skipped, as the run did. */
export async function expectAsPlanned(
  options: readonly string[],
  scenarios: Summary['scenarios'],
  cwd: string,
): Promise<void> {
  if (scenarios.length === 0) return
  const flagless = options.filter((option) => !RUN_ONLY_FLAGS.includes(option))
  const args = flagless.filter((option, index) =>
    [option, flagless[index - 1] ?? ''].every((each) => !RUN_ONLY.includes(each)),
  )
  const { stdout } = await command(['plan', ...args, '--json'], { cwd })
  const plan = JSON.parse(stdout) as Pick<Summary, 'scenarios'>
  const placeOf = ({ uri, line }: { readonly uri: string; readonly line: number }): string => `${uri}:${line}`
  // A failure, or what was found out, ended the scenario before it came to what the target file says.
  const endedBefore = new Set(scenarios.filter(endsBefore).map(placeOf))
  const skipped = (each: Summary['scenarios']) =>
    each
      .filter((one) => one.skip !== null && !endedBefore.has(placeOf(one)))
      .map(placeOf)
      .toSorted()
  expect(skipped(plan.scenarios), 'skipped as planned').toEqual(skipped(scenarios))
}

function endsBefore({ outcome, skip }: Summary['scenarios'][number]): boolean {
  return skip === null ? outcome !== 'passed' : isFoundOut(skip)
}

/** Whether only the run can know of a skip. */
function isFoundOut({ code, enable }: { readonly code: string; readonly enable: string }): boolean {
  return FOUND_OUT.has(code) || [TOO_TIGHT, NO_PLACE].some((begin) => enable.startsWith(begin))
}

/** A key to each line at the top and under `capabilities`, so that each line can be found; JSON below. */
function blockStyle(target: object): string {
  return Object.entries(target)
    .flatMap(([key, value]: [string, unknown]) =>
      key === 'capabilities'
        ? [`${key}:`, ...Object.entries(value as object).map((entry) => `  ${line(entry)}`)]
        : [line([key, value])],
    )
    .join('\n')
}

function line([key, value]: readonly [string, unknown]): string {
  return `${key}: ${JSON.stringify(value)}`
}
