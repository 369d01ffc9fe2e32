import { printable } from '#evidence/printable.ts'
import type { Assertion, Skip, StepEvidence } from '#evidence/step-evidence.ts'
import type { Level } from '#protocol/register.ts'
import type { ScenarioAttempt } from './attempt.ts'
import { describe } from './describe.ts'
import type { ScenarioOutcome } from './outcome.ts'

/** What surrounds an attempt and bears on its judgement. */
export interface Circumstances {
  /** The requirements the scenario is tagged with. */
  readonly about: readonly string[]
  /** The level of a requirement; null where the register does not have it. */
  readonly levelOf: (requirement: string) => Level | null
  /** Why scenarios may be missing or skipped without a reason of their own; null where none may. */
  readonly cutShort: string | null
}

/** What is said of one attempt, before any baseline. */
export interface Judgement {
  readonly outcome: Extract<
    ScenarioOutcome,
    'passed' | 'failed' | 'skipped' | 'inconclusive' | 'harness-error'
  >
  readonly message: string | null
  readonly failure: Assertion | null
  readonly skip: Skip | null
  /** Assertions made for MAY rows that did not hold: reported as findings, never a failure. */
  readonly observed: readonly Assertion[]
}

interface View extends Circumstances {
  readonly attempt: ScenarioAttempt
  readonly evidence: readonly StepEvidence[]
  readonly assertions: readonly Assertion[]
  /** Assertions that did not hold, in steps that failed. */
  readonly broken: readonly Assertion[]
  /** Assertions that did not hold, in steps that went on regardless. */
  readonly swallowed: readonly Assertion[]
  readonly receivedBytes: number
}

type Rule = (view: View) => Judgement | null

/** The rules, the first that applies decides. Every way out but the last two says why nothing was shown. */
const RULES: readonly Rule[] = [
  unfinished,
  unreadable,
  unmatchedStep,
  unknownRequirement,
  violated,
  inconclusive,
  swallowedAssertion,
  failedWithoutEvidence,
  skipped,
  skippedWithoutReason,
  passedWithSkip,
  passedWithoutEvidence,
  passed,
]

/** Says what one attempt shows, by the evidence its steps left and never by the text of an exception. */
export function judgeAttempt(attempt: ScenarioAttempt, circumstances: Circumstances): Judgement {
  const view = viewOf(attempt, circumstances)
  for (const rule of RULES) {
    const judgement = rule(view)
    if (judgement !== null) return judgement
  }
  return harnessError('no rule says what this attempt shows')
}

function viewOf(attempt: ScenarioAttempt, circumstances: Circumstances): View {
  const evidence = attempt.steps.flatMap((step) => step.evidence)
  const wrong = (failed: boolean): Assertion[] =>
    attempt.steps
      .filter((step) => (step.status === 'failed') === failed)
      .flatMap((step) => step.evidence.flatMap(({ assertions }) => assertions))
      .filter(({ ok }) => !ok)
  return {
    ...circumstances,
    attempt,
    evidence,
    assertions: evidence.flatMap(({ assertions }) => assertions),
    broken: wrong(true),
    swallowed: wrong(false),
    receivedBytes: evidence
      .flatMap(({ exchanges }) => exchanges)
      .reduce((sum, { receivedBytes }) => sum + receivedBytes, 0),
  }
}

function unfinished(view: View): Judgement | null {
  const { finishedAt, willBeRetried } = view.attempt
  return finishedAt === null || willBeRetried ? judgement('inconclusive', 'did not finish') : null
}

function unreadable(view: View): Judgement | null {
  return view.attempt.unreadable === null ? null : harnessError(view.attempt.unreadable)
}

function unmatchedStep(view: View): Judgement | null {
  const step = view.attempt.steps.find(({ status }) =>
    ['undefined', 'ambiguous', 'pending', 'unknown'].includes(status),
  )
  return step === undefined ? null : harnessError(`step "${step.keyword} ${step.text}" is ${step.status}`)
}

function unknownRequirement(view: View): Judgement | null {
  const findings = view.evidence.flatMap((one) => one.findings)
  const unknown = [...view.assertions, ...findings].find(
    ({ requirement }) => view.levelOf(requirement) === null,
  )
  return unknown === undefined
    ? null
    : harnessError(`a step speaks of ${unknown.requirement}, which the register does not have`)
}

function violated(view: View): Judgement | null {
  const failure = view.broken.find(({ requirement }) => view.levelOf(requirement) !== 'MAY')
  if (failure === undefined) return null
  if (view.receivedBytes === 0)
    return judgement('inconclusive', `the target answered nothing; ${describe(failure)}`)
  return { ...judgement('failed', describe(failure)), failure }
}

function inconclusive(view: View): Judgement | null {
  const reason = view.evidence.map((one) => one.inconclusive).find((text) => text !== null)
  return reason === undefined ? null : judgement('inconclusive', reason)
}

function swallowedAssertion(view: View): Judgement | null {
  const [first] = view.swallowed
  return first === undefined
    ? null
    : harnessError(`a step went on although its assertion failed: ${describe(first)}`)
}

function failedWithoutEvidence(view: View): Judgement | null {
  const failed = view.attempt.steps.filter(({ status }) => status === 'failed')
  const unexplained = failed.some(({ evidence }) =>
    evidence.every(({ assertions }) => assertions.every(isOk)),
  )
  return unexplained ? harnessError(view.attempt.exception ?? 'a step failed and said no reason') : null
}

function skipped(view: View): Judgement | null {
  const skip = skipOf(view)
  if (skip === null || !hasSkippedStep(view)) return null
  return { ...judgement('skipped', `${skip.code} ${skip.name}: ${skip.enable}`), skip }
}

function skippedWithoutReason(view: View): Judgement | null {
  if (!hasSkippedStep(view) || view.broken.length > 0) return null
  return view.cutShort === null
    ? harnessError('skipped without a reason')
    : judgement('inconclusive', `did not run: ${view.cutShort}`)
}

function passedWithSkip(view: View): Judgement | null {
  const skip = skipOf(view)
  return skip === null ? null : harnessError(`passed although ${skip.code} ${skip.name} is missing`)
}

function passedWithoutEvidence(view: View): Judgement | null {
  if (view.receivedBytes === 0)
    return harnessError('passed without evidence: the target did not answer a byte')
  if (view.assertions.length === 0)
    return harnessError('passed without evidence: nothing was asserted about the target')
  const unproved = view.about.find((id) => view.assertions.every(({ requirement }) => requirement !== id))
  if (unproved === undefined) return null
  return (
    endedAtOpenPoint(view) ?? harnessError(`passed without evidence: nothing was asserted for ${unproved}`)
  )
}

/** A scenario that ends where a server does otherwise what is left open, before it comes to what it is about. */
function endedAtOpenPoint({ broken }: View): Judgement | null {
  const [open] = broken
  if (open === undefined) return null
  const enable = `the server does otherwise, as it may: ${describe(open)}`
  const skip: Skip = { code: 'open', name: open.requirement, enable }
  return { ...judgement('skipped', `open ${skip.name}: ${enable}`), skip, observed: broken }
}

function passed(view: View): Judgement {
  return { ...judgement('passed', null), observed: view.broken }
}

function skipOf(view: View): Skip | null {
  return view.evidence.map(({ skip }) => skip).find((skip) => skip !== null) ?? null
}

function hasSkippedStep(view: View): boolean {
  return view.attempt.steps.some(({ status }) => status === 'skipped')
}

function isOk({ ok }: Assertion): boolean {
  return ok
}

function harnessError(message: string): Judgement {
  return judgement('harness-error', firstLine(message))
}

function judgement(outcome: Judgement['outcome'], message: string | null): Judgement {
  return {
    outcome,
    message: message === null ? null : printable(message),
    failure: null,
    skip: null,
    observed: [],
  }
}

function firstLine(text: string): string {
  return text.split(/\r?\n/).find((line) => line.trim() !== '') ?? text
}
