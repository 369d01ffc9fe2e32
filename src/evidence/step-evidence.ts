import type { Exchange } from './exchange.ts'
import type { TakenApart } from './taken-apart.ts'

/** Media type of the attachment in which a step leaves its evidence in the message stream. */
export const EVIDENCE_MEDIA_TYPE = 'application/vnd.touchstone.evidence+json'

/** What a comparison says, in words. */
export interface ComparedWords {
  /** What was compared, e.g. `status of PUT /v1/accounts/gcm/`. */
  readonly thing: string
  readonly expected: string
  readonly got: string
}

/** One comparison of something the target did with what a requirement says. */
export interface Assertion extends ComparedWords {
  /** The requirement this comparison is made for, which need not be a tag of the scenario. */
  readonly requirement: string
  readonly ok: boolean
  /** The exchange that shows it, or null where the evidence is the capability's (a push, say). */
  readonly exchange: string | null
  /** What it says with names in place of all that is another in the next run; absent where that is the same. */
  readonly lasting?: ComparedWords
}

/** Something worth reporting that is no verdict: a MAY row's answer, which of two accepted readings was met. */
export interface Finding {
  readonly requirement: string
  readonly text: string
  /** The exchange that shows it; absent where it is none, or several. */
  readonly exchange?: string
}

/**
 * Why a scenario was not run: what is missing, and the line of the target file that would enable it. What is `absent`
 * the target file says the target has not; what is `given-up` failed for each party that needed it.
 */
export interface Skip {
  readonly code:
    'capability' | 'absent' | 'risk' | 'dialect' | 'open' | 'given-up' | 'budget' | 'unimplemented'
  /** The capability, risk, dialect, open requirement, operation or bound of the budget concerned. */
  readonly name: string
  /** What would enable it; of what is open or given up, what was seen. */
  readonly enable: string
}

/** What one step (or hook) of a scenario did and saw. */
export interface StepEvidence {
  readonly exchanges: readonly Exchange[]
  readonly assertions: readonly Assertion[]
  readonly findings: readonly Finding[]
  readonly skip: Skip | null
  /** Set when the step ended because nothing can be said: the target was unreachable, or a capability failed. */
  readonly inconclusive: string | null
  /** What was sent or received and is worth a look inside; absent where there is nothing of the kind. */
  readonly takenApart?: readonly TakenApart[]
}
