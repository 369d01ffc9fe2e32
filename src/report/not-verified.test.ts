import { expect, test } from 'vitest'
import { RUN, sampleStream } from '../../tests/golden/sample-run.ts'
import { requirements } from '../../tests/golden/message-stream.ts'
import { judge } from '#verdict/judge.ts'
import type { RequirementResult } from '#verdict/requirement-verdict.ts'
import { reasonText } from './not-verified.ts'

const [requirement] = requirements({
  id: 'RELAY-CODE-01',
  tests: ['src/protocol/relay/frame.test.ts'],
}).values()

function textOf(reason: string, changes: Partial<RequirementResult> = {}): string | null {
  if (requirement === undefined) return null
  return reasonText({ requirement, verdict: 'not-verified', reason, scenarios: [], ...changes })
}

test.each([
  ['not-selected', 'Not selected for this run.'],
  ['no-scenario', 'No scenario is about it.'],
  ['untestable: it is a wish', 'Untestable: it is a wish'],
  ['client: held to it', "Binds the client; tests hold Touchstone's own client to it."],
  ['inconclusive: no answer', 'Inconclusive: no answer'],
  [
    'blocked: RELAY-CODE-02 status: expected 200, got 500',
    'Could not be judged because of a violation: RELAY-CODE-02 status: expected 200, got 500',
  ],
  ['observed: got 404', 'Optional and absent: got 404'],
  ['harness: it threw', 'Harness error: it threw'],
])('the reason "%s" reads as a sentence', (reason, text) => {
  expect(textOf(reason)).toBe(text)
})

test('what was skipped says so in the words of the list of skips', () => {
  const { requirements: results } = judge(
    sampleStream(),
    RUN,
    requirements({ id: 'RELAY-PUSH-01' }, { id: 'RELAY-PUSH-02' }),
  )
  expect(results.map(reasonText)).toContain('Skipped: without capability pushes; capabilities: { pushes: … }')
})

test('what was seen stays as it is', () => {
  expect(textOf('status: expected 200, got 500', { verdict: 'violated' })).toBe(
    'status: expected 200, got 500',
  )
})
