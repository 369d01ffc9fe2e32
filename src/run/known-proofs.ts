import type { Protocol } from '#protocol/requirements.ts'
import type { Proofs } from '#report/proofs.ts'

/** What the mocks of these protocols can be given, by requirement: what its scenarios were proved by. */
export async function knownProofs(protocols: readonly Protocol[]): Promise<ReadonlyMap<string, Proofs>> {
  const lists = await Promise.all(protocols.map((protocol) => LISTS[protocol]()))
  const proofs = new Map<string, Proofs>()
  const add = (kind: keyof Proofs, { id, requirement }: MockEntry): void => {
    const known = proofs.get(requirement) ?? { killers: [], variants: [] }
    proofs.set(requirement, { ...known, [kind]: [...known[kind], id] })
  }
  for (const { faults, variants } of lists) {
    for (const fault of faults) if (fault.foundBy === 'scenarios') add('killers', fault)
    for (const variant of variants) add('variants', variant)
  }
  return proofs
}

interface MockEntry {
  readonly id: string
  readonly requirement: string
}

interface MockLists {
  readonly faults: readonly (MockEntry & { readonly foundBy: 'scenarios' | 'walks' })[]
  readonly variants: readonly MockEntry[]
}

const LISTS: Readonly<Record<Protocol, () => Promise<MockLists>>> = {
  relay: async () => ({
    faults: (await import('#mocks/relay/faults.ts')).FAULTS,
    variants: (await import('#mocks/relay/variants.ts')).VARIANTS,
  }),
  mstore: async () => ({
    faults: (await import('#mocks/mstore/faults.ts')).FAULTS,
    variants: (await import('#mocks/mstore/variants.ts')).VARIANTS,
  }),
}
