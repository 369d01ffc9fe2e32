import { expect, it } from 'vitest'
import { startRelayMock } from '#mocks/relay/start.ts'
import { arrivals } from '../../../tests/control-client.ts'
import { controlledTarget } from '../../../tests/relay-targets.ts'
import { pushIdUndo } from './clean-push-id.ts'

it('makes a number unreachable at the rate that its server is asked at', async () => {
  const mock = await startRelayMock({ seed: 's' })
  const change = { kind: 'push-id', number: '+15550100200', sender: 'gcm', atPeer: false } as const
  const target = { ...controlledTarget(mock.control), url: mock.url }
  // What is slow the first time is none of the rate.
  await pushIdUndo(target, change)()
  const why = await pushIdUndo({ ...target, requestsPerSecond: 20 }, change)()
  const times = (await arrivals(mock.control)).slice(3)
  await mock.close()
  expect([why, times.length]).toEqual([null, 3])
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(75)
})
