import type { Ledger } from '#driver/ledger.ts'
import type { Secrets } from '#driver/secrets.ts'
import type { Targets } from '#driver/target.ts'
import type { Check } from './check.ts'
import type { EvidenceRecorder } from './evidence-recorder.ts'
import type { Outages } from './outages.ts'
import type { Permit } from './permit.ts'
import type { Randomness } from './randomness.ts'

/** What one scenario is made of: how it asserts, draws and records, its secrets, and the targets of the run. */
export interface ScenarioServices {
  readonly check: Check
  readonly permit: Permit
  /** Where changes are written down before they are made; absent where the servers do not outlive the run. */
  readonly ledger?: Ledger | undefined
  readonly random: Randomness
  readonly recorder: EvidenceRecorder
  readonly secrets: Secrets
  readonly targets: Targets
  /** What the run has given up; a walk gives up nothing. */
  readonly outages?: Outages
}
