import { createHash } from 'node:crypto'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/gba.json' with { type: 'json' }
import { fromHex, toHex, utf8 } from '../bytes.ts'
import {
  akaDigest,
  akaResponseAuth,
  formatAkaNonce,
  formatAuts,
  parseAkaNonce,
  parseAuts,
} from './aka-digest.ts'
import { auts, autn } from './aka.ts'
import { formatBootstrappingInfo } from './bootstrapping-info.ts'
import { rand } from './milenage.ts'

const vector = vectors.akaDigest
const set1 = vectors.milenage.find(({ set }) => set === vector.set)
const res = fromHex(set1?.res ?? '')
const input = {
  username: vector.username,
  realm: vector.realm,
  nonce: vector.nonce,
  res,
  method: 'GET',
  uri: '/',
  nc: '00000001',
  cnonce: vector.cnonce,
}
const block = fc.uint8Array({ minLength: 16, maxLength: 16 })

describe('the digest of a bootstrap', () => {
  test('MSTORE-GBA-15: is as computed elsewhere, with RES as raw bytes', () => {
    expect(akaDigest(input)).toEqual({ ha1: vector.ha1, ha2: vector.ha2, response: vector.response })
  })

  test('differs when RES is taken as hexadecimal text', () => {
    expect(akaDigest({ ...input, res: utf8(toHex(res)) }).response).toBe(vector.responseOfHexText)
  })

  test('of a resynchronisation has an empty password', () => {
    expect(akaDigest({ ...input, res: new Uint8Array() }).response).toBe(vectors.resynchronisation.response)
  })

  test('of the answer covers its body', () => {
    const body = utf8(formatBootstrappingInfo(vectors.bootstrappingInfo))
    expect(createHash('md5').update(body).digest('hex')).toBe(vector.bodyMd5)
    expect(akaResponseAuth({ ...input, body })).toBe(vector.rspauth)
    expect(akaResponseAuth({ ...input, body: body.subarray(1) })).not.toBe(vector.rspauth)
  })
})

describe('the nonce of a bootstrap', () => {
  test('holds RAND and AUTN', () => {
    expect(parseAkaNonce(vector.nonce)).toEqual({
      kind: 'nonce',
      rand: fromHex(set1?.rand ?? ''),
      autn: fromHex(vectors.challenges[0]?.autn ?? ''),
      serverData: new Uint8Array(),
    })
  })

  test.prop([block, block, fc.uint8Array()])('survives its text', (random, proof, serverData) => {
    const challenge = { rand: rand(random), autn: autn(proof) }
    expect(parseAkaNonce(formatAkaNonce(challenge, serverData))).toEqual({
      kind: 'nonce',
      ...challenge,
      serverData,
    })
  })

  test.each(['', 'AAAA', '!', vector.nonce.slice(0, 40)])('is not %j', (text) => {
    expect(parseAkaNonce(text)).toMatchObject({ kind: 'parse-error' })
  })
})

describe('the auts parameter', () => {
  test('MSTORE-GBA-18: is Base64 of 14 bytes', () => {
    const { auts: hex, text } = vectors.resynchronisation
    expect(formatAuts(auts(fromHex(hex)))).toBe(text)
    expect(parseAuts(text)).toEqual({ kind: 'auts', auts: fromHex(hex) })
  })

  test.each(['', 'uoU', '%', vector.nonce])('is not %j', (text) => {
    expect(parseAuts(text)).toMatchObject({ kind: 'parse-error' })
  })
})
