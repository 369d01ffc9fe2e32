import { beforeAll, describe, expect, it } from 'vitest'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { SUITE_FAULTS_OF } from './faults.ts'
import { proving, type Proving } from './proofs.ts'

const PROVING_MS = 1_800_000

let found: Proving
beforeAll(async () => {
  found = await proving()
}, PROVING_MS)

describe.each(PROTOCOLS)('the scenarios of the requirement that a fault of the %s violates', (protocol) => {
  const faults = SUITE_FAULTS_OF[protocol].map(({ id, requirement }) => [id, requirement] as const)

  it.each(faults)('find out %s', (id, requirement) => {
    const proof = found.proofs.get(id)
    expect(proof).toMatchObject({ outcome: 'killed', exitCode: 1 })
    expect(proof?.violated).toContain(requirement)
  })
})

it('leaves no fault standing, and proves them in the order of the list', () => {
  expect(found.exitCode).toBe(0)
  expect([...found.proofs.keys()]).toEqual(
    PROTOCOLS.flatMap((one) => SUITE_FAULTS_OF[one].map(({ id }) => id)),
  )
})
