import { afterEach, describe, expect, it } from 'vitest'
import { as, closeMocks, register, send, startMock, submit } from '../../tests/relay-client.ts'
import { upload } from '../../tests/relay-keys.ts'
import { ALICE, BOB } from '../../tests/relay-trial.ts'
import { answerMistakes } from './answer-check.ts'
import type { RelayMockOptions } from './start.ts'

afterEach(closeMocks)

/** A relay whose answers are checked; `lines` are what was found. */
async function checked(options: RelayMockOptions = {}) {
  const lines: string[] = []
  const { dialect = 'documented' } = options
  const onAnswer: RelayMockOptions['onAnswer'] = (handled) => lines.push(...answerMistakes(handled, dialect))
  const mock = await startMock({ ...options, onAnswer })
  await register(mock, ALICE)
  await register(mock, BOB)
  return { mock, lines }
}

type Checked = Awaited<ReturnType<typeof checked>>['mock']

function fetchKey({ url }: Checked) {
  return send(`${url}/v1/keys/${BOB}/1`, 'GET', { headers: as(ALICE) })
}

function uploadKeys({ url }: Checked, ids: readonly number[]) {
  return send(`${url}/v1/keys`, 'PUT', { json: upload(ids), headers: as(BOB) })
}

describe('the check of answers', () => {
  it.each(['documented', 'deployed'] as const)(
    'finds nothing in what the %s relay answers',
    async (dialect) => {
      const { mock, lines } = await checked({ dialect })
      await uploadKeys(mock, [0, 7])
      await fetchKey(mock)
      await submit(mock, { from: ALICE, to: BOB }, { destinationDeviceId: 3 })
      const allocated = await send(`${mock.url}/v1/attachments/`, 'GET', { headers: as(ALICE) })
      expect(allocated.status).toBe(200)
      expect(lines).toEqual([])
    },
  )

  it('finds a body that misses its schema, in what went out', async () => {
    const attachments = { allocated: () => ({ kind: 'json', value: { id: '1' } }) as const }
    const wire = { jsonText: (value: unknown) => JSON.stringify(value).replace('deviceId', 'device') }
    const { mock, lines } = await checked({ rulebook: { attachments, wire } })
    await send(`${mock.url}/v1/attachments/`, 'GET', { headers: as(ALICE) })
    await uploadKeys(mock, [7])
    await fetchKey(mock)
    expect(lines).toEqual([
      'answer to allocate-attachment allocated: body: expected member location, got none',
      'answer to fetch-prekeys handed-out: /keys/0: expected member deviceId, got none',
    ])
  })

  it('minds a key id of 0 that is left out where the relay spec is read strictly', async () => {
    const prekeys = { entry: () => ({ deviceId: 1, publicKey: '', identityKey: '' }) }
    const { mock, lines } = await checked({ rulebook: { prekeys } })
    await uploadKeys(mock, [7])
    await fetchKey(mock)
    expect(lines).toHaveLength(1)
  })

  it('leaves alone what a fault did', async () => {
    const { mock, lines } = await checked({ faults: ['RELAY-ATTACHMENT-01/omits-the-location'] })
    const { text } = await send(`${mock.url}/v1/attachments/`, 'GET', { headers: as(ALICE) })
    expect(text).not.toContain('location')
    expect(lines).toEqual([])
  })
})
