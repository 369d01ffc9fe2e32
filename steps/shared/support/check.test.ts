import { expect, it } from 'vitest'
import { Check, Violation, type Comparison } from './check.ts'
import { EvidenceRecorder } from './evidence-recorder.ts'

const ID = 'RELAY-MESSAGE-07'

/** The assertion that a comparison leaves, and whether it ended the step. */
function made(comparison: Comparison, prepare: (check: Check) => void = () => undefined) {
  const recorder = new EvidenceRecorder()
  recorder.begin()
  const check = new Check(recorder, ID, (text) => text.replaceAll('pa55', '‹password›'))
  prepare(check)
  let violation: unknown = null
  try {
    check.that(comparison)
  } catch (error) {
    violation = error
  }
  return { assertion: recorder.end()?.assertions[0], violation }
}

const token = { thing: 'token', expected: 'none', got: 'u2RxMY8DaFi7xQ', holds: false }

it('says what it compared, and nothing more where that is the same in every run', () => {
  const compared = { thing: 'status', expected: '401', got: '200', holds: false }
  const { assertion, violation } = made(compared)
  expect(assertion).toEqual({
    requirement: ID,
    thing: 'status',
    expected: '401',
    got: '200',
    ok: false,
    exchange: null,
  })
  expect(violation).toEqual(new Violation(`${ID}: status: expected 401, got 200`))
})

it('says beside a drawn value what is the same in every run', () => {
  const named = made(token, (check) => {
    check.name('u2RxMY8DaFi7xQ', 'token of Bob')
  })
  expect(named.assertion).toMatchObject({
    got: 'u2RxMY8DaFi7xQ',
    lasting: { ...{ thing: 'token', expected: 'none' }, got: '‹token of Bob›' },
  })
  const said = made({ ...token, got: '3 of 10', lasting: { got: 'fewer' } })
  expect(said.assertion).toMatchObject({ got: '3 of 10', lasting: { got: 'fewer' } })
})

it('says nothing lasting of what holds', () => {
  expect(made({ ...token, holds: true }).assertion?.lasting).toBeUndefined()
})

it('has no secret in either, and a word for an empty text', () => {
  const { assertion } = made({ thing: 'a', expected: '', got: 'pa55 1400550037', holds: false })
  expect(assertion).toMatchObject({
    expected: 'nothing',
    got: '‹password› 1400550037',
    lasting: { got: '‹password› ‹number›' },
  })
})
