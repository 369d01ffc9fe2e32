import type { RunRecord } from '#evidence/run-record.ts'
import type { Skip } from '#evidence/step-evidence.ts'
import type { Requirement } from '#protocol/register.ts'
import type { RunMessages } from './attempt.ts'
import type { ScenarioResult } from './outcome.ts'

/** What is said of a requirement, in the words that every report uses. */
export const REQUIREMENT_VERDICTS = ['verified', 'violated', 'known-deviation', 'not-verified'] as const

/** What is said of one requirement. */
export type RequirementVerdict = (typeof REQUIREMENT_VERDICTS)[number]

/** Why requirements are not verified, in the words that every report uses: the codes their reasons begin with. */
export const NOT_VERIFIED_CODES = [
  'skipped',
  'not-selected',
  'untestable',
  'client',
  'inconclusive',
  'blocked',
  'observed',
  'harness',
  'no-scenario',
] as const

/** Why a requirement is not verified. */
export type NotVerifiedCode = (typeof NOT_VERIFIED_CODES)[number]

/** Why a requirement is not verified; null where it is, or is violated or known not to hold. */
export function notVerifiedCode({ verdict, reason }: RequirementRuling): NotVerifiedCode | null {
  if (verdict !== 'not-verified') return null
  return NOT_VERIFIED_CODES.find((code) => code === reason?.split(':')[0]) ?? 'no-scenario'
}

/** A requirement and what the run showed of it. */
export interface RequirementResult {
  readonly requirement: Requirement
  readonly verdict: RequirementVerdict
  /**
   * Null where it is verified. What was seen, where it is violated. Why it is known, for a known deviation.
   * Else it begins with a code and a colon, or is the code alone: `blocked`, `skipped:capability`,
   * `skipped:risk`, `skipped:dialect`, `skipped:open`, `skipped:given-up`, `skipped:budget`, `skipped:unimplemented`,
   * `inconclusive`, `harness`, `observed`, `untestable`, `client`,
   * `not-selected`, `no-scenario`.
   */
  readonly reason: string | null
  /** The scenarios tagged with it, and those that failed for it. */
  readonly scenarios: readonly ScenarioResult[]
}

interface RequirementCase {
  readonly requirement: Requirement
  readonly tagged: readonly ScenarioResult[]
  /** Scenarios that failed in an assertion made for it, wherever they belong. */
  readonly failing: readonly ScenarioResult[]
  readonly run: RunRecord
  /** The tags of all scenarios that the feature files have, whether or not they were to run. */
  readonly knownTags: ReadonlySet<string>
}

type RequirementRuling = Pick<RequirementResult, 'verdict' | 'reason'>

/** The rules, the first that applies decides. */
const RULES: readonly ((one: RequirementCase) => RequirementRuling | null)[] = [
  violated,
  knownDeviation,
  observed,
  blocked,
  verified,
  harness,
  inconclusive,
  skipped,
  untestable,
  client,
  unreached,
  notSelected,
]

/** What the scenarios of a run show of each requirement, in the order of `requirements`. */
export function judgeRequirements(
  requirements: Iterable<Requirement>,
  scenarios: readonly ScenarioResult[],
  { run, messages }: { readonly run: RunRecord; readonly messages: RunMessages },
): readonly RequirementResult[] {
  const concerned = concernedBy(scenarios)
  const knownTags = new Set([...messages.known.values()].flatMap(({ tags }) => tags))
  return [...requirements].map((requirement) =>
    judgeRequirement(requirement, concerned.get(requirement.id) ?? [], { run, knownTags }),
  )
}

/** The scenarios that are tagged with a requirement or failed for it, by its id. */
function concernedBy(scenarios: readonly ScenarioResult[]): ReadonlyMap<string, readonly ScenarioResult[]> {
  const concerned = new Map<string, ScenarioResult[]>()
  for (const scenario of scenarios) {
    const { requirements, failure } = scenario
    for (const id of new Set([...requirements, ...(failure === null ? [] : [failure.requirement])])) {
      const known = concerned.get(id)
      if (known === undefined) concerned.set(id, [scenario])
      else known.push(scenario)
    }
  }
  return concerned
}

function judgeRequirement(
  requirement: Requirement,
  concerned: readonly ScenarioResult[],
  context: Pick<RequirementCase, 'run' | 'knownTags'>,
): RequirementResult {
  const { id } = requirement
  const tagged = concerned.filter(({ requirements }) => requirements.includes(id))
  const failing = concerned.filter(({ failure }) => failure?.requirement === id)
  const one: RequirementCase = { requirement, tagged, failing, ...context }
  const answer = RULES.map((rule) => rule(one)).find((given) => given !== null)
  return {
    requirement,
    ...(answer ?? notVerified('no-scenario')),
    scenarios: concerned,
  }
}

function violated({ failing }: RequirementCase): RequirementRuling | null {
  const fresh = failing.find(({ outcome }) => outcome === 'failed')
  return fresh === undefined ? null : { verdict: 'violated', reason: fresh.message }
}

function knownDeviation({ failing, run }: RequirementCase): RequirementRuling | null {
  const [known] = failing
  if (known === undefined) return null
  const entry = run.baseline?.entries[(known.baselineEntry ?? 0) - 1]
  return { verdict: 'known-deviation', reason: `${String(known.message)} (${entry?.reason ?? 'known'})` }
}

/** A MAY that does not hold is no violation, yet it is not verified either. */
function observed({ requirement, tagged }: RequirementCase): RequirementRuling | null {
  if (requirement.level !== 'MAY') return null
  const finding = tagged
    .filter(({ steps }) => steps.some(({ status }) => status === 'failed'))
    .flatMap(({ findings }) => findings)
    .find((one) => one.requirement === requirement.id)
  return finding === undefined ? null : notVerified(`observed: ${finding.text}`)
}

function blocked({ tagged }: RequirementCase): RequirementRuling | null {
  const stopped = tagged.find(({ failure }) => failure !== null)
  return stopped === undefined
    ? null
    : notVerified(`blocked: ${String(stopped.failure?.requirement)} ${String(stopped.message)}`)
}

function verified({ tagged }: RequirementCase): RequirementRuling | null {
  return tagged.some(({ outcome }) => outcome === 'passed' || outcome === 'unexpected-pass')
    ? { verdict: 'verified', reason: null }
    : null
}

function harness({ tagged }: RequirementCase): RequirementRuling | null {
  const broken = tagged.find(({ outcome }) => outcome === 'harness-error')
  return broken === undefined ? null : notVerified(`harness: ${String(broken.message)}`)
}

function inconclusive({ tagged }: RequirementCase): RequirementRuling | null {
  const open = tagged.find(({ outcome }) => outcome === 'inconclusive')
  return open === undefined ? null : notVerified(`inconclusive: ${String(open.message)}`)
}

function skipped({ tagged }: RequirementCase): RequirementRuling | null {
  const skip = tagged.map((scenario) => scenario.skip).find((given) => given !== null)
  return skip === undefined ? null : notVerified(`skipped:${skip.code}: ${skip.name} (${enabling(skip)})`)
}

function untestable({ requirement }: RequirementCase): RequirementRuling | null {
  return requirement.untestable === null ? null : notVerified(`untestable: ${requirement.untestable}`)
}

function heldBy({ tests }: Requirement): string {
  return tests.length === 0
    ? 'binds the client, of which a server shows nothing'
    : `the suite's own client is held to it by ${tests.join(', ')}`
}

function client({ requirement }: RequirementCase): RequirementRuling | null {
  return requirement.binds === 'client' ? notVerified(`client: ${heldBy(requirement)}`) : null
}

function unreached({ run }: RequirementCase): RequirementRuling | null {
  return run.preflight === null ? null : notVerified(`inconclusive: ${run.preflight}`)
}

function notSelected({ requirement, knownTags }: RequirementCase): RequirementRuling | null {
  return knownTags.has(requirement.id) ? notVerified('not-selected') : null
}

function notVerified(reason: string): RequirementRuling {
  return { verdict: 'not-verified', reason }
}

/** What would enable it; where a server makes use of what is left open, only what it does. */
function enabling({ code, enable }: Skip): string {
  return ['open', 'given-up', 'unimplemented', 'absent'].includes(code) ? enable : `to enable: ${enable}`
}
