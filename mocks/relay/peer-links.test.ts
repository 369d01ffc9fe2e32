import { describe, expect, it } from 'vitest'
import { utf8 } from '#protocol/bytes.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { virtualClock } from '#mocks/edge/clock.ts'
import { seededRandom } from '#mocks/edge/seeded-random.ts'
import { LISTING_PAGE } from './listings.ts'
import { PeerLinks, type PeerCall } from './peer-links.ts'
import { Relay } from './relay.ts'
import { documented } from './rulebook.ts'
import type { PeerAnswer } from './peer-requests.ts'
import type { Account } from './entities.ts'

type Answered = Extract<PeerAnswer, { kind: 'answered' }>

const SOUTH = { south: 'http://south.example' }
const DONE: Answered = { kind: 'answered', status: 200, contentType: undefined, body: new Uint8Array() }
const GONE: PeerAnswer = { kind: 'unreachable', reason: 'gone' }

function listing(accounts: readonly object[], next: number | null = null): PeerAnswer {
  return { ...DONE, body: utf8(JSON.stringify({ accounts, next })) }
}

function account(number: string, gcmId: string | null): Account {
  const device = { id: 1, password: 'p', signalingKey: '', registrationId: 1, gcmId, apnId: null }
  return { number, supportsSms: false, devices: new Map([[1, device]]) }
}

/** A node called north, the calls it made to its peers, and what they answer to them. */
function node(answer: (call: PeerCall) => PeerAnswer | Promise<PeerAnswer>) {
  const { bytes, int } = seededRandom('north')
  const clock = virtualClock(() => 0)
  const world = { nowMs: clock.nowMs, randomBytes: bytes, randomInt: int }
  const relay = new Relay({ rulebook: documented, world, faults: [] })
  const calls: PeerCall[] = []
  const call = async (made: PeerCall): Promise<PeerAnswer> => {
    calls.push(made)
    return await answer(made)
  }
  const links = new PeerLinks({ relay, name: 'north', token: 't', call })
  const lines = () => calls.splice(0).map(({ method, path }) => `${method} ${path}`)
  return { relay, links, calls, lines }
}

const obliging = ({ method }: PeerCall): PeerAnswer => (method === 'GET' ? listing([]) : DONE)

describe('the way to a peer', () => {
  it('begins with a whole listing each way, and goes on with changes', async () => {
    const { links, lines } = node(obliging)
    await links.connect(SOUTH)
    expect(lines()).toEqual(['PUT /v1/federation/listing', 'GET /v1/federation/listing/0'])
    expect(await links.announce(['+14155550100'])).toEqual([])
    expect(lines()).toEqual(['PATCH /v1/federation/listing'])
  })

  it('exchanges whole listings again after a failure', async () => {
    let answer = obliging
    const { links, lines } = node((call) => answer(call))
    await links.connect(SOUTH)
    answer = () => GONE
    expect(await links.announce(['+14155550100'])).toEqual(['peer south was not reached: gone'])
    expect(links.shown()).toMatchObject({ south: { failure: 'gone' } })
    lines()
    answer = obliging
    expect(await links.announce(['+14155550101'])).toEqual([])
    expect(lines()).toEqual(['PUT /v1/federation/listing', 'GET /v1/federation/listing/0'])
    expect(links.shown()).toMatchObject({ south: { failure: null } })
  })

  it.each([
    ['a status', { ...DONE, status: 500 }, 'answered 500'],
    [
      'an unknown node',
      { ...DONE, status: 404 },
      'answered 404: it does not know this node by its name and token',
    ],
    ['no listing', { ...DONE, body: utf8('{') }, 'expected a listing, got another body'],
    ['a listing of other things', listing([{ token: 'x' }]), 'expected a listing, got another body'],
  ])('fails on %s', async (_case, answer, failure) => {
    const { links } = node(({ method }) => (method === 'GET' ? answer : DONE))
    await links.connect(SOUTH)
    expect(links.shown()).toEqual({ south: { url: SOUTH.south, control: null, listed: 0, failure } })
  })

  it('reads the listing of the other to its last page', async () => {
    const listed = (number: string) => ({ token: directoryToken(number), listed: true, supportsSms: true })
    const pages: Readonly<Record<string, PeerAnswer>> = {
      '/v1/federation/listing/0': listing([listed('+1')], 7),
      '/v1/federation/listing/7': listing([listed('+2')], 3),
    }
    const { links, relay } = node(({ path }) => pages[path] ?? DONE)
    await links.connect(SOUTH)
    expect(links.shown()).toMatchObject({ south: { listed: 2, failure: null } })
    expect(relay.store.peerListings.of(directoryToken('+2'))).toEqual({ peer: 'south', supportsSms: true })
  })

  it('announces its own listing page by page, without numbers that cannot be reached', async () => {
    const { links, relay, calls } = node(obliging)
    const numbers = Array.from({ length: LISTING_PAGE + 3 }, (_, index) => `+1${1_000_000_000 + index}`)
    relay.store.apply(
      numbers.map((number, index) => ({
        kind: 'account-stored',
        account: account(number, index === 0 ? null : 'id'),
      })),
    )
    await links.connect(SOUTH)
    const sizes = calls
      .filter(({ method }) => method !== 'GET')
      .map(({ method, body }) => {
        const { accounts } = JSON.parse(Buffer.from(body).toString()) as { readonly accounts: unknown[] }
        return [method, accounts.length]
      })
    expect(sizes).toEqual([
      ['PUT', LISTING_PAGE],
      ['PATCH', 2],
    ])
  })

  it('announces one change after the other, each as it is when it is sent', async () => {
    let open = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const { links, relay, calls } = node(async (call) => {
      if (call.method === 'PATCH') await gate
      return obliging(call)
    })
    await links.connect(SOUTH)
    calls.length = 0
    const number = '+14155550100'
    relay.store.apply([{ kind: 'account-stored', account: account(number, 'id') }])
    const first = links.announce([number])
    const second = links.announce([number])
    await Promise.resolve()
    relay.store.apply([{ kind: 'account-stored', account: account(number, null) }])
    expect(calls).toHaveLength(1)
    open()
    await Promise.all([first, second])
    const listed = calls.map(({ body }) => /"listed":(\w+)/.exec(Buffer.from(body).toString())?.[1])
    expect(listed).toEqual(['true', 'false'])
  })

  it('carries what clients ask, with every part of the path encoded', async () => {
    const { links, calls } = node(obliging)
    await links.connect(SOUTH)
    calls.length = 0
    await links.ask({ kind: 'fetch-prekeys', peer: 'south', number: '+1/?', device: '*' })
    const sender = { number: '+14155550100', deviceId: 2, relay: null }
    const body = { contentType: 'application/json', bytes: utf8('{"messages": [ ]}') }
    await links.ask({ kind: 'submit-messages', peer: 'south', sender, destination: '+2', body })
    expect(calls).toMatchObject([
      { method: 'GET', path: '/v1/federation/key/%2B1%2F%3F/*' },
      { method: 'PUT', path: '/v1/federation/messages/%2B14155550100/2/%2B2', body: body.bytes },
    ])
    expect(await links.ask({ kind: 'fetch-prekeys', peer: 'east', number: '+1', device: '1' })).toEqual({
      kind: 'unreachable',
      reason: 'no longer a peer',
    })
  })
})
