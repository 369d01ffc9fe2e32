import { afterAll, beforeAll, expect, it } from 'vitest'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { shownBy } from '../control-client.ts'
import { touchstone, workplace, type Workplace } from './touchstone.ts'

let place: Workplace
let mock: RelayMock

beforeAll(async () => {
  place = workplace()
  mock = await startRelayMock({ seed: '1' })
})

afterAll(async () => {
  await mock.close()
  place.remove()
})

/** What a scenario that is cut short may still send, to put back what it changed. */
const PUT_BACK = 2

it('sends no more requests than it may but to put things back, skips the rest and is inconclusive', async () => {
  const asked = ['--only', 'RELAY-PUSHID', '--max-requests', '50']
  const args = ['verify', 'relay', '--url', mock.url, '--control', mock.control, ...asked]
  const { exitCode, stdout } = await touchstone(args, { cwd: place.path })
  const { entries } = (await shownBy(mock.control, '/journal')) as { readonly entries: readonly unknown[] }
  const sent = entries.length
  expect(exitCode).toBe(3)
  expect(sent).toBeGreaterThanOrEqual(50)
  expect(sent).toBeLessThanOrEqual(50 + PUT_BACK)
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
    new RegExp(`the budget was spent after ${sent} requests \\(max-requests\\): \\d+ scenarios not begun`),
  )
  expect(place.json('reports/run.json')).toMatchObject({ budget: { maxRequests: 50, requests: sent } })
})
