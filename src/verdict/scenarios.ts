import type { RunRecord } from '#evidence/run-record.ts'
import type { Finding } from '#evidence/step-evidence.ts'
import { isRequirementId } from '#protocol/register.ts'
import { PROTOCOLS, type Protocol } from '#protocol/requirements.ts'
import {
  byPlace,
  type ScenarioAttempt,
  type FeatureScenario,
  type RunMessages,
  type ScenarioRecord,
} from './attempt.ts'
import { describe } from './describe.ts'
import { judgeAttempts } from './attempts.ts'
import type { Circumstances, Judgement } from './judge-attempt.ts'
import type { ScenarioResult } from './outcome.ts'

/** Every scenario that was selected or executed, judged by all attempts at it; by file and line. */
export function judgeScenarios(
  messages: RunMessages,
  run: RunRecord,
  levelOf: Circumstances['levelOf'],
): readonly ScenarioResult[] {
  const { allowFlaky = false } = run.options
  const circumstances: RunCircumstances = { levelOf, cutShort: cutShort(run), allowFlaky }
  const executed = [...messages.executed.values()].map((record) => judged(record, circumstances))
  const missing = run.selection.scenarios
    .filter((place) => !messages.executed.has(place))
    .map((place) => neverRan(messages.known.get(place) ?? unread(place), circumstances))
  return [...executed, ...(run.preflight === null ? missing : [])].sort(byPlace)
}

/** Why a run may have stopped before all that was selected was executed; null where it may not have. */
export function cutShort(run: RunRecord): string | null {
  if (run.interrupted) return 'the run was interrupted'
  if (run.finishedAt === null) return 'the run did not come to its end'
  if (run.options.failFast === true) return 'the run was to stop at the first failure'
  return null
}

interface RunCircumstances extends Omit<Circumstances, 'about'> {
  readonly allowFlaky: boolean
}

function judged({ plan, attempts }: ScenarioRecord, circumstances: RunCircumstances): ScenarioResult {
  const [first, ...retries] = attempts
  if (first === undefined) return neverRan(plan, circumstances)
  const about = plan.tags.filter(isRequirementId)
  const { deciding, earlier } = judgeAttempts(
    [first, ...retries],
    { ...circumstances, about },
    circumstances.allowFlaky,
  )
  const { attempt, judgement } = deciding
  const evidence = attempt.steps.flatMap((step) => step.evidence)
  return {
    ...described(plan),
    ...verdictOf(judgement),
    flaky: earlier !== null,
    ...(earlier === null ? {} : { earlier }),
    attempts: attempts.length,
    ...timesOf(attempt),
    steps: attempt.steps,
    assertions: evidence.reduce((sum, { assertions }) => sum + assertions.length, 0),
    exchanges: evidence.reduce((sum, { exchanges }) => sum + exchanges.length, 0),
    findings: [...evidence.flatMap(({ findings }) => findings), ...observations(judgement)],
  }
}

function neverRan(plan: FeatureScenario, { cutShort: reason }: RunCircumstances): ScenarioResult {
  return {
    ...described(plan),
    outcome: reason === null ? 'harness-error' : 'inconclusive',
    message: reason === null ? 'was selected but never ran' : `did not run: ${reason}`,
    failure: null,
    skip: null,
    flaky: false,
    attempts: 0,
    startedAt: null,
    durationMs: 0,
    steps: [],
    assertions: 0,
    exchanges: 0,
    findings: [],
  }
}

type Described = Pick<
  ScenarioResult,
  'name' | 'uri' | 'line' | 'protocol' | 'feature' | 'rule' | 'requirements' | 'baselineEntry'
>

function described({ uri, line, name, feature, rule, tags }: FeatureScenario): Described {
  const requirements = tags.filter(isRequirementId)
  const protocol = protocolOf([...uri.split('/'), ...requirements.map((id) => id.split('-')[0])])
  return { name, uri, line, protocol, feature, rule, requirements, baselineEntry: null }
}

function protocolOf(hints: readonly (string | undefined)[]): Protocol | null {
  return PROTOCOLS.find((protocol) => hints.some((hint) => hint?.toLowerCase() === protocol)) ?? null
}

/** A scenario of which the stream has only file and line. */
function unread(place: string): FeatureScenario {
  const [, uri = place, line = '0'] = /^(.*):(\d+)$/.exec(place) ?? []
  return { uri, line: Number(line), name: place, feature: uri, rule: null, tags: [] }
}

function verdictOf({
  outcome,
  message,
  failure,
  skip,
}: Judgement): Pick<ScenarioResult, 'outcome' | 'message' | 'failure' | 'skip'> {
  return { outcome, message, failure, skip }
}

function timesOf({
  startedAt,
  finishedAt,
}: ScenarioAttempt): Pick<ScenarioResult, 'startedAt' | 'durationMs'> {
  return {
    startedAt: new Date(startedAt).toISOString(),
    // Cucumber's times are by the clock of the machine, which may be set back while a scenario runs.
    durationMs: finishedAt === null ? 0 : Math.max(0, finishedAt - startedAt),
  }
}

function observations({ observed }: Judgement): Finding[] {
  return observed.map((assertion) => ({ requirement: assertion.requirement, text: describe(assertion) }))
}
