import {
  After,
  AfterStep,
  Before,
  BeforeAll,
  BeforeStep,
  setDefaultTimeout,
  Status,
  type ITestCaseHookParameter,
} from '@cucumber/cucumber'
import { CapabilityFailure } from '#driver/capabilities/failures.ts'
import { gate, mistakeFor, needsOf } from '#driver/gate.ts'
import { LedgerFailure } from '#driver/ledger.ts'
import { spentOf, type SpentBudget } from '#driver/request-budget.ts'
import type { Skip } from '#evidence/step-evidence.ts'
import { steadyNow } from '#driver/steady-now.ts'
import { WALK_TAG } from '#explore/walk-feature.ts'
import { isRequirementId, loadRegister, protocolOfId, type Requirement } from '#protocol/register.ts'
import { Inconclusive, Violation } from './support/check.ts'
import { FailingCapabilities } from './support/failing-capabilities.ts'
import { targetOf } from './support/parameters.ts'
import { outages, type TouchstoneWorld } from './world.ts'

/** Every wait of the driver is bounded by itself; a step may make many requests. */
const NO_TIMEOUT = -1
setDefaultTimeout(NO_TIMEOUT)

/** The type of a step that a Given begins. */
const CONTEXT = 'Context'

type Pickle = ITestCaseHookParameter['pickle']

const attempts = new Map<string, number>()
const failing = new FailingCapabilities()

BeforeAll(() => {
  attempts.clear()
  failing.clear()
  outages.clear()
})

Before(function (this: TouchstoneWorld, { pickle }) {
  const requirements = tagged(pickle)
  const [about] = requirements
  if (about === undefined) throw new Error(`${pickle.uri}: "${pickle.name}" has no tag of a requirement`)
  const protocol = protocolOfId(about.id)
  const tags = tagNames(pickle)
  const target = targetOf(this.run.targets, protocol)
  const isWalk = tags.includes(WALK_TAG)
  // What a walk does is what its steps say, whatever else its requirements may need.
  const needs = isWalk ? [] : needsOf(requirements, tags)
  const spent = this.run.budget === null ? null : spentOf(this.run.budget, steadyNow())
  const skip = gate(isWalk ? [] : requirements, tags, target) ?? outages.skipFor(needs) ?? budgetSkip(spent)
  const mistake = mistakeFor(requirements, tags, target) ?? failing.causeFor(needs)
  if (skip === null && mistake !== null) {
    this.recorder.inconclusive(mistake)
    this.attachEvidence()
    return 'skipped'
  }
  if (skip === null) {
    this.begin({ protocol, requirement: about.id, key: attemptKey(pickle), isWalk })
    return undefined
  }
  this.recorder.skip(skip)
  this.attachEvidence()
  return 'skipped'
})

BeforeStep(function (this: TouchstoneWorld, { pickleStep }) {
  this.beginStep(pickleStep.type?.valueOf() === CONTEXT)
})

AfterStep(function (this: TouchstoneWorld, { error }) {
  if (error instanceof CapabilityFailure) failing.note(error.message)
  if (
    [Inconclusive, CapabilityFailure, LedgerFailure].some((known) => error instanceof known) &&
    error instanceof Error
  )
    this.recorder.inconclusive(error.message)
  this.attachEvidence()
})

After(async function (this: TouchstoneWorld, { pickle, result }) {
  if (result?.status === Status.PASSED || result?.exception?.type === Violation.name)
    failing.worked(needsOf(tagged(pickle), tagNames(pickle)))
  await this.putBack()
  const { late } = this.recorder
  if (late.length > 0)
    throw new Error(`asserted after its step had ended, so not awaited: ${late.join('; ')}`)
})

function tagNames({ tags }: Pickle): readonly string[] {
  return tags.map(({ name }) => name.slice(1))
}

function budgetSkip(spent: SpentBudget | null): Skip | null {
  return spent === null ? null : { code: 'budget', ...spent }
}

function tagged({ tags }: Pickle): readonly Requirement[] {
  return tags.flatMap(({ name }) => {
    const id = name.slice(1)
    if (!isRequirementId(id)) return []
    const requirement = loadRegister(protocolOfId(id)).requirements.get(id)
    if (requirement === undefined) throw new Error(`${name}: the register has no such requirement`)
    return [requirement]
  })
}

/** Where the scenario stands, and which attempt at it this is in this run: no two are the same. */
function attemptKey({ uri, location, name }: Pickle): string {
  const place = `${uri}:${location?.line ?? 0}:${name}`
  const attempt = (attempts.get(place) ?? 0) + 1
  attempts.set(place, attempt)
  return `${place}:${attempt}`
}
