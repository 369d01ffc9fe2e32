import { afterEach, expect, it } from 'vitest'
import { mergeTarget } from '#driver/merge-target.ts'
import { CONTROL_CAPABILITIES, MOCK_TIMEOUTS, TARGET_DEFAULTS } from '#driver/target-defaults.ts'
import type { Exploration, ExploreOptions } from '#explore/exploration.ts'
import { startMStoreMock, type MStoreMock, type MStoreMockOptions } from '#mocks/mstore/start.ts'
import type { Dialect } from '#protocol/requirements.ts'
import { exploreTarget } from '#run/explored/explore-target.ts'

const OPTIONS: ExploreOptions = {
  seed: 'test',
  runs: 5,
  forMs: 60_000,
  steps: 40,
  parties: 2,
  area: null,
  bursts: true,
  shrinkMs: 15_000,
  mostCounterexamples: 1,
}

let mock: MStoreMock | null = null

afterEach(async () => {
  await mock?.close()
})

/** Walks a mock that differs from the usual one, and says what came of it. */
async function walked(
  differs: MStoreMockOptions,
  { dialect = 'documented', ...options }: Partial<ExploreOptions> & { readonly dialect?: Dialect } = {},
): Promise<Exploration> {
  mock = await startMStoreMock({ plain: true, seed: 'test', dialect, ...differs })
  const { url, control } = mock
  const capabilities = CONTROL_CAPABILITIES.mstore(control)
  const timeouts = MOCK_TIMEOUTS.mstore
  const target = mergeTarget(TARGET_DEFAULTS.mstore, [{ url, dialect, capabilities, timeouts }])
  const exploring = {
    protocol: 'mstore',
    targets: { relay: null, mstore: target },
    salt: 'test',
    options: { ...OPTIONS, ...options },
  } as const
  const surroundings = { interrupted: new AbortController().signal, now: () => Date.now() }
  return (await exploreTarget(exploring, surroundings)).exploration
}

it.each(['documented', 'deployed'] as const)(
  'finds nothing in a mock that is right, dialect %s',
  async (dialect) => {
    const { counterexamples, inconclusive, asks } = await walked({}, { dialect })
    expect(counterexamples).toEqual([])
    expect(inconclusive).toBeNull()
    expect(asks).toBeGreaterThan(150)
  },
)

it.each([
  ['MSTORE-PROFILE-26/loses-all-for-one', 'PROFILE'],
  ['MSTORE-PIN-14/compares-three-digits', 'PIN'],
  ['MSTORE-FOLDER-11/does-not-count', 'FOLDER'],
  ['MSTORE-FLAG-32/activates-all', 'FLAG'],
  ['MSTORE-BULKUPDATE-09/answers-each-mention', 'BULKUPDATE'],
])('finds %s, and shows it in few steps', async (fault, area) => {
  const { counterexamples } = await walked({ faults: [fault] }, { area, runs: 30 })
  expect(counterexamples).toHaveLength(1)
  expect(counterexamples[0]?.steps.length).toBeLessThan(6)
})
