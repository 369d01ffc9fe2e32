import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startMStoreMock, type MStoreMock } from '#mocks/mstore/start.ts'
import { workplace, type Workplace } from '../cli/touchstone.ts'
import { WHOLE_SUITE_MS, wholeSuite } from './whole-suite.ts'

/** What the deployed service does otherwise than the mStore spec says, as far as a mock of it shows. */
const DEVIATIONS: readonly string[] = [
  'MSTORE-PROFILE-20', // E-12: visual voicemail cannot be switched off
  'MSTORE-FOLDER-06', // E-05: a plain query is answered 504
  'MSTORE-UPLOAD-05', // E-10: nothing is uploaded to the voicemails
]

/** What else asks for a folder with the plain query, and so is answered 504 (E-05). */
const FOLLOWING: readonly string[] = ['MSTORE-FOLDER-01', 'MSTORE-FOLDER-02']

let place: Workplace
let mock: MStoreMock

beforeAll(async () => {
  mock = await startMStoreMock({ dialect: 'deployed', plain: true })
})

afterAll(async () => {
  await mock.close()
})

beforeEach(() => {
  place = workplace()
})

afterEach(() => {
  place.remove()
})

it(
  'deviates from the mStore spec in exactly what is known of it',
  async () => {
    const where = ['--url', mock.url, '--control', mock.control]
    const { exitCode, violated, verified } = await wholeSuite('mstore', place, ...where)
    expect(exitCode).toBe(1)
    expect(violated.toSorted()).toEqual([...DEVIATIONS, ...FOLLOWING].toSorted())
    expect(verified.length).toBeGreaterThan(230)
  },
  WHOLE_SUITE_MS,
)
