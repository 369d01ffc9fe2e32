import type { Envelope, Hook, Pickle, TestCase, TestCaseStarted, TestStepResult } from '@cucumber/messages'
import { AttemptLog, type PlannedStep } from './attempt-log.ts'
import { placeOf, type FeatureScenario, type RunMessages, type ScenarioRecord } from './attempt.ts'
import { GherkinIndex } from './gherkin-index.ts'

/** What the stream has declared so far, by its ids. */
interface Collected {
  readonly gherkin: GherkinIndex
  readonly pickles: Map<string, Pickle>
  readonly hooks: Map<string, Hook>
  readonly planned: Map<string, { readonly plan: FeatureScenario; readonly steps: readonly PlannedStep[] }>
  readonly known: Map<string, FeatureScenario>
  readonly executed: Map<string, { readonly plan: FeatureScenario; readonly logs: AttemptLog[] }>
  readonly logs: Map<string, AttemptLog>
  readonly errors: string[]
  runsStarted: number
  runsFinished: number
  success: boolean | null
}

/** Reads a message stream (Cucumber Messages 32) in one pass. A stream that breaks off is no error here. */
export function collect(envelopes: Iterable<Envelope>): RunMessages {
  const collected = nothing()
  for (const envelope of envelopes) take(envelope, collected)
  return toRunMessages(collected)
}

function nothing(): Collected {
  return {
    gherkin: new GherkinIndex(),
    pickles: new Map(),
    hooks: new Map(),
    planned: new Map(),
    known: new Map(),
    executed: new Map(),
    logs: new Map(),
    errors: [],
    runsStarted: 0,
    runsFinished: 0,
    success: null,
  }
}

function toRunMessages(collected: Collected): RunMessages {
  const executed = [...collected.executed].map(([place, { plan, logs }]): [string, ScenarioRecord] => [
    place,
    { plan, attempts: logs.map((log) => log.attempt()) },
  ])
  return {
    executed: new Map(executed),
    known: collected.known,
    errors: collected.errors,
    complete: collected.runsStarted > 0 && collected.runsStarted === collected.runsFinished,
    success: collected.success,
  }
}

function take(envelope: Envelope, collected: Collected): void {
  takePlan(envelope, collected)
  takeAttempt(envelope, collected)
  takeRun(envelope, collected)
}

function takePlan({ gherkinDocument, pickle, hook, testCase }: Envelope, collected: Collected): void {
  if (gherkinDocument !== undefined) collected.gherkin.add(gherkinDocument)
  if (hook !== undefined) collected.hooks.set(hook.id, hook)
  if (pickle !== undefined) {
    const plan = collected.gherkin.scenario(pickle)
    collected.pickles.set(pickle.id, pickle)
    collected.known.set(placeOf(plan), plan)
  }
  if (testCase !== undefined) takeTestCase(testCase, collected)
}

function takeTestCase(testCase: TestCase, collected: Collected): void {
  const pickle = collected.pickles.get(testCase.pickleId)
  if (pickle === undefined) {
    collected.errors.push(`message stream: test case ${testCase.id} is of no pickle in the stream`)
    return
  }
  const plan = collected.gherkin.scenario(pickle)
  const steps = plannedSteps(testCase, { pickle, collected })
  collected.planned.set(testCase.id, { plan, steps })
}

function plannedSteps(
  testCase: TestCase,
  { pickle, collected }: { pickle: Pickle; collected: Collected },
): PlannedStep[] {
  return testCase.testSteps.map(({ id, pickleStepId, hookId }) => {
    const step = pickle.steps.find((candidate) => candidate.id === pickleStepId)
    return step === undefined
      ? { id, keyword: 'Hook', text: collected.hooks.get(hookId ?? '')?.name ?? '' }
      : { id, keyword: collected.gherkin.keyword(step.astNodeIds), text: step.text }
  })
}

function takeAttempt(envelope: Envelope, collected: Collected): void {
  const { testCaseStarted, attachment, testStepFinished, testCaseFinished } = envelope
  if (testCaseStarted !== undefined) startAttempt(testCaseStarted, collected)
  if (attachment !== undefined) collected.logs.get(attachment.testCaseStartedId ?? '')?.attach(attachment)
  if (testStepFinished !== undefined)
    collected.logs.get(testStepFinished.testCaseStartedId)?.stepFinished(testStepFinished)
  if (testCaseFinished !== undefined)
    collected.logs.get(testCaseFinished.testCaseStartedId)?.finished(testCaseFinished)
}

function startAttempt(started: TestCaseStarted, collected: Collected): void {
  const planned = collected.planned.get(started.testCaseId)
  if (planned === undefined) {
    collected.errors.push(`message stream: attempt ${started.id} is of no test case in the stream`)
    return
  }
  const log = new AttemptLog(planned.steps, started.timestamp)
  const place = placeOf(planned.plan)
  const before = collected.executed.get(place)?.logs ?? []
  collected.logs.set(started.id, log)
  collected.executed.set(place, { plan: planned.plan, logs: [...before, log] })
}

function takeRun(envelope: Envelope, collected: Collected): void {
  const { testRunStarted, testRunFinished, testRunHookFinished, parseError } = envelope
  if (testRunStarted !== undefined) collected.runsStarted += 1
  if (parseError !== undefined)
    collected.errors.push(`${parseError.source.uri ?? 'a feature file'}: ${parseError.message}`)
  if (testRunHookFinished !== undefined) takeRunHook(testRunHookFinished.result, collected)
  if (testRunFinished !== undefined) {
    collected.runsFinished += 1
    collected.success = (collected.success ?? true) && testRunFinished.success
    if (testRunFinished.exception !== undefined)
      collected.errors.push(`the run ended with ${testRunFinished.exception.message ?? 'an exception'}`)
  }
}

function takeRunHook({ status, message }: TestStepResult, collected: Collected): void {
  const word: string = status
  if (word !== 'PASSED' && word !== 'SKIPPED')
    collected.errors.push(`a hook around the run failed: ${message ?? word}`)
}
