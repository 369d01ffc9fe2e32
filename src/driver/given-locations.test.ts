import { describe, expect, it } from 'vitest'
import { learnLocation, learnLocations } from './given-locations.ts'
import { redactHeaders } from './redacted-headers.ts'
import { Secrets } from './secrets.ts'

/** Generous: what is quadratic takes longer by far. */
const BOUND_MS = 2000

const LOCATION = 'https://me:hunter2@blobs.test/1?Expires=1&Signature=0123456789abcdef0123'

describe('the places that an answer gives out', () => {
  it('are shown without user, password and query, wherever they stand', () => {
    const secrets = new Secrets()
    const body = Buffer.from(JSON.stringify({ id: 1, location: LOCATION }).replaceAll('/', '\\/'))
    learnLocations({ headers: [], body }, secrets)
    expect(secrets.redactBytes(body)).toMatchObject({
      text: '{"id":1,"location":"https:\\/\\/‹user›blobs.test\\/1‹query›"}',
    })
    expect(secrets.redact(`GET ${LOCATION}`)).toBe('GET https://‹user›blobs.test/1‹query›')
    expect(secrets.redact('<Provided>0123456789abcdef0123</Provided>')).toBe('<Provided>‹query›</Provided>')
  })

  it('hide no words that a server gives out as a query', () => {
    const secrets = new Secrets()
    learnLocation('http://blobs.test/?expected&status=500', secrets)
    expect(secrets.redact('expected 200, got status=500')).toBe('expected 200, got status=500')
  })

  it('are read in a Location header too, and in no other text', () => {
    const secrets = new Secrets()
    learnLocations({ headers: [['Location', LOCATION]], body: Buffer.from('{"location":1}') }, secrets)
    expect(secrets.redact(LOCATION)).not.toContain('Signature')
  })

  it('are all shown without what is secret where they are given out, also one that is cut off', () => {
    const place = (number: number): string =>
      `https://me:pass${number}@blobs.test/${number}?Signature=${number}-of-all`
    const headers = Array.from({ length: 100 }, (_, at) => ['Location', place(at)] as const)
    const given = Array.from(
      { length: 100 },
      (_, at) => `{"location": "${place(at).replaceAll('/', '\\/')}"}`,
    )
    const body = Buffer.from(`[${given.join(',')}`.slice(0, -8))
    const secrets = new Secrets()
    learnLocations({ headers, body }, secrets)
    const shown = [
      ...redactHeaders(headers, secrets).map(([, value]) => value),
      secrets.redact(body.toString()),
    ].join('\n')
    expect(shown).not.toMatch(/pass|Signature|of-all/)
    expect(shown.match(/‹user›blobs\.test\\?\/\d+‹query›/g)).toHaveLength(200)
  })

  it('are hidden wherever the answer breaks off', () => {
    const whole = '{"location":"https://me:hunter2@blobs.test/1?Signature=of-all"}'
    const shown = Array.from({ length: whole.length }, (_, end) => new Secrets().redact(whole.slice(0, end)))
    expect(shown.filter((text) => /me|hunter|Signature/.test(text))).toEqual([])
    expect(shown.at(-1)).toBe('{"location":"https://‹user›blobs.test/1‹query›"')
  })

  it('are hidden in linear time, whatever an answer says', () => {
    const long = `{"location":"${'a'.repeat(8 * 1024 * 1024)}`
    expect(new Secrets().redact(long)).toBe(long)
    const unlike = Array.from(
      { length: 360 },
      (_, at) => `{"location":"http://a/?aaa${'a'.repeat(at)}"}`,
    ).join()
    for (const text of [
      unlike,
      '"location":"http://'.repeat(4000),
      '"location":"https://a?'.padEnd(65_536, '\\/@'),
    ]) {
      const secrets = new Secrets()
      const begun = performance.now()
      learnLocations({ headers: [], body: Buffer.from(text) }, secrets)
      secrets.redact(text)
      expect(performance.now() - begun).toBeLessThan(BOUND_MS)
    }
  })

  it('are read as far as the first 32 of an answer, those of headers before those of the body', () => {
    const secrets = new Secrets()
    const place = (number: number): string => `https://blobs.test/?Signature=${number}-of-the-places`
    const body = Buffer.from(JSON.stringify(Array.from({ length: 40 }, (_, at) => ({ location: place(at) }))))
    learnLocations({ headers: [['Location', place(99)]], body }, secrets)
    const isShown = (number: number): boolean => secrets.redact(place(number)).includes('Signature')
    expect([99, 0, 30, 31, 39].map(isShown)).toEqual([false, false, false, true, true])
  })
})
