import { PROOF_OUTCOMES, type Proof, type ProofOutcome } from '#run/prove.ts'

const COLUMN = Math.max(...PROOF_OUTCOMES.map(({ length }) => length))

/** What is printed of a fault: one line, the other requirements that are violated, and why it is not killed. */
export function proofLines({ outcome, fault, requirement, violated, reasons, durationMs }: Proof): string {
  const others = violated.filter((id) => id !== requirement)
  const why = outcome === 'killed' ? [] : reasons
  const also = others.length === 0 ? [] : [`violated: ${others.join(', ')}`]
  const below = [...also, ...why].map((line) => `${' '.repeat(COLUMN + 2)}${line}\n`)
  return `${outcome.padEnd(COLUMN)}  ${fault} (${durationMs} ms)\n${below.join('')}`
}

/** The words of the last line, where they differ from the outcome's own. */
const COUNTED: Readonly<Partial<Record<ProofOutcome, string>>> = {
  'found-elsewhere': 'found elsewhere',
  broken: 'broke the harness',
}

/** How many faults there were, and how many of each outcome that occurred; killed and survived are always named. */
export function provingTotals(proofs: readonly Proof[]): string {
  const counts = PROOF_OUTCOMES.map((outcome) => ({
    outcome,
    count: proofs.filter((proof) => proof.outcome === outcome).length,
  }))
  const shown = counts
    .filter(({ outcome, count }) => count > 0 || outcome === 'killed' || outcome === 'survived')
    .map(({ outcome, count }) => `${count} ${COUNTED[outcome] ?? outcome}`)
  return `\n${proofs.length} faults: ${shown.join(', ')}\n`
}
