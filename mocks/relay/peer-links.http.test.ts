import nock from 'nock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { assembleRelay } from './assemble.ts'

const SOUTH = 'http://south.example'
const LISTING = '/v1/federation/listing'

beforeEach(() => {
  nock.disableNetConnect()
})
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([])
  nock.cleanAll()
  nock.enableNetConnect()
})

/** A relay called north that has been connected to south. */
async function connected() {
  const { controlled, client } = assembleRelay({ seed: '7', name: 'north', peerToken: 't' })
  await controlled.peers.connect({ south: SOUTH })
  client.close()
  return controlled.peers.shown()['south']
}

describe('a call to a peer', () => {
  it('has the name and token of the node, and listings as JSON', async () => {
    const listed = { token: directoryToken('+1'), listed: true, supportsSms: true }
    const south = nock(SOUTH).matchHeader('Authorization', `Basic ${btoa('north:t')}`)
    south
      .put(LISTING, { accounts: [], next: null })
      .matchHeader('Content-Type', 'application/json')
      .reply(200)
    nock(SOUTH)
      .get(`${LISTING}/0`)
      .reply(200, { accounts: [listed], next: null })
    expect(await connected()).toMatchObject({ listed: 1, failure: null })
  })

  it.each<[what: string, answer: () => nock.Scope, failure: string]>([
    ['is refused', () => nock(SOUTH).put(LISTING).reply(500), 'answered 500'],
    [
      'breaks off',
      () => nock(SOUTH).put(LISTING).replyWithError(new Error('read ECONNRESET')),
      'read ECONNRESET',
    ],
    [
      'leads elsewhere',
      () =>
        nock(SOUTH)
          .put(LISTING)
          .reply(302, '', { Location: `${SOUTH}/elsewhere` }),
      'answered 302',
    ],
  ])('fails where it %s', async (_what, answer, failure) => {
    answer()
    expect(await connected()).toMatchObject({ failure })
  })
})
