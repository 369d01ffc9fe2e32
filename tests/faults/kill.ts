import { beforeAll, describe, expect, it } from 'vitest'
import { FAULTS } from '#mocks/relay/faults.ts'
import { areaOf, proving, type Proving } from './proofs.ts'

const PROVING_MS = 600_000

/** Declares a test for each fault of these areas: the scenarios of its requirement find it violated. */
export function killsEveryFaultOf(areas: readonly string[]): void {
  describe(areas.join(', '), () => {
    let found: Proving
    beforeAll(async () => {
      found = await proving(areas)
    }, PROVING_MS)

    const faults = FAULTS.filter(({ requirement }) => areas.includes(areaOf(requirement)))
    it.each(faults.map(({ id, requirement }) => [id, requirement]))('%s is found out', (id, requirement) => {
      const proof = found.proofs.get(id)
      expect(proof).toMatchObject({ outcome: 'killed', exitCode: 1 })
      expect(proof?.violated).toContain(requirement)
    })

    it('leaves no fault standing', () => {
      expect(found.exitCode).toBe(0)
      expect(found.proofs.size).toBe(faults.length)
    })
  })
}
