import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { LastingWords } from './lasting-words.ts'

describe('LastingWords', () => {
  it('calls what has a name by it, the longest first', () => {
    const words = new LastingWords()
    words.name('19998911547', 'number of Bob')
    words.name('first-19998911547', 'first push id')
    expect(words.of('expected +19998911547, got first-19998911547!')).toBe(
      'expected +‹number of Bob›, got ‹first push id›!',
    )
  })

  it.each([
    ['created 2026-11-29T19:45:11.123Z', 'created ‹date›'],
    ['id 27a29814-dd8f-43ee-b768-19af98bf1d07', 'id ‹id›'],
    ['/blobs/fd3e0e17a690fe740629f94d369e81b9', '/blobs/‹hexadecimal›'],
    ['nonce="1fb43a903f5bbda3599cd6ca352ce4b8"', 'nonce="‹hexadecimal›"'],
    ['got 1400550037', 'got ‹number›'],
    ['the token u2RxMY8DaFi7xQ', 'the token ‹text›'],
    ['got UPvC+BiQMrAe/iOhcPFB1g==@bsf.example.org', 'got ‹text›@bsf.example.org'],
    ['got tsYYMQj01Qj8j+eIHpgq6Q==', 'got ‹text›'],
    ['got ====outer8761701580e6==', 'got ====‹text›'],
    ['got ====outerab12cd34ef5601==', 'got ====‹text›'],
  ])('calls what looks drawn by its form: %s', (text, lasting) => {
    expect(new LastingWords().of(text)).toBe(lasting)
  })

  it.each([
    'expected 401, got 200',
    'expected 200 with the 65536 bytes uploaded, got 404 with 0 bytes',
    'PUT /v1/accounts/gcm/ and /phone20/mStoreRelay/oemclient/nms/v1/ums',
    '3GPP-bootstrapping@127.0.0.1, AES-256-CBC, HMAC-SHA256',
    'IncomingPushMessageSignal, NormalGreetingOccupied, $CNS-Greeting-On, x-cns-greeting-type',
    'MSTORE_RLY-MST_NWKERR, PIN last 4 digit match MSISDN',
  ])('leaves the words of a specification as they are: %s', (text) => {
    expect(new LastingWords().of(text)).toBe(text)
  })

  property.prop([fc.string(), fc.integer({ min: 1_000_000_000, max: 9_999_999_999 }), fc.uuid()])(
    'says the same of any number and any id',
    (text, number, id) => {
      const words = new LastingWords()
      const stable = words.of(text)
      expect(words.of(`${text} ${number} ${id}`)).toBe(`${stable} ‹number› ‹id›`)
    },
  )
})
