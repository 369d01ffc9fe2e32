import { afterAll, beforeAll, expect, it } from 'vitest'
import { startRelayPair, type RelayPair } from '#mocks/relay/pair.ts'
import { askControl } from '../control-client.ts'
import { workplace, type Workplace } from '../cli/touchstone.ts'
import { verifyDeployment } from './deployment.ts'

const WINDOWED = 'RELAY-ENCODING-20/counts-by-windows'
const WINDOW_MS = 1000

let place: Workplace
let pair: RelayPair

beforeAll(async () => {
  place = workplace()
  pair = await startRelayPair({ seed: '1' })
})

afterAll(async () => {
  await pair.close()
  place.remove()
})

/** Verifies a relay of which that is known besides. */
async function verify(relay: RelayPair, capabilities: object, ...only: readonly string[]) {
  const plane = { control: relay.relay.control }
  const all = { verificationCode: plane, pushes: plane, devices: plane, limits: plane, ...capabilities }
  const file = { protocol: 'relay', url: relay.relay.url, capabilities: all }
  return verifyDeployment(place, file, ...only.flatMap((term) => ['--only', term]))
}

it('a relay whose limiters count by windows is right where the file says so, and wrong where it says another thing', async () => {
  const windowed = await startRelayPair({ seed: '1', variants: [WINDOWED] })
  try {
    const only = [
      'the sms limit gives back what one refill does, and no more',
      'the sms limit is as narrow as at first after twice the time it takes to refill',
      'RELAY-CODE-05',
    ]
    const declared = (figures: object) =>
      verify(windowed, { limits: { fixed: { sms: { burst: 2, ...figures } } } }, ...only)
    const right = await declared({ windowMs: WINDOW_MS })
    expect([right.exitCode, right.verdicts.get('RELAY-ENCODING-20')]).toEqual([0, 'verified'])
    const wrong = await declared({ refillMs: WINDOW_MS })
    expect([wrong.exitCode, wrong.verdicts.get('RELAY-ENCODING-20')]).toEqual([1, 'violated'])
  } finally {
    await windowed.close()
  }
})

it('messages that are sent at once go no faster than a limit lets them', async () => {
  const messages = { burst: 4, refillMs: 200 }
  await askControl(pair.relay.control, 'PUT /limits', { limits: { messages } })
  const { exitCode, skips } = await verify(
    pair,
    { limits: { fixed: { messages } } },
    'delivers ten messages that Alice sends at once',
  )
  expect([exitCode, skips]).toEqual([0, []])
})

it.each([
  { faults: [], verdict: 'verified' },
  { faults: ['RELAY-PREKEY-17/uses-up-before-the-limit'], verdict: 'violated' },
])('keys are counted beyond a limit of twelve: with $faults.length faults $verdict', async (each) => {
  const prekeys = { burst: 12, refillMs: 600_000 }
  const wide = await startRelayPair({
    seed: '1',
    faults: each.faults,
    rulebook: { limits: { figures: { prekeys } } },
  })
  try {
    const { verdicts } = await verify(wide, {}, 'keeps the keys from a caller whose limit is used up')
    expect(verdicts.get('RELAY-PREKEY-17')).toBe(each.verdict)
  } finally {
    await wide.close()
  }
})
