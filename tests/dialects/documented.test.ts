import { afterAll, beforeAll, expect, it } from 'vitest'
import { startRelayPair, type RelayPair } from '#mocks/relay/pair.ts'
import { loadRegister } from '#protocol/register.ts'
import { loadFeatures } from '#run/features.ts'
import { workplace, type Workplace } from '../cli/touchstone.ts'
import { WHOLE_SUITE_MS, wholeSuite } from './whole-suite.ts'

let place: Workplace
let pair: RelayPair

beforeAll(async () => {
  place = workplace()
  pair = await startRelayPair()
})

afterAll(async () => {
  await pair.close()
  place.remove()
})

/** What a server can show, and a scenario asks. */
function askedOfServers(): readonly string[] {
  const asked = new Set(loadFeatures('relay').flatMap(({ tags }) => tags))
  return [...loadRegister('relay').requirements.values()]
    .filter(({ id, binds, untestable }) => binds !== 'client' && untestable === null && asked.has(id))
    .map(({ id }) => id)
}

it(
  'a mock behind a URL is verified in all that a server can show, by two workers in a random order',
  async () => {
    const { url, control } = pair.relay
    const otherwise = ['--url', url, '--control', control, '--parallel', '2', '--order', 'random']
    const { exitCode, verified, violated } = await wholeSuite('relay', place, ...otherwise)
    expect({ exitCode, violated }).toEqual({ exitCode: 0, violated: [] })
    expect(verified).toEqual(askedOfServers())
    expect(verified.length).toBeGreaterThan(200)
  },
  WHOLE_SUITE_MS,
)
