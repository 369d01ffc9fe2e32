import type { Protocol } from '#protocol/requirements.ts'
import type { Proofs } from '#report/proofs.ts'
import { MOCK_FAULTS, MOCK_VARIANTS } from './mock-lists.ts'

/** What the mocks of these protocols can be given, by requirement: what its scenarios were proved by. */
export async function knownProofs(protocols: readonly Protocol[]): Promise<ReadonlyMap<string, Proofs>> {
  const proofs = new Map<string, Proofs>()
  const add = (kind: keyof Proofs, { id, requirement }: MockEntry): void => {
    const known = proofs.get(requirement) ?? { killers: [], variants: [] }
    proofs.set(requirement, { ...known, [kind]: [...known[kind], id] })
  }
  for (const protocol of protocols) {
    for (const fault of await MOCK_FAULTS[protocol]())
      if (fault.foundBy === 'scenarios') add('killers', fault)
    for (const variant of await MOCK_VARIANTS[protocol]()) add('variants', variant)
  }
  return proofs
}

interface MockEntry {
  readonly id: string
  readonly requirement: string
}
