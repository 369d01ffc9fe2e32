import { expect, it } from 'vitest'
import { EvidenceRecorder } from '../../shared/support/evidence-recorder.ts'
import { Check, Violation } from '../../shared/support/check.ts'
import { assertIds } from './device-lists.ts'
import type { RelaySession } from './session.ts'

const ID = 'RELAY-MESSAGE-07'

/** What is said where the body of an answer should list these extra devices and does not. */
function said(body: string, expected: readonly number[]) {
  const recorder = new EvidenceRecorder()
  recorder.begin()
  const session = {
    check: new Check(recorder, ID, (text) => text),
    turn: { observed: { answer: { body: Buffer.from(body) }, exchange: 'x' } },
    parties: () => [],
  }
  expect(() => {
    assertIds(session as unknown as RelaySession, 'extraDevices', expected)
  }).toThrow(Violation)
  return recorder.end()?.assertions.at(-1)
}

it('says the same of a member that is absent, whatever it should hold', () => {
  const absent = said('{"missingDevices":[]}', [3])
  expect(absent).toMatchObject({
    requirement: 'RELAY-MESSAGE-09',
    thing: 'extraDevices',
    expected: 'a list of device ids',
    got: 'no member extraDevices',
  })
  expect(said('{"missingDevices":[]}', [7, 8])).toEqual(absent)
})

it('says which ids a member holds that is there', () => {
  expect(said('{"extraDevices":[]}', [3])).toMatchObject({ requirement: ID, expected: '[3]', got: '[]' })
})
