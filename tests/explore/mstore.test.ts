import { afterEach, expect, it } from 'vitest'
import { mergeTarget, type TargetPart } from '#driver/merge-target.ts'
import type { GbaSource, MStoreTarget } from '#driver/target.ts'
import { CONTROL_CAPABILITIES, MOCK_TIMEOUTS, TARGET_DEFAULTS } from '#driver/target-defaults.ts'
import type { Exploration, ExploreOptions } from '#explore/exploration.ts'
import { startMStoreMock, type MStoreMock, type MStoreMockOptions } from '#mocks/mstore/start.ts'
import type { Dialect } from '#protocol/requirements.ts'
import { exploreTarget } from '#run/explored/explore-target.ts'
import { askControl, shownBy } from '../control-client.ts'
import { unlisted } from './unlisted-situations.ts'

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

const controlled = ({ control }: MStoreMock): Promise<TargetPart<MStoreTarget>> =>
  Promise.resolve({ capabilities: CONTROL_CAPABILITIES.mstore(control) })

const MSISDN = '+15555558264'

/** One mailbox with three voicemails in it, and no means to make others. */
async function oneMailbox({ control }: MStoreMock): Promise<TargetPart<MStoreTarget>> {
  const { json } = await askControl(control, 'POST /subscribers', { msisdn: MSISDN })
  for (let left = 0; left < 3; left += 1) await askControl(control, 'POST /voicemails', { msisdn: MSISDN })
  const { isim, bsf } = json as unknown as Pick<Extract<GbaSource, { kind: 'isim' }>, 'isim' | 'bsf'>
  const gba = { kind: 'isim', isim, bsf } as const
  return { mailbox: MSISDN, capabilities: { gba, greeting: true } }
}

interface WalkedMock extends Partial<ExploreOptions> {
  readonly dialect?: Dialect
  /** What the target file says besides; by default the control plane supplies everything. */
  readonly described?: (mock: MStoreMock) => Promise<TargetPart<MStoreTarget>>
}

/** Walks a mock that differs from the usual one, and says what came of it. */
async function walked(
  differs: MStoreMockOptions,
  { dialect = 'documented', described = controlled, ...options }: WalkedMock = {},
): Promise<Exploration & { readonly unlisted: readonly string[] }> {
  mock = await startMStoreMock({ plain: true, seed: 'test', dialect, ...differs })
  const part = await described(mock)
  const timeouts = MOCK_TIMEOUTS.mstore
  const target = mergeTarget<MStoreTarget>(TARGET_DEFAULTS.mstore, [
    { url: mock.url, dialect, timeouts },
    part,
  ])
  const exploring = {
    protocol: 'mstore',
    targets: { relay: null, mstore: target },
    salt: 'test',
    options: { ...OPTIONS, ...options },
  } as const
  const surroundings = { interrupted: new AbortController().signal, now: () => Date.now() }
  const explored = await exploreTarget(exploring, surroundings)
  return { ...explored.exploration, unlisted: unlisted(explored) }
}

it.each(['documented', 'deployed'] as const)(
  'finds nothing in a mock that is right, dialect %s',
  async (dialect) => {
    const { counterexamples, inconclusive, asks, unlisted } = await walked({}, { dialect })
    expect(counterexamples).toEqual([])
    expect(inconclusive).toBeNull()
    expect(unlisted).toEqual([])
    expect(asks).toBeGreaterThan(150)
  },
)

it('walks one mailbox, and leaves it as it was', async () => {
  const exploration = await walked({}, { described: oneMailbox, runs: 6 })
  const { counterexamples, inconclusive, leftBehind, reached } = exploration
  expect({ counterexamples, inconclusive, leftBehind }).toEqual({
    counterexamples: [],
    inconclusive: null,
    leftBehind: [],
  })
  expect(reached.map(({ operation }) => operation)).toEqual(
    expect.arrayContaining(['upload a greeting', 'set a flag', 'write the profile', 'list a folder']),
  )
  const { subscribers } = await shownBy(mock?.control ?? '', '/subscribers')
  expect(subscribers).toMatchObject([{ voicemails: 3, greetings: 0 }])
})

it.each([
  ['MSTORE-PROFILE-26/loses-all-for-one', 'PROFILE'],
  ['MSTORE-PIN-14/compares-three-digits', 'PIN'],
  ['MSTORE-FOLDER-11/does-not-count', 'FOLDER'],
])('finds %s, and shows it in few steps', async (fault, area) => {
  const { counterexamples } = await walked({ faults: [fault] }, { area, runs: 30 })
  expect(counterexamples).toHaveLength(1)
  expect(counterexamples[0]?.steps.length).toBeLessThan(6)
})
