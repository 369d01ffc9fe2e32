import { PROOF_OUTCOMES, type Proof, type ProofOutcome } from '#run/prove.ts'
import { trialLines, trialTotals } from './trials.ts'

const COLUMN = Math.max(...PROOF_OUTCOMES.map(({ length }) => length))

/** What is printed of a fault: one line, the other requirements that are violated, and why it is not killed. */
export function proofLines({ outcome, fault, requirement, violated, reasons, durationMs }: Proof): string {
  const others = violated.filter((id) => id !== requirement)
  const why = outcome === 'killed' ? [] : reasons
  const also = others.length === 0 ? [] : [`violated: ${others.join(', ')}`]
  return trialLines(outcome, COLUMN, [`${fault} (${durationMs} ms)`, ...also, ...why])
}

/** The words of the last line, where they differ from the outcome's own. */
const COUNTED: Readonly<Partial<Record<ProofOutcome, string>>> = {
  'found-elsewhere': 'found elsewhere',
  broken: 'broke the harness',
}

/** How many faults there were, and how many of each outcome that occurred; killed and survived are always named. */
export function provingTotals(proofs: readonly Proof[]): string {
  const words = PROOF_OUTCOMES.map(
    (outcome) =>
      [outcome, COUNTED[outcome] ?? outcome, outcome === 'killed' || outcome === 'survived'] as const,
  )
  const outcomes = proofs.map(({ outcome }) => outcome)
  return trialTotals('faults', outcomes, words)
}
