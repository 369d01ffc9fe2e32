import { afterAll, beforeAll, expect, it } from 'vitest'
import { startRelayPair, type RelayPair } from '#mocks/relay/pair.ts'
import { touchstone, workplace, type Workplace } from './touchstone.ts'

let pair: RelayPair
let place: Workplace
let embedded: ReadonlyMap<string, string>

interface Summary {
  readonly requirements: readonly { readonly id: string; readonly verdict: string; readonly level: string }[]
}

beforeAll(async () => {
  pair = await startRelayPair()
  place = workplace()
  embedded = await verdicts('embedded')
}, 240_000)

afterAll(async () => {
  await pair.close()
  place.remove()
})

/** The verdict of each requirement in a run of the whole suite. */
async function verdicts(name: string, ...options: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { exitCode } = await touchstone(['verify', 'relay', '--reports', place.file(name), ...options])
  expect(exitCode).toBe(0)
  const { requirements } = place.json(`${name}/summary.json`) as Summary
  return new Map(requirements.map(({ id, verdict }) => [id, verdict]))
}

it('verifies every testable requirement on the bundled mock', () => {
  expect([...embedded.values()].filter((verdict) => verdict === 'verified').length).toBeGreaterThan(200)
  expect([...embedded.values()].filter((verdict) => verdict === 'violated')).toEqual([])
})

it('comes to the same verdicts with a mock behind a URL, two workers and a random order, all at once', async () => {
  const { url, control } = pair.relay
  const otherwise = ['--url', url, '--control', control, '--parallel', '2', '--order', 'random']
  expect(await verdicts('otherwise', ...otherwise)).toEqual(embedded)
}, 240_000)
