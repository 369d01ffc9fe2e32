import { describe, expect, it } from 'vitest'
import { fromUtf8, utf8 } from '#protocol/bytes.ts'
import { withKeptIds, type Addressee } from './kept-registration-ids.ts'

const BOB: Addressee = {
  number: '+14155550101',
  devices: [1, 2, 3].map((id) => ({
    id,
    password: '',
    signalingKey: '',
    registrationId: 100 * id,
    pushIds: new Map(),
  })),
}

describe('withKeptIds', () => {
  it('sends the id of a further device that 0 is stale for', () => {
    expect(again([100, 0, 0], 410, '{"staleDevices":[3]}')).toEqual([100, 0, 300])
    expect(again([100, 0, 0], 410, '{"staleDevices":["2",3]}')).toEqual([100, 200, 300])
  })

  it.each([
    ['another device is stale', [101, 0, 0], 410, '{"staleDevices":[1]}'],
    ['the first device was sent 0', [0, 0, 0], 410, '{"staleDevices":[1]}'],
    ['another id than 0 was sent', [100, 201, 0], 410, '{"staleDevices":[2]}'],
    ['none is called stale', [100, 0, 0], 410, ''],
    ['it is refused otherwise', [100, 0, 0], 409, '{"staleDevices":[2]}'],
  ])('sends nothing again where %s', (_, ids, status, body) => {
    expect(again(ids, status, body)).toBeNull()
  })

  it('sends nothing again of a body that is no JSON', () => {
    expect(
      withKeptIds({ ...REQUEST, body: utf8('{') }, observed(410, '{"staleDevices":[2]}'), [BOB]),
    ).toBeNull()
  })
})

const REQUEST = {
  operation: 'PUT /v1/messages/{destination_number}',
  method: 'PUT',
  target: `/v1/messages/${BOB.number}`,
  headers: [],
}

/** The registration ids of what is sent to the three devices after the first attempt; null where nothing is. */
function again(ids: readonly number[], status: number, answer: string): readonly unknown[] | null {
  const messages = ids.map((destinationRegistrationId, place) => ({
    destinationDeviceId: place + 1,
    destinationRegistrationId,
  }))
  const request = { ...REQUEST, body: utf8(JSON.stringify({ messages })) }
  const made = withKeptIds(request, observed(status, answer), [BOB])
  if (made === null) return null
  const { messages: sent } = JSON.parse(fromUtf8(made.body ?? utf8('')) ?? '') as {
    readonly messages: readonly { readonly destinationRegistrationId: unknown }[]
  }
  return sent.map(({ destinationRegistrationId }) => destinationRegistrationId)
}

function observed(status: number, body: string) {
  const exchange = {
    id: 'exchange-1',
    operation: '',
    url: '',
    startedAt: 0,
    durationMs: 0,
    request: { line: '', headers: [], body: NONE },
    response: null,
    failure: null,
    sentBytes: 0,
    receivedBytes: 0,
    curl: '',
  }
  const answer = { status, statusLine: '', headers: [], body: utf8(body), header: () => null, exchange }
  return { status, text: String(status), answer, exchange: exchange.id }
}

const NONE = { kind: 'text', text: '', bytes: 0, cut: false } as const
