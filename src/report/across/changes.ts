import type { Requirement } from '#protocol/register.ts'
import type { RequirementResult } from '#verdict/requirement-verdict.ts'
import { reasonText } from '../not-verified.ts'
import type { NamedRun } from './named-run.ts'

/** In which ways what is said of a requirement can change between two runs, the worst first. */
export const CHANGE_KINDS = [
  'newly violated',
  'no longer verified',
  'newly a known deviation',
  'no longer looked at',
  'fixed',
  'newly verified',
] as const

/** In which way what is said of a requirement changed. */
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** The changes that make the later run worse than the earlier one. */
export const REGRESSIONS: readonly ChangeKind[] = ['newly violated', 'no longer verified']

/** One requirement of which two runs say something else. */
export interface RequirementChange {
  readonly kind: ChangeKind
  readonly requirement: Requirement
  /** What was seen, or in words why it is not verified, in the later run; null where it is verified. */
  readonly reason: string | null
  /** The requirement whose violation stopped every scenario of this one; null where that is not the reason. */
  readonly blockedBy: string | null
  /** Requirements that the later run could not verify because this one is newly violated. */
  readonly blocks: readonly string[]
}

type Said = Pick<RequirementResult, 'verdict' | 'reason'>

/** The rules, the first that applies decides; a requirement of which none applies did not change. */
const KINDS: readonly (readonly [ChangeKind, (before: Said, after: Said) => boolean])[] = [
  ['newly violated', (before, after) => after.verdict === 'violated' && before.verdict !== 'violated'],
  [
    'newly a known deviation',
    (before, after) => after.verdict === 'known-deviation' && !failing.includes(before.verdict),
  ],
  ['fixed', (before, after) => failing.includes(before.verdict) && after.verdict === 'verified'],
  [
    'no longer looked at',
    (before, after) => failing.includes(before.verdict) && after.verdict === 'not-verified',
  ],
  [
    'no longer verified',
    (before, after) => before.verdict === 'verified' && after.verdict === 'not-verified',
  ],
  ['newly verified', (before, after) => before.verdict === 'not-verified' && after.verdict === 'verified'],
]

const failing: readonly RequirementResult['verdict'][] = ['violated', 'known-deviation']

/**
 * What changed of each requirement that both runs judge, the worst kinds first, in the order of the register.
 * A requirement that only a newly violated one keeps from being verified is named there, not by itself.
 */
export function requirementChanges(before: NamedRun, after: NamedRun): readonly RequirementChange[] {
  const earlier = new Map(before.verdicts.requirements.map((result) => [result.requirement.id, result]))
  const changes = after.verdicts.requirements.flatMap((later) =>
    change(earlier.get(later.requirement.id), later),
  )
  const culprits = new Set(changes.filter(({ kind }) => kind === 'newly violated').map(idOf))
  const isBlocked = ({ kind, blockedBy: culprit }: RequirementChange): boolean =>
    kind === 'no longer verified' && culprit !== null && culprits.has(culprit)
  const blocked = changes.filter(isBlocked)
  return changes
    .filter((one) => !isBlocked(one))
    .map((one) => ({ ...one, blocks: blocked.filter((other) => other.blockedBy === idOf(one)).map(idOf) }))
    .sort((one, other) => CHANGE_KINDS.indexOf(one.kind) - CHANGE_KINDS.indexOf(other.kind))
}

function change(earlier: RequirementResult | undefined, later: RequirementResult): RequirementChange[] {
  if (earlier === undefined) return []
  const kind = KINDS.find(([, applies]) => applies(earlier, later))?.[0]
  return kind === undefined
    ? []
    : [
        {
          kind,
          requirement: later.requirement,
          reason: reasonText(later),
          blockedBy: blockedBy(later),
          blocks: [],
        },
      ]
}

function idOf({ requirement }: RequirementChange): string {
  return requirement.id
}

function blockedBy({ reason }: RequirementResult): string | null {
  return /^blocked: (\S+)/.exec(reason ?? '')?.[1] ?? null
}
