import type { Envelope } from '@cucumber/messages'
import type { Exchange } from '#evidence/exchange.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import { EVIDENCE_MEDIA_TYPE, type Assertion, type StepEvidence } from '#evidence/step-evidence.ts'
import type { Requirement, RequirementId } from '#protocol/register.ts'

/** One step of a scripted attempt: how it ends and what it leaves. */
export interface ScriptedStep {
  readonly status?: 'PASSED' | 'FAILED' | 'SKIPPED' | 'UNDEFINED' | 'AMBIGUOUS' | 'PENDING' | 'UNKNOWN'
  readonly evidence?: Partial<StepEvidence>
  /** An attachment of the evidence type with this body, whatever it is. */
  readonly attached?: string
  readonly exception?: string
}

/** A scenario to write messages for: its steps, attempt by attempt. `finished: false` ends the messages halfway. */
export interface ScriptedScenario {
  readonly line: number
  readonly name?: string
  readonly uri?: string
  readonly tags?: readonly string[]
  readonly attempts?: readonly (readonly ScriptedStep[])[]
  readonly finished?: boolean
}

const URI = 'features/relay/messages.feature'

/** The message stream of a run of `scenarios`, in the order and form of cucumber 12.9. */
export function messageStream(
  scenarios: readonly ScriptedScenario[],
  end: { readonly finished?: boolean; readonly success?: boolean } = {},
): Envelope[] {
  const plans = scenarios.flatMap((scenario, index) => plan(scenario, index))
  const attempts = scenarios.flatMap((scenario, index) => attemptsOf(scenario, index))
  const finished = { testRunFinished: { testRunStartedId: 'run', success: end.success ?? true, ...at(9000) } }
  const envelopes: unknown[] = [
    ...plans,
    { testRunStarted: { id: 'run', ...at(0) } },
    ...scenarios.flatMap((scenario, index) =>
      scenario.attempts === undefined ? [] : [testCase(scenario, index)],
    ),
    ...attempts,
    ...(end.finished === false ? [] : [finished]),
  ]
  return envelopes as Envelope[]
}

/** An assertion about the target; it holds unless `changes` say otherwise. */
export function assertion(requirement: string, changes: Partial<Assertion> = {}): Assertion {
  return {
    requirement,
    thing: 'status of PUT /v1/messages/B',
    expected: '409',
    got: changes.ok === false ? '204' : '409',
    ok: true,
    exchange: 'x-1',
    ...changes,
  }
}

/** An exchange with an answer of 42 bytes. */
export function exchange(changes: Partial<Exchange> = {}): Exchange {
  const body = { kind: 'text', text: '', bytes: 0, cut: false } as const
  return {
    id: 'x-1',
    operation: 'submit messages',
    url: 'http://127.0.0.1:8080/v1/messages/B',
    startedAt: 1_000,
    durationMs: 3,
    request: { line: 'PUT /v1/messages/B HTTP/1.1', headers: [['Host', '127.0.0.1:8080']], body },
    response: { line: 'HTTP/1.1 204 No Content', status: 204, headers: [], body },
    failure: null,
    sentBytes: 100,
    receivedBytes: 42,
    curl: `curl -X PUT -u "$NUMBER:$PASSWORD" 'http://127.0.0.1:8080/v1/messages/B'`,
    ...changes,
  }
}

/** A step that asserted `requirement` over one exchange, and found it so. */
export function goodStep(requirement: string): ScriptedStep {
  return { evidence: { exchanges: [exchange()], assertions: [assertion(requirement)] } }
}

/** A step that asserted `requirement` over one exchange, and found it otherwise. */
export function badStep(requirement: string, changes: Partial<Assertion> = {}): ScriptedStep {
  const broken = assertion(requirement, { ok: false, ...changes })
  return {
    status: 'FAILED',
    evidence: { exchanges: [exchange()], assertions: [broken] },
    exception: 'the text of an exception says nothing',
  }
}

/** The record of a run that set out to execute `scenarios`. */
export function runRecord(
  scenarios: readonly ScriptedScenario[],
  changes: Partial<RunRecord> = {},
): RunRecord {
  return {
    schemaVersion: 1,
    tool: { name: 'touchstone', version: '0.1.0' },
    node: 'v20.20.2',
    platform: 'linux x64',
    protocols: ['relay'],
    dialect: 'documented',
    targets: [{ protocol: 'relay', url: 'http://127.0.0.1:8080', kind: 'deployment', control: false }],
    seed: 'seed',
    startedAt: '2026-03-01T12:00:00.000Z',
    finishedAt: '2026-03-01T12:00:09.000Z',
    durationMs: 9_000,
    interrupted: false,
    selection: {
      only: [],
      tags: null,
      shard: null,
      order: 'defined',
      scenarios: scenarios.map(({ uri, line }) => `${uri ?? URI}:${line}`),
    },
    options: {
      failOn: 'should',
      requireComplete: false,
      retry: 0,
      parallel: 0,
      rerun: 'verify relay --url http://127.0.0.1:8080',
    },
    baseline: null,
    preflight: null,
    harnessErrors: [],
    ...changes,
  }
}

/** Requirements by id, each a server's MUST unless changed. */
export function requirements(
  ...given: readonly (Partial<Omit<Requirement, 'id'>> & { readonly id: string })[]
): ReadonlyMap<string, Requirement> {
  return new Map(
    given.map((changes) => [
      changes.id,
      {
        level: changes.level ?? 'MUST',
        levels: { documented: changes.level ?? 'MUST', deployed: changes.level ?? 'MUST' },
        words: null,
        binds: 'server',
        basis: 'page',
        section: 'Submitting a message',
        sentence: `The sentence of ${changes.id}.`,
        exactStatus: false,
        needs: [],
        risks: ['reads'],
        errata: [],
        tests: [],
        untestable: null,
        ...changes,
        id: changes.id as RequirementId,
      },
    ]),
  )
}

function at(ms: number): { timestamp: { seconds: number; nanos: number } } {
  return { timestamp: { seconds: 1_772_366_400 + Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 } }
}

function plan(
  { line, uri = URI, name, tags = [], attempts = [] }: ScriptedScenario,
  index: number,
): unknown[] {
  const steps = (attempts[0] ?? []).map((_, step) => ({ id: `step-${index}-${step}`, text: `step ${step}` }))
  const scenario = {
    id: `scenario-${index}`,
    name: name ?? `scenario ${line}`,
    steps: steps.map((step) => ({ ...step, id: `ast-${step.id}`, keyword: 'Given ' })),
  }
  const rule = { id: `rule-${index}`, name: 'A rule', children: [{ scenario }] }
  return [
    { gherkinDocument: { uri, feature: { name: 'Messages', children: [{ rule }] }, comments: [] } },
    {
      pickle: {
        id: `pickle-${index}`,
        uri,
        name: scenario.name,
        location: { line },
        astNodeIds: [scenario.id],
        tags: tags.map((tag) => ({ name: `@${tag}`, astNodeId: 'tag' })),
        steps: steps.map((step) => ({ ...step, astNodeIds: [`ast-${step.id}`] })),
      },
    },
  ]
}

function testCase({ attempts = [] }: ScriptedScenario, index: number): unknown {
  const steps = (attempts[0] ?? []).map((_, step) => ({
    id: `test-${index}-${step}`,
    pickleStepId: `step-${index}-${step}`,
  }))
  return { testCase: { id: `case-${index}`, pickleId: `pickle-${index}`, testSteps: steps } }
}

function attemptsOf({ attempts = [], finished = true }: ScriptedScenario, index: number): unknown[] {
  return attempts.flatMap((steps, attempt) => {
    const testCaseStartedId = `attempt-${index}-${attempt}`
    const willBeRetried = attempt < attempts.length - 1
    const last = !willBeRetried && !finished
    return [
      {
        testCaseStarted: {
          id: testCaseStartedId,
          attempt,
          testCaseId: `case-${index}`,
          ...at(1000 + attempt),
        },
      },
      ...steps.flatMap((step, number) =>
        toldStep(step, { testCaseStartedId, testStepId: `test-${index}-${number}` }),
      ),
      ...(last ? [] : [{ testCaseFinished: { testCaseStartedId, willBeRetried, ...at(1250 + attempt) } }]),
    ]
  })
}

function toldStep(
  { status = 'PASSED', evidence, attached, exception }: ScriptedStep,
  ids: { testCaseStartedId: string; testStepId: string },
): unknown[] {
  const nothing = { exchanges: [], assertions: [], findings: [], skip: null, inconclusive: null }
  const body = attached ?? (evidence === undefined ? null : JSON.stringify({ ...nothing, ...evidence }))
  const attachment = {
    ...ids,
    body,
    contentEncoding: 'IDENTITY',
    mediaType: EVIDENCE_MEDIA_TYPE,
    ...at(1100),
  }
  const testStepResult = {
    status,
    duration: { seconds: 0, nanos: 1 },
    ...(exception === undefined
      ? {}
      : { message: exception, exception: { type: 'Error', message: exception } }),
  }
  return [
    { testStepStarted: { ...ids, ...at(1100) } },
    ...(body === null ? [] : [{ attachment }]),
    { testStepFinished: { ...ids, testStepResult, ...at(1200) } },
  ]
}
