import { expect, it } from 'vitest'
import { LAST_RESORT_KEY_ID } from '#protocol/relay/prekeys.ts'
import type { UploadedKey } from '#protocol/relay/prekeys.ts'
import { seededRandomness } from '../../shared/support/randomness.ts'
import type { PrekeyEntry } from './prekey-ledger.ts'
import { PrekeyLedger } from './prekey-ledger.ts'
import { newPrekeys } from './prekey-set.ts'

const upload = newPrekeys(seededRandomness('ledger'))
const other = newPrekeys(seededRandomness('other'))

function entryOf({ keyId, publicKey, identityKey }: UploadedKey, over: Partial<PrekeyEntry> = {}) {
  return { deviceId: 1, keyId, publicKey, identityKey, registrationId: undefined, ...over }
}

function keyAt(index: number): UploadedKey {
  const key = upload.keys[index]
  if (key === undefined) throw new Error('the set is too small')
  return key
}

function stored(): PrekeyLedger {
  const ledger = new PrekeyLedger()
  ledger.store(1, upload)
  return ledger
}

it('draws ids in descending order, below that of the last resort key', () => {
  const ids = newPrekeys(seededRandomness('ids'), { count: 100 }).keys.map(({ keyId }) => keyId)
  expect(ids).toEqual(ids.toSorted((one, another) => another - one))
  expect(new Set(ids).size).toBe(100)
  expect(Math.max(...ids)).toBeLessThan(LAST_RESORT_KEY_ID)
})

it('counts down the one-time keys that are left', () => {
  const ledger = stored()
  expect(ledger.left(1)).toHaveLength(2)
  ledger.grant('Alice', '1', [entryOf(keyAt(0))])
  expect(ledger.left(1).map(({ key }) => key)).toEqual([keyAt(1)])
  ledger.grant('Alice', '1', [entryOf(upload.lastResortKey)])
  expect(ledger.left(1)).toHaveLength(1)
  expect(ledger.countOf('Alice', '1')).toBe(2)
})

it.each([
  ['as it was uploaded', {}],
  ['under another id', { keyId: 0 }],
  ['with the id as text', { keyId: String(keyAt(0).keyId) }],
  ['in hexadecimal', { publicKey: Buffer.from(keyAt(0).publicKey, 'base64').toString('hex') }],
  ['in the URL-safe alphabet', { publicKey: keyAt(0).publicKey.replaceAll('/', '_').replaceAll('+', '-') }],
  ['with its keys swapped', { publicKey: keyAt(0).identityKey, identityKey: keyAt(0).publicKey }],
  ['without its public key', { publicKey: undefined }],
])('knows a key %s', (_, over) => {
  const [handOut] = stored().grant('Alice', '1', [entryOf(keyAt(0), over)]).handOuts
  expect(handOut?.held?.key).toBe(keyAt(0))
})

it('does not know a key of another party', () => {
  const [handOut] = stored().grant('Alice', '1', [entryOf(other.lastResortKey, { deviceId: 2 })]).handOuts
  expect(handOut?.held).toBeNull()
})

it('recognizes a key that was handed out twice, the last resort key excepted', () => {
  const ledger = stored()
  const twice = [keyAt(0), upload.lastResortKey].map((key) => {
    ledger.grant('Alice', '1', [entryOf(key)])
    return ledger.grant('Carol', '1', [entryOf(key)]).handOuts[0]?.held
  })
  expect(twice.map((held) => held?.lastResort)).toEqual([false, true])
  expect(twice.map((held) => held !== null && held !== undefined && ledger.isRepeated(held))).toEqual([
    true,
    false,
  ])
})

it('knows a key of an upload that another has replaced', () => {
  const ledger = stored()
  ledger.store(1, other)
  const [handOut] = ledger.grant('Alice', '1', [entryOf(keyAt(0))]).handOuts
  expect(handOut?.held && ledger.isReplaced(handOut.held)).toBe(true)
  expect(ledger.left(1)).toHaveLength(2)
})
