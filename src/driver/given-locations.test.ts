import { describe, expect, it } from 'vitest'
import { learnLocation, learnLocations } from './given-locations.ts'
import { Secrets } from './secrets.ts'

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

  it('are read as far as the first 32 of an answer, those of headers before those of the body', () => {
    const secrets = new Secrets()
    const place = (number: number): string => `https://blobs.test/?Signature=${number}-of-the-places`
    const body = Buffer.from(JSON.stringify(Array.from({ length: 40 }, (_, at) => ({ location: place(at) }))))
    learnLocations({ headers: [['Location', place(99)]], body }, secrets)
    const isShown = (number: number): boolean => secrets.redact(place(number)).includes('Signature')
    expect([99, 0, 30, 31, 39].map(isShown)).toEqual([false, false, false, true, true])
  })
})
