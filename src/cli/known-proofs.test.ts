import { expect, test } from 'vitest'
import { loadFaults } from './fault-selection.ts'
import { loadVariants } from './variant-selection.ts'
import { knownProofs } from '#run/known-proofs.ts'

test('what requirements were proved by are the faults that scenarios find and the variants, by the ids that the command line knows', async () => {
  const proofs = await knownProofs(['relay', 'mstore'])
  const all = [...proofs].flatMap(([id, { killers, variants }]) =>
    [...killers, ...variants].map((proof) => ({ id, proof })),
  )
  expect(all.every(({ id, proof }) => proof.startsWith(`${id}/`))).toBe(true)
  const faults = (await loadFaults(['relay', 'mstore'])).filter(({ foundBy }) => foundBy === 'scenarios')
  const variants = await loadVariants(['relay', 'mstore'])
  expect(all.map(({ proof }) => proof).sort()).toEqual([...faults, ...variants].map(({ id }) => id).sort())
})

test('those of one protocol are of that alone', async () => {
  expect([...(await knownProofs(['relay'])).keys()].every((id) => id.startsWith('RELAY-'))).toBe(true)
})
