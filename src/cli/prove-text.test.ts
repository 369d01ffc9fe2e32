import { expect, test } from 'vitest'
import type { Proof, ProofOutcome } from '#run/prove.ts'
import { proofLines, provingTotals } from './prove-text.ts'

const OWN = 'RELAY-MESSAGE-07'
const OTHER = 'RELAY-MESSAGE-01'

function proof(outcome: ProofOutcome, violated: readonly string[] = []): Proof {
  const reasons = ['1 MUST requirement violated']
  return {
    ...{ fault: `${OWN}/forgets`, requirement: OWN, outcome, violated, reasons },
    ...{ exitCode: 1, scenarios: 2, durationMs: 5 },
  }
}

test('a fault that is killed is one line, and one for what else is violated', () => {
  expect(proofLines(proof('killed', [OWN]))).toBe('killed           RELAY-MESSAGE-07/forgets (5 ms)\n')
  expect(proofLines(proof('killed', [OWN, OTHER]))).toMatch(/\n +violated: RELAY-MESSAGE-01\n$/)
})

test('a fault that is found elsewhere says where, and why it is not killed', () => {
  expect(proofLines(proof('found-elsewhere', [OTHER]))).toMatch(
    /^found-elsewhere {2}RELAY-MESSAGE-07\S+ .*\n +violated: RELAY-MESSAGE-01\n +1 MUST requirement violated\n$/,
  )
})

test('the totals name each outcome that occurred, and always killed and survived', () => {
  expect(provingTotals([proof('killed')])).toBe('\n1 faults: 1 killed, 0 survived\n')
  const mixed = ['killed', 'found-elsewhere', 'interrupted', 'broken'] as const
  expect(provingTotals(mixed.map((outcome) => proof(outcome)))).toBe(
    '\n4 faults: 1 killed, 1 found elsewhere, 0 survived, 1 interrupted, 1 broke the harness\n',
  )
})
