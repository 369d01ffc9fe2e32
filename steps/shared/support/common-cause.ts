import { CapabilityFailure, MissingCapability } from '#driver/capabilities/failures.ts'
import { Inconclusive, Violation, type Check } from './check.ts'
import type { EvidenceRecorder } from './evidence-recorder.ts'
import { GivenUp } from './outages.ts'

/** What of a scenario is needed to look for a cause. */
interface FailedScenario {
  readonly recorder: EvidenceRecorder
  readonly session: { readonly check: Check; assertOrdinary(): Promise<void> }
}

/** What an ordinary request may come to besides a violation, which leaves open what the cause is. */
const OPEN = [Inconclusive, CapabilityFailure, MissingCapability, GivenUp]

/**
 * A request that was refused says nothing of what its scenario asks where an ordinary one of its kind is refused
 * too. That is the violation then, and comes first in the evidence of the step; else the step's own stands.
 */
export async function findCause({ recorder, session }: FailedScenario): Promise<void> {
  await recorder.beforehand(async () => {
    try {
      await session.assertOrdinary()
    } catch (error) {
      if (![Violation, ...OPEN].some((known) => error instanceof known)) throw error
    }
  })
}
