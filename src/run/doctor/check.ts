import type { CapabilityFailure } from '#driver/capabilities/failures.ts'
import type { Risk } from '#protocol/requirements.ts'
import type { Target } from '#driver/target.ts'
import type { UndoRegister } from '#steps/shared/support/undo-register.ts'
import type { ConfigurationPath } from '../configuration-text.ts'

/** Whose a problem is: the target file says something wrong, or the target cannot be tested whatever the file says. */
export type Blame = 'file' | 'target'

/** What is said of one kind of problem. */
export interface Advice {
  readonly blame: Blame
  /** The key of the target file that is wrong, or is missing; null where no key would change it. */
  readonly at: ConfigurationPath | null
  /** What to do, beginning with a verb; what to write where it is in the file. `value` is what the check found out. */
  readonly todo: (value: string) => string
}

/** What a check found out of a target, as the checks behind it use it. */
export type Learned<Facts> = Partial<Facts>

/** What a check saw. */
export type CheckOutcome<Whole extends Target, Facts, Code extends string> =
  /** All is well. */
  | { readonly kind: 'well'; readonly said: string; readonly learned?: Learned<Facts> }
  /** Nothing is wrong, and yet worth knowing: what could not be looked at, and what would enable it. */
  | { readonly kind: 'note'; readonly said: string }
  | {
      readonly kind: 'wrong'
      readonly code: Code
      /** What was seen; of a capability its failure, whose own advice comes before that for the code. */
      readonly got: string | CapabilityFailure
      /** What the advice is given. */
      readonly value?: string
      /** The target as the file ought to describe it: the checks behind go on with it. */
      readonly mended?: Whole
      readonly learned?: Learned<Facts>
    }

/** One thing that is looked at. */
export interface DoctorCheck<Whole extends Target, Facts, Code extends string = string> {
  readonly name: string
  /** The checks that must have gone well, or been mended, before this one says anything. */
  readonly needs: readonly string[]
  /** What it does to a live system besides reading. */
  readonly risks: readonly Risk[]
  /** Why there is nothing to look at, which settles it; null where there is. */
  readonly idle?: (target: Whole) => string | null
  /** Looks; what it changes at the server it registers in `undo` before, so that it is put back when all is looked at. */
  readonly run: (
    target: Whole,
    facts: Learned<Facts>,
    undo: UndoRegister,
  ) => Promise<CheckOutcome<Whole, Facts, Code>>
  readonly advice: Readonly<Record<Code, Advice>>
}

/** A check whose advice is complete: there is a row for each problem that its run may find. */
export function check<Whole extends Target, Facts, Code extends string>(
  row: DoctorCheck<Whole, Facts, Code>,
): DoctorCheck<Whole, Facts> {
  return row
}

/** What came of one check, as it is shown. */
export type Diagnosed =
  | { readonly kind: 'well' | 'note' | 'untried'; readonly name: string; readonly said: string }
  | {
      readonly kind: 'wrong'
      readonly name: string
      readonly blame: Blame
      readonly at: ConfigurationPath | null
      readonly got: string
      readonly todo: string
    }
