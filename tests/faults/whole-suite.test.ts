import { beforeAll, describe, expect, it } from 'vitest'
import { proving, type Proving } from './proofs.ts'

const PROVING_MS = 600_000

/** Faults of every kind: what each violates, and which requirements follow from it, with the reason. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'RELAY-CODE-03/does-not-anchor-the-number': ['RELAY-CODE-03'],
  // SMS and calls have one status for too many
  'RELAY-CODE-05/answers-429': ['RELAY-CODE-05', 'RELAY-CODE-06'],
  'RELAY-VERIFY-07/looks-codes-up-for-all': ['RELAY-VERIFY-07'],
  // the MAC is keyed with other bytes than 32 to 51
  'RELAY-VERIFY-14/takes-the-mac-key-first': ['RELAY-PUSH-09', 'RELAY-VERIFY-14'],
  // every authenticated operation refuses a wrong password
  'RELAY-PUSHID-10/removes-for-anybody': ['RELAY-AUTH-03', 'RELAY-PUSHID-10'],
  'RELAY-MESSAGE-01/answers-204': ['RELAY-MESSAGE-01'],
  'RELAY-MESSAGE-09/omits-extra-devices': ['RELAY-MESSAGE-09'],
  'RELAY-MESSAGE-36/drops-the-second-of-two': ['RELAY-MESSAGE-36'],
  // no Base64 of the relay is padded
  'RELAY-PUSH-01/pads-the-payload': ['RELAY-ENCODING-06', 'RELAY-PUSH-01'],
  'RELAY-PUSH-10/leaves-the-iv-out': ['RELAY-PUSH-10'],
}

describe('the whole suite against one fault', () => {
  let found: Proving
  beforeAll(async () => {
    found = await proving('relay', Object.keys(EXPECTED), '--full')
  }, PROVING_MS)

  it.each(Object.entries(EXPECTED))('%s violates that and what follows from it', (id, violated) => {
    const proof = found.proofs.get(id)
    expect(proof?.violated.toSorted()).toEqual(violated)
    expect(proof).toMatchObject({ outcome: 'killed', exitCode: 1 })
  })
})
