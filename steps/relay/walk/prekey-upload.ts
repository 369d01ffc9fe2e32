import type { Ask } from '#model/ask.ts'
import { numberGiven } from '#model/relay/given-names.ts'
import { uploadPrekeys } from '#driver/relay/operations.ts'
import { LAST_RESORT_KEY_ID, type PrekeyUploadBody } from '#protocol/relay/prekeys.ts'
import { numberBetween } from '../../shared/support/randomness.ts'
import { newKey } from '../support/prekey-set.ts'
import { spoilt, type Spoilt } from './bodies.ts'
import { authorized, ownCredentials } from './credentials.ts'
import type { WalkedKey } from './key-names.ts'
import { numberIn, seen, type RelayPerformer, type RelayWalk } from './walk.ts'

const USUAL_COUNT = 2

/** The ways to spoil the body of an upload of so many one-time keys. */
const waysOf = (count: number): Readonly<Record<string, Spoilt>> => ({
  'without lastResortKey': { path: 'lastResortKey' },
  'lastResortKey null': { path: 'lastResortKey', value: null },
  'without keys': { path: 'keys' },
  'keys null': { path: 'keys', value: null },
  'a key without publicKey': { path: 'lastResortKey.publicKey' },
  'a key without identityKey': { path: 'lastResortKey.identityKey' },
  'the first one-time key without publicKey': { path: 'keys.0.publicKey' },
  'the last one-time key without identityKey': { path: `keys.${count - 1}.identityKey` },
})

/** Stores prekeys of the device that asks, each drawn under its name. */
export const storePrekeys: RelayPerformer = async (walk, ask) => {
  const request = uploadPrekeys(ownCredentials(walk, ask), upload(walk, ask))
  const ways = waysOf(numberIn(ask.values, 'count', USUAL_COUNT))
  const body = spoilt(request, ask.values['body'], ways)
  return seen(await walk.ask(walk.party(ask.party), authorized(walk, ask, body)))
}

function upload(walk: RelayWalk, ask: Ask): PrekeyUploadBody {
  const { party, values } = ask
  const set = `${party} ${numberGiven(ask)}`
  const count = numberIn(values, 'count', USUAL_COUNT)
  const lowest = lowestId(walk, ask, count)
  const identityKey = walk.party(party).identityKey()
  const key = (name: string, keyId: number): WalkedKey =>
    walk.keys.drawn(`${set}, ${name}`, () => ({
      keyId,
      publicKey: newKey(walk.session.random),
      identityKey,
    }))
  const keys = Array.from({ length: count }, (_, index) =>
    key(`key ${index + 1}`, lowest + count - 1 - index),
  )
  return { lastResortKey: key('last resort', LAST_RESORT_KEY_ID), keys }
}

function lowestId({ session }: RelayWalk, { values }: Ask, count: number): number {
  const named = values['first id']
  return named === undefined
    ? numberBetween(session.random, 1, LAST_RESORT_KEY_ID - Math.max(count, 1))
    : Number(named)
}
