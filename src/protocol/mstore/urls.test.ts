import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { encodedMsisdnUri, msisdnDigits, msisdnUri, parseMsisdnUri } from './msisdn.ts'
import {
  extendedUrl,
  folderIdOf,
  isExtendedUrl,
  isSameUrl,
  mailboxPath,
  objectPathOf,
  parseResourceUrl,
  rewriteUrl,
  simpleUrl,
} from './urls.ts'

const ORIGIN = 'https://wsg.t-mobile.com'
const BASE = '/phone20/mStoreRelay/oemclient/nms/v1/ums'
const OBJECT = '27a29814-dd8f-43ee-b768-19af98bf1d07%3A18'
const SIMPLE = `${ORIGIN}${BASE}/tel%3A%2B11234567890/objects/${OBJECT}/payloadParts/part1`
const EXTENDED =
  'https://wsg.t-mobile.com:443/phone20/mStoreRelay?path=http://wsg.mstore.msg.eng.t-mobile.com:8082' +
  `/oemclient/nms/v1/ums/tel%3A%2B11234567890/objects/${OBJECT}/payloadParts/part1`

const msisdn = fc.stringMatching(/^\+[1-9][0-9]{6,14}$/)
const rest = fc.webPath().map((path) => `/objects/x${path}`)

describe('a MSISDN URI', () => {
  test('is as the mStore spec shows', () => {
    expect(msisdnUri('+11234567890')).toBe('tel:+11234567890')
    expect(encodedMsisdnUri('+11234567890')).toBe('tel%3A%2B11234567890')
    expect(msisdnDigits('+11234567890')).toBe('11234567890')
  })

  test.each([
    ['tel%3A%2B11234567890', 'encoded'],
    ['tel%3a%2b11234567890', 'encoded'],
    ['tel:+11234567890', 'raw'],
    ['tel:%2B11234567890', 'partly-encoded'],
    ['tel%3A%2B%3111234567890', 'partly-encoded'],
    ['tel%253A%252B11234567890', 'double-encoded'],
  ])('MSTORE-URL-04: %s is %s', (segment, form) => {
    expect(parseMsisdnUri(segment)).toMatchObject({ kind: 'msisdn', form })
  })

  test.each([
    'tel%3A11234567890',
    '%2B11234567890',
    'tel%3A%2B',
    'tel%3A%2B0123',
    'tel%3A%2B1234567890123456',
    '%',
    '',
  ])('MSTORE-URL-03: is not %j', (segment) => {
    expect(parseMsisdnUri(segment)).toMatchObject({ kind: 'parse-error' })
  })

  test.prop([msisdn])('survives its encoding', (number) => {
    expect(parseMsisdnUri(encodedMsisdnUri(number))).toEqual({
      kind: 'msisdn',
      msisdn: number,
      form: 'encoded',
    })
  })
})

describe('a URL', () => {
  test('is simple or extended, as the mStore spec shows', () => {
    const path = `${mailboxPath('+11234567890')}/objects/${OBJECT}/payloadParts/part1`
    expect(simpleUrl(ORIGIN, path)).toBe(SIMPLE)
    expect(extendedUrl('wsg.t-mobile.com', path)).toBe(EXTENDED)
    expect(parseResourceUrl(SIMPLE)).toEqual({ kind: 'simple', authority: 'wsg.t-mobile.com', path })
    expect(parseResourceUrl(EXTENDED)).toEqual({ kind: 'extended', authority: 'wsg.t-mobile.com:443', path })
    expect([SIMPLE, EXTENDED].map(isExtendedUrl)).toEqual([false, true])
  })

  test('MSTORE-URL-10: of the extended form is rewritten to one at the base', () => {
    expect(rewriteUrl(EXTENDED, ORIGIN)).toEqual({
      kind: 'rewritten',
      url: SIMPLE,
      target: SIMPLE.slice(ORIGIN.length),
    })
    expect(rewriteUrl(SIMPLE, 'https://other:8443')).toMatchObject({
      url: SIMPLE.replace(ORIGIN, 'https://other:8443'),
    })
  })

  test('MSTORE-URL-20: keeps its plus, and the number becomes encoded', () => {
    expect(rewriteUrl(EXTENDED.replace('tel%3A%2B', 'tel:+'), ORIGIN)).toMatchObject({ url: SIMPLE })
    expect(rewriteUrl(EXTENDED.replace('tel%3A%2B', 'tel: '), ORIGIN)).toMatchObject({ kind: 'parse-error' })
  })

  test('MSTORE-URL-14: has its object path behind the last /objects/', () => {
    expect([SIMPLE, EXTENDED].map(objectPathOf)).toEqual([
      `${OBJECT}/payloadParts/part1`,
      `${OBJECT}/payloadParts/part1`,
    ])
    expect(objectPathOf('https://objects/objects/a/objects/b')).toBe('b')
    expect(objectPathOf(`${ORIGIN}${BASE}`)).toBeNull()
    expect(folderIdOf(EXTENDED.replace(/objects.*/, 'folders/f-1'))).toBe('f-1')
    expect(folderIdOf(EXTENDED)).toBeNull()
  })

  test('is the same as another that decodes alike', () => {
    expect(isSameUrl(SIMPLE, SIMPLE.replace('tel%3A%2B', 'tel%3a+'))).toBe(true)
    expect(isSameUrl(SIMPLE, EXTENDED)).toBe(false)
    expect(isSameUrl('%zz', '%zz')).toBe(true)
  })

  test.each([
    '',
    'ftp://wsg.t-mobile.com/phone20/mStoreRelay/oemclient',
    `${ORIGIN}/oemclient/nms/v1/ums/tel%3A%2B11234567890`,
    `${ORIGIN}/phone20/mStoreRelay?path=/oemclient`,
    'http://wsg.mstore.msg.eng.t-mobile.com:8082/oemclient/nms/v1/ums/tel%3A%2B11234567890/objects/x',
  ])('is not %j', (url) => {
    expect(parseResourceUrl(url)).toMatchObject({ kind: 'parse-error' })
    expect(rewriteUrl(url, ORIGIN)).toMatchObject({ kind: 'parse-error' })
  })

  test('that is none is shown, a long one cut', () => {
    expect(parseResourceUrl(`"${'x'.repeat(200)}`)).toEqual({
      kind: 'parse-error',
      reason: `URL: expected one below /phone20/mStoreRelay, got "\\"${'x'.repeat(119)}"`,
    })
  })

  test.prop([msisdn, rest])('of either form is rewritten to the same one', (number, suffix) => {
    const path = `${mailboxPath(number)}${suffix}`
    const rewritten = {
      kind: 'rewritten',
      url: simpleUrl(ORIGIN, path),
      target: `/phone20/mStoreRelay${path}`,
    }
    expect(rewriteUrl(simpleUrl('https://x', path), ORIGIN)).toEqual(rewritten)
    expect(rewriteUrl(extendedUrl('x', path, 'y:1'), ORIGIN)).toEqual(rewritten)
  })
})
