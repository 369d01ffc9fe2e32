import { parseEnvelope, type Envelope } from '@cucumber/messages'
import { describe, expect, it } from 'vitest'
import { unstartedFilter } from './unstarted-filter.ts'

const started = envelope({ testCaseStarted: { id: 'a' } })
const skippedStep = envelope({
  testStepFinished: { testCaseStartedId: 'a', testStepResult: { status: 'SKIPPED' } },
})
const passedStep = envelope({
  testStepFinished: { testCaseStartedId: 'a', testStepResult: { status: 'PASSED' } },
})
const attachment = envelope({ attachment: { testCaseStartedId: 'a' } })
const finished = envelope({ testCaseFinished: { testCaseStartedId: 'a' } })
const runFinished = envelope({ testRunFinished: {} })

function envelope(content: object): Envelope {
  return parseEnvelope(JSON.stringify(content))
}

function recorded(stopping: boolean, envelopes: readonly Envelope[]): readonly Envelope[] {
  const out: Envelope[] = []
  const filter = unstartedFilter(
    () => stopping,
    (envelope) => out.push(envelope),
  )
  envelopes.forEach(filter)
  return out
}

describe('unstartedFilter', () => {
  const skipped = [started, skippedStep, skippedStep, finished, runFinished]

  it('leaves out a scenario of which nothing was begun while the run was stopping', () => {
    expect(recorded(true, skipped)).toEqual([runFinished])
  })

  it('keeps it while the run goes on', () => {
    expect(recorded(false, skipped)).toEqual(skipped)
  })

  it.each([
    ['that says in an attachment why it is skipped', [started, attachment, skippedStep, finished]],
    ['of which a step ran', [started, skippedStep, passedStep, skippedStep, finished]],
  ])('keeps a scenario %s, whole and in order', (_, envelopes) => {
    expect(recorded(true, envelopes)).toEqual(envelopes)
  })
})
