import type { Envelope } from '@cucumber/messages'
import { describe, expect, it } from 'vitest'
import { failureWatch } from './failure-watch.ts'

function step(scenario: string, status: string): Envelope {
  const testStepFinished = { testCaseStartedId: scenario, testStepResult: { status } }
  return { testStepFinished } as unknown as Envelope
}

function end(scenario: string, willBeRetried = false): Envelope {
  return { testCaseFinished: { testCaseStartedId: scenario, willBeRetried } } as unknown as Envelope
}

/** Whether a scenario has failed with the last of these messages. */
function lastOf(...envelopes: readonly Envelope[]): boolean | undefined {
  return envelopes.map(failureWatch()).at(-1)
}

describe('failureWatch', () => {
  it.each(['FAILED', 'UNDEFINED', 'AMBIGUOUS', 'PENDING'])(
    'sees the end of a scenario with a step %s',
    (status) => {
      expect(lastOf(step('a', 'PASSED'), step('a', status), step('a', 'SKIPPED'), end('a'))).toBe(true)
    },
  )

  it.each(['PASSED', 'SKIPPED'])('sees nothing wrong with a step %s', (status) => {
    expect(lastOf(step('a', status), end('a'))).toBe(false)
  })

  it('waits for the end of the scenario that failed, and for its last attempt', () => {
    expect(lastOf(step('a', 'FAILED'))).toBe(false)
    expect(lastOf(step('a', 'FAILED'), end('b'))).toBe(false)
    expect(lastOf(step('a', 'FAILED'), end('a', true))).toBe(false)
    expect(lastOf(step('a', 'FAILED'), end('a', true), step('a2', 'PASSED'), end('a2'))).toBe(false)
  })
})
