import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startRelayPair, type RelayPair } from '#mocks/relay/pair.ts'
import { workplace, type Workplace } from '../cli/touchstone.ts'
import { WHOLE_SUITE_MS, wholeSuite } from './whole-suite.ts'

/** What version 0.8 of the official server does otherwise than the relay spec says, as far as a mock of it shows. */
const DEVIATIONS: readonly string[] = [
  'RELAY-CODE-04', // E-09: 422
  'RELAY-VERIFY-01', // E-08: 204
  'RELAY-VERIFY-04', // E-12: 500 for a token of three characters
  'RELAY-VERIFY-23', // E-53: a password ends at its colon
  'RELAY-PUSHID-01', // E-08
  'RELAY-PUSHID-02', // E-08
  'RELAY-PUSHID-05', // E-10: 400
  'RELAY-PUSHID-06', // E-10
  'RELAY-PUSHID-08', // E-08
  'RELAY-PUSHID-09', // E-08
  'RELAY-KEYS-01', // E-08
  'RELAY-KEYS-03', // E-10
  'RELAY-KEYS-06', // E-10, and 500 for half a last resort key
  'RELAY-DIRECTORY-05', // E-47: 500 for one character
  'RELAY-DIRECTORY-06', // E-47: other lengths match no account
  'RELAY-DIRECTORY-08', // E-10
  'RELAY-DIRECTORY-18', // E-47: 500 for null, 200 for a number
  'RELAY-MESSAGE-01', // E-08
  'RELAY-MESSAGE-03', // E-10
  'RELAY-MESSAGE-20', // E-17: the end of an unpadded body is lost
  'RELAY-MESSAGE-31', // messages for a peer's account with two devices are refused as stale
  'RELAY-MESSAGE-44', // E-12: a body of one byte is too short a text
  'RELAY-PUSH-01', // E-16: padded
  'RELAY-ENCODING-06', // E-16
  'RELAY-ENCODING-14', // E-66: a gzip stream is unpacked
]

/** Deviations of that server that the suite attributes to another requirement, which says the same of all such cases. */
const ATTRIBUTED_TO: ReadonlyMap<string, readonly string[]> = new Map([
  // E-24: keyId 0 is left out, so an entry lacks a member that every entry has
  ['RELAY-KEYS-10', ['RELAY-PREKEY-02']],
  // E-32: the registration id of a second device is dropped, so the right one is stale
  ['RELAY-MESSAGE-27', ['RELAY-MESSAGE-15', 'RELAY-MESSAGE-17']],
  // E-16: padding is one fault, however the payload travels
  ['RELAY-PUSH-03', ['RELAY-PUSH-01']],
])

/**
 * E-41: the server has no such limiter, so it declares none, so the scenario is skipped. The one deviation
 * besides that is not seen is the losing side of a database race (RELAY-PREKEY-04): the mock has no races.
 */
const UNLIMITED = 'RELAY-ATTACHMENT-10'

let place: Workplace
let pair: RelayPair

beforeAll(async () => {
  pair = await startRelayPair({ dialect: 'deployed' })
})

afterAll(async () => {
  await pair.close()
})

beforeEach(() => {
  place = workplace()
})

afterEach(() => {
  place.remove()
})

it(
  'deviates from the relay spec in exactly what is known of it',
  async () => {
    const { url, control } = pair.relay
    const { exitCode, violated, verified } = await wholeSuite(
      'relay',
      place,
      '--url',
      url,
      '--control',
      control,
    )
    const elsewhere = [...ATTRIBUTED_TO.values()].flat()
    expect(exitCode).toBe(1)
    expect(violated.toSorted()).toEqual([...new Set([...DEVIATIONS, ...elsewhere])].toSorted())
    expect(verified.filter((id) => ATTRIBUTED_TO.has(id))).toEqual([])
    expect(verified).not.toContain(UNLIMITED)
  },
  WHOLE_SUITE_MS,
)
