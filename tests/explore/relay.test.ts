import { afterEach, expect, it } from 'vitest'
import { peerCapabilities, CONTROL_CAPABILITIES, TARGET_DEFAULTS } from '#driver/target-defaults.ts'
import { mergeTarget } from '#driver/merge-target.ts'
import type { Exploration, ExploreOptions } from '#explore/exploration.ts'
import { PAIR_NAMES, startRelayPair, type RelayPair } from '#mocks/relay/pair.ts'
import type { RelayMockOptions } from '#mocks/relay/start.ts'
import { exploreTarget } from '#run/explored/explore-target.ts'
import { unlisted } from './unlisted-situations.ts'

const OPTIONS: ExploreOptions = {
  seed: 'test',
  runs: 6,
  forMs: 60_000,
  steps: 40,
  parties: 3,
  area: null,
  bursts: true,
  shrinkMs: 15_000,
  mostCounterexamples: 1,
}

let pair: RelayPair | null = null

afterEach(async () => {
  await pair?.close()
})

/** Walks a mock that differs from the usual one, with a peer that does not, and says what came of it. */
async function walked(
  { dialect = 'documented', ...differs }: Omit<RelayMockOptions, 'peers'>,
  options: Partial<ExploreOptions> = {},
): Promise<Exploration & { readonly unlisted: readonly string[] }> {
  pair = await startRelayPair({ seed: 'test', dialect, ...differs })
  const { relay, peer } = pair
  const federation = {
    name: PAIR_NAMES.peer,
    knownAs: PAIR_NAMES.relay,
    url: peer.url,
    ...peerCapabilities(peer.control),
  }
  const capabilities = { ...CONTROL_CAPABILITIES.relay(relay.control), federation }
  const target = mergeTarget(TARGET_DEFAULTS.relay, [
    { url: relay.url, dialect, capabilities, allow: ['writes', 'sends', 'destroys'] },
  ])
  const { exploration, operations } = await exploreTarget(
    {
      protocol: 'relay',
      targets: { relay: target, mstore: null },
      salt: 'test',
      options: { ...OPTIONS, ...options },
    },
    { interrupted: new AbortController().signal, now: () => Date.now() },
  )
  return { ...exploration, unlisted: unlisted({ exploration, operations }) }
}

it.each(['documented', 'deployed'] as const)(
  'finds nothing in a mock that is right, dialect %s',
  async (dialect) => {
    const { counterexamples, inconclusive, asks, unlisted } = await walked({ dialect })
    expect(counterexamples).toEqual([])
    expect(inconclusive).toBeNull()
    expect(unlisted).toEqual([])
    expect(asks).toBeGreaterThan(200)
  },
)

it.each([
  ['RELAY-CODE-11/forgets-sms-with-a-code-read-out', 'CODE'],
  ['RELAY-MESSAGE-29/keeps-until-there-is-a-push-id', 'MESSAGE'],
  ['RELAY-DIRECTORY-12/forgets-sms-of-several-devices', 'DIRECTORY'],
  ['RELAY-KEYS-11/changes-the-id-of-the-last-resort-key', 'PREKEY'],
])('finds %s, and shows it in few steps', async (fault, area) => {
  const { counterexamples } = await walked({ faults: [fault] }, { area, runs: 40 })
  expect(counterexamples).toHaveLength(1)
  expect(counterexamples[0]?.steps.length).toBeLessThan(10)
})
