import { create } from 'xmlbuilder2'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Verdicts } from '#verdict/judge.ts'
import type { ScenarioResult } from '#verdict/outcome.ts'
import { rerunCommand, violatedBy } from './failures.ts'
import {
  madeBy,
  meaning,
  requirementLine,
  scenarioCounts,
  subject,
  VERDICT_MARKS,
  verdictScope,
} from './wording.ts'

type Node = ReturnType<typeof create>
type CaseEnding = 'passed' | 'failure' | 'error' | 'skipped'

/** How a test case ended in JUnit's four words, with what is said of it. */
interface Ending {
  readonly kind: CaseEnding
  readonly type: string
  readonly message: string
  readonly details: string
}

/**
 * The run as JUnit XML, valid by the schema in `fixtures/junit`: a suite for each feature, a case for each scenario, no two
 * of one name, and one case for the run as a whole, which is red whenever the exit code is not 0. Known deviations and skips
 * are skipped cases. What the schema has no place for is in the output of a case, a line each.
 */
export function junitXml(verdicts: Verdicts, run: RunRecord): string {
  const cases = [...verdicts.scenarios.map((one) => ending(one, { verdicts, run })), wholeEnding(verdicts)]
  const root = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' }).ele(
    'testsuites',
    literal({
      name: `touchstone ${madeBy(run)}: ${subject(run)}`,
      ...countsOfAll(cases),
      time: seconds(run.durationMs ?? 0),
    }),
  )
  addWhole(root, verdicts, run)
  const features = new Map(verdicts.scenarios.map((scenario) => [scenario.uri, classNameOf(scenario)]))
  for (const [uri, name] of features)
    addFeature(root, { name, verdicts, run, scenarios: verdicts.scenarios.filter((one) => one.uri === uri) })
  return root.end({ prettyPrint: true })
}

function addWhole(root: Node, verdicts: Verdicts, run: RunRecord): void {
  const whole = wholeEnding(verdicts)
  const suite = root.ele(
    'testsuite',
    literal({
      name: 'The run as a whole',
      ...counts([whole]),
      timestamp: run.startedAt,
      time: '0.000',
    }),
  )
  addProperties(suite, [
    ['verdict', verdicts.verdict],
    ['headline', `${VERDICT_MARKS[verdicts.verdict].word}${verdictScope(verdicts, run)}`],
    ...countProperties(verdicts),
    ['exitCode', String(verdicts.exitCode)],
    ['dialect', run.dialect],
    ...run.targets.map(({ protocol, url }): [string, string] => [`target.${protocol}`, url]),
    ...verdicts.findings.map(({ requirement, text }): [string, string] => [`finding.${requirement}`, text]),
  ])
  const attributes = { name: 'is conformant', classname: 'touchstone.run', time: '0.000' }
  addEnding(suite.ele('testcase', attributes), whole)
}

/** The requirements in numbers, and those that are not verified by the reason. */
function countProperties({ totals }: Verdicts): readonly (readonly [string, string])[] {
  const reasons = Object.entries(totals.notVerified).filter(([, count]) => count > 0)
  return [
    ...Object.entries(totals.requirements).map(
      ([verdict, count]) => [`requirements.${verdict}`, String(count)] as const,
    ),
    ...reasons.map(([code, count]) => [`requirements.not-verified.${code}`, String(count)] as const),
  ]
}

/** The run that a case is of, and how it was judged. */
interface CaseContext {
  readonly verdicts: Verdicts
  readonly run: RunRecord
}

interface FeatureSuite extends CaseContext {
  readonly name: string
  readonly scenarios: readonly ScenarioResult[]
}

function addFeature(root: Node, { name, scenarios, ...judged }: FeatureSuite): void {
  const suite = root.ele(
    'testsuite',
    literal({
      name,
      ...counts(scenarios.map((one) => ending(one, judged))),
      timestamp: judged.run.startedAt,
      time: seconds(scenarios.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    }),
  )
  const names = new Set<string>()
  for (const scenario of scenarios) {
    const one = suite.ele(
      'testcase',
      literal({
        name: uniqueName(scenario, names),
        classname: classNameOf(scenario),
        time: seconds(scenario.durationMs),
      }),
    )
    addEnding(one, ending(scenario, judged))
    one.ele('system-out').txt(withoutEntities(outputOf(scenario).join('\n')))
  }
}

/** The feature of a scenario with its protocol. */
function classNameOf({ protocol, feature }: ScenarioResult): string {
  return [protocol ?? 'touchstone', feature].join('.')
}

/** The name of a scenario; with its line where another of the feature has that name. It is added to `names`. */
function uniqueName({ name, line }: ScenarioResult, names: Set<string>): string {
  const unique = names.has(name) ? `${name} (line ${line})` : name
  names.add(unique)
  return unique
}

function outputOf(scenario: ScenarioResult): readonly string[] {
  const { uri, line, requirements, outcome, failure, flaky, attempts, earlier = '' } = scenario
  return [
    `${uri}:${line}`,
    ...requirements.map((id) => `requirement: ${id}`),
    `outcome: ${outcome}`,
    ...(failure === null ? [] : [`violated: ${failure.requirement}`]),
    ...(flaky ? [`flaky: passed at attempt ${attempts}; before: ${earlier}`] : []),
  ]
}

function ending(scenario: ScenarioResult, { verdicts, run }: CaseContext): Ending {
  const message = scenario.message ?? ''
  const asked = violatedBy(scenario, verdicts)
  const details = [
    `${scenario.uri}:${scenario.line}`,
    ...(asked === null ? [] : [requirementLine(asked)]),
    message,
    rerunCommand(run, scenario),
  ].join('\n')
  const said = (kind: CaseEnding, type: string, text: string): Ending => ({
    kind,
    type,
    message: text,
    details,
  })
  const { outcome } = scenario
  const violated = scenario.failure?.requirement
  switch (outcome) {
    case 'passed':
      return said('passed', outcome, '')
    case 'failed':
      return said(
        'failure',
        violated ?? outcome,
        violated === undefined ? message : `${violated}: ${message}`,
      )
    case 'unexpected-pass':
      return said('failure', outcome, message)
    case 'known-deviation':
      return said(
        'skipped',
        outcome,
        `known deviation (baseline entry ${String(scenario.baselineEntry)}): ${message}`,
      )
    case 'skipped':
      return said('skipped', outcome, message)
    case 'inconclusive':
    case 'harness-error':
      return said('error', outcome, message)
    default:
      return outcome satisfies never
  }
}

function wholeEnding(verdicts: Verdicts): Ending {
  const { verdict, reasons } = verdicts
  const message = `${meaning(verdicts)} ${reasons.join('; ')}`.trim()
  const details = [scenarioCounts(verdicts), ...reasons].join('\n')
  if (verdict === 'conformant') return { kind: 'passed', type: verdict, message, details }
  const kind = verdict === 'non-conformant' ? 'failure' : 'error'
  return { kind, type: verdict, message, details }
}

function addEnding(node: Node, { kind, type, message, details }: Ending): void {
  if (kind === 'passed') return
  if (kind === 'skipped') node.ele('skipped').txt(withoutEntities(message))
  else node.ele(kind, literal({ type, message })).txt(withoutEntities(details))
}

function addProperties(node: Node, properties: readonly (readonly [string, string])[]): void {
  const list = node.ele('properties')
  for (const [name, value] of properties) list.ele('property', literal({ name, value }))
}

/** Attributes that say what they say: the writer of XML takes `&#0;` in a value for a reference, and leaves it. */
function literal(attributes: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, withoutEntities(String(value))]),
  )
}

function withoutEntities(text: string): string {
  return text.replaceAll('&', '&amp;')
}

function counts(endings: readonly Ending[]): Record<string, number> {
  const of = (kind: CaseEnding): number => endings.filter((one) => one.kind === kind).length
  return { tests: endings.length, failures: of('failure'), errors: of('error'), skipped: of('skipped') }
}

/** Those of the whole document, which has no number of skipped cases in JUnit. */
function countsOfAll(endings: readonly Ending[]): Record<string, number> {
  return Object.fromEntries(Object.entries(counts(endings)).filter(([name]) => name !== 'skipped'))
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3)
}
