import { beforeAll, describe, expect, it } from 'vitest'
import type { ProvedAreas } from './areas.ts'
import { FAULTS_OF } from './faults.ts'
import { areaOf, proving, type Proving } from './proofs.ts'

const PROVING_MS = 900_000

/** Declares a test for each fault of these areas: the scenarios of its requirement find it violated. */
export function killsEveryFaultOf({ protocol, areas }: ProvedAreas): void {
  describe(areas.join(', '), () => {
    let found: Proving
    beforeAll(async () => {
      found = await proving(protocol, areas)
    }, PROVING_MS)

    const faults = FAULTS_OF[protocol].filter(({ requirement }) => areas.includes(areaOf(requirement)))
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
