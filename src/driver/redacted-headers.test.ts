import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { learnCredentials, redactHeaders } from './redacted-headers.ts'
import { Secrets } from './secrets.ts'

const shown = (name: string, value: string) => redactHeaders([[name, value]], new Secrets())[0]?.[1]

describe('redactHeaders', () => {
  it.each([
    ['Basic KzE0MTU1NTUwMTAwOjAxMjM0NTY3ODlhYmNkZWY=', 'Basic ‹credentials, 40 characters›'],
    ['basic  x', 'basic ‹credentials, 1 characters›'],
    ['Basic', 'Basic'],
    ['Basic !!!!', 'Basic ‹credentials, 4 characters›'],
    ['Bearer token', 'Bearer ‹credentials, 5 characters›'],
    ['KzE0MTU1', '‹credentials, 8 characters›'],
    ['Basically secret', '‹credentials, 16 characters›'],
    ['', ''],
  ])('shows the Authorization %j as %j', (value, expected) => {
    expect(shown('authorization', value)).toBe(expected)
  })

  it('hides cookies and keeps the rest', () => {
    expect(shown('Set-Cookie', 'a=b')).toBe('‹credentials, 3 characters›')
    expect(shown('Content-Type', 'text/html')).toBe('text/html')
  })

  test.prop([fc.string({ minLength: 3 }), fc.constantFrom('', 'Basic ', 'bearer ', 'x ')])(
    'never shows what an Authorization holds',
    (token, scheme) => {
      const secret = `#${token}#`
      expect(shown('AUTHORIZATION', scheme + secret)).not.toContain(secret)
    },
  )
})

describe('learnCredentials', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64')

  it('makes well-formed credentials known, token and password', () => {
    const secrets = new Secrets()
    learnCredentials([['authorization', `Basic ${base64('+1:pass:word')}`]], secrets)
    expect(secrets.redact(`${base64('+1:pass:word')} pass:word`)).toBe('‹credentials› ‹password›')
  })

  it.each([
    'Basic !!!!',
    'Basic',
    `Basic ${base64('nocolon')}`,
    'Basic abcd',
    `Basic ${base64('+14155550100:')}`,
  ])('does not hide ordinary text for %j', (value) => {
    const secrets = new Secrets()
    learnCredentials([['Authorization', value]], secrets)
    expect(secrets.redact('["!!!!!!!!!!!!!!"] Basic nocolon +14155550100')).toBe(
      '["!!!!!!!!!!!!!!"] Basic nocolon +14155550100',
    )
  })
})
