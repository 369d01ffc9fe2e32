import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { KEPT_BODY_BYTES, Secrets } from './secrets.ts'

const PASSWORD = 'p/ss"w+rd 16byte'

function knowing(...values: readonly string[]): Secrets {
  const secrets = new Secrets()
  values.forEach((value, index) => {
    secrets.add(value, `secret ${index}`)
  })
  return secrets
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('Secrets.redact', () => {
  const secrets = knowing(PASSWORD)

  it.each([
    ['raw', PASSWORD],
    ['Base64', base64(PASSWORD)],
    ['unpadded Base64', base64(PASSWORD).replaceAll('=', '')],
    ['URL-safe Base64', Buffer.from(PASSWORD).toString('base64url')],
    ['percent-encoded', encodeURIComponent(PASSWORD)],
    ['percent-encoded in lower case', encodeURIComponent(PASSWORD).toLowerCase()],
    ['JSON-escaped', JSON.stringify(PASSWORD).slice(1, -1)],
    ['hexadecimal', Buffer.from(PASSWORD).toString('hex')],
    ['hexadecimal in capitals', Buffer.from(PASSWORD).toString('hex').toUpperCase()],
    [
      'percent-encoded throughout',
      [...Buffer.from(PASSWORD)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join(''),
    ],
    [
      'JSON-escaped throughout',
      Array.from(PASSWORD)
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join(''),
    ],
    ['JSON-escaped with slashes', JSON.stringify(PASSWORD).slice(1, -1).replaceAll('/', '\\/')],
  ])('replaces a secret that stands %s', (_form, text) => {
    expect(secrets.redact(`<${text}>${text}`)).toBe('<‹secret 0›>‹secret 0›')
  })

  it.each(['', '+', '+1', '+14', '+141'])(
    'finds a password in the Base64 of longer text (%j before)',
    (prefix) => {
      const shown = secrets.redact(base64(`${prefix}:${PASSWORD}?`))
      expect(shown).toContain('‹secret 0›')
      expect(shown.replace('‹secret 0›', '').length).toBeLessThan(14)
    },
  )

  const folded = (text: string, by: string): string => (text.match(/.{1,5}/g) ?? []).join(by)

  it.each([
    ['folded', folded(PASSWORD, '\r\n\t')],
    ['folded in Base64', folded(base64(PASSWORD), '\r\n ')],
    ['folded in hexadecimal', folded(Buffer.from(PASSWORD).toString('hex'), '\n')],
    ['folded with escaped line ends', folded(base64(PASSWORD), String.raw`\r\n`)],
    ['in pieces', `hunt", "er22-and`],
    ['folded by a blank and an escaped line end', String.raw`hunt \ner22-and`],
    ['in pieces on escaped lines', String.raw`hunt\",\n\"er22-and`],
    ['character by character', `"h","u","n","t","e","r","2","2","-","a","n","d"`],
  ])('replaces a secret that stands %s, and what is around it stays', (_form, text) => {
    const shown = knowing(PASSWORD, 'hunter22-and').redact(`a, b ["${text}"], c`)
    expect(shown).toMatch(/^a, b \["*‹secret [01]›={0,2}"+\], c$/)
  })

  it('takes no short secret together from what stands apart', () => {
    expect(knowing('1397').redact('13, 97 and 1 397')).toBe('13, 97 and 1 397')
  })

  it('takes the longest secret where several begin', () => {
    expect(knowing('abcd', 'abcdef').redact('abcdefabcd')).toBe('‹secret 1›‹secret 0›')
  })

  it('finds secrets of fewer than four characters where they stand alone', () => {
    expect(knowing('', 'a1').redact('/code/a1 "a1" a12 ba1 a1')).toBe(
      '/code/‹secret 1› "‹secret 1›" a12 ba1 ‹secret 1›',
    )
  })

  it.each(['123-456', '123 456', '1,2,3,4,5,6', '1, 2, 3, 4, 5, 6', '1 2 3 4 5 6', '1-2-3-4-5-6'])(
    'finds a code as it is shown and read out: %s',
    (shown) => {
      expect(knowing('123456').redact(`your code: ${shown}.`)).toBe('your code: ‹secret 0›.')
    },
  )

  it('shows the last two digits of phone numbers alone, once it is asked to', () => {
    const secrets = new Secrets()
    expect(secrets.redact('to +14155550123')).toBe('to +14155550123')
    secrets.hideNumbers(['+15555558264'])
    expect(secrets.redact('+14155550123, %2B14155550123, 15555558264, +1 and 1795983336889')).toBe(
      '‹number›23, ‹number›23, ‹number›64, +1 and 1795983336889',
    )
    expect(secrets.redact('from 14155550123@example')).toBe('from ‹number›23@example')
  })

  it('keeps the first name of a secret', () => {
    const twice = knowing('abcd', 'abcd')
    expect(twice.redact('abcd')).toBe('‹secret 0›')
  })

  test.prop([fc.string({ minLength: 8, unit: 'grapheme' }), fc.tuple(fc.string(), fc.string())])(
    'never shows a secret, however it is spelt and whatever surrounds it',
    (secret, [before, after]) => {
      const one = new Secrets()
      one.add(secret, '*')
      const spelt = [
        secret,
        base64(secret),
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
        Buffer.from(secret).toString('latin1'),
      ]
      spelt.forEach((text) => {
        expect(one.redact(`${before}${text}${after}`)).not.toContain(text)
      })
    },
  )

  test.prop([fc.array(fc.string({ minLength: 4 })), fc.string()])(
    'segments joined are the text',
    (values, text) => {
      const segments = knowing(...values).segments(text)
      expect(segments.map((segment) => segment.text).join('')).toBe(text)
    },
  )
})

describe('Secrets.redactBytes', () => {
  it('keeps printable UTF-8 as text', () => {
    expect(new Secrets().redactBytes(Buffer.from('{"é":\t1}\r\n'))).toEqual({
      kind: 'text',
      text: '{"é":\t1}\r\n',
      bytes: 11,
      cut: false,
    })
  })

  it('keeps other bytes as Base64', () => {
    const bytes = Uint8Array.of(0, 0xff, 0x80)
    expect(new Secrets().redactBytes(bytes)).toEqual({ kind: 'base64', base64: 'AP+A', bytes: 3, cut: false })
  })

  it('replaces a secret in text and among other bytes', () => {
    const secrets = knowing('0123456789abcdef')
    expect(secrets.redactBytes(Buffer.from('x0123456789abcdefx'))).toEqual({
      kind: 'text',
      text: 'x‹secret 0›x',
      bytes: 18,
      cut: false,
    })
    expect(secrets.redactBytes(Buffer.from('\u00000123456789abcdef'))).toEqual({
      kind: 'base64',
      base64: base64('\u0000‹secret 0›'),
      bytes: 17,
      cut: false,
    })
  })

  it('cuts after 4 KiB without splitting a character', () => {
    const recorded = new Secrets().redactBytes(Buffer.from('a'.repeat(KEPT_BODY_BYTES - 1) + 'é'.repeat(40)))
    expect(recorded).toEqual({ kind: 'text', text: 'a'.repeat(KEPT_BODY_BYTES - 1), bytes: 4175, cut: true })
  })

  it('keeps exactly 4 KiB whole', () => {
    expect(new Secrets().redactBytes(Buffer.alloc(KEPT_BODY_BYTES, 'a'))).toMatchObject({
      bytes: 4096,
      cut: false,
    })
  })

  test.prop([fc.integer({ min: -20, max: 4 }), fc.constantFrom('a', '\u0000', 'é')])(
    'shows no part of a secret that lies across the cut',
    (offset, filler) => {
      const secret = '0123456789abcdef'
      const head = Buffer.alloc(KEPT_BODY_BYTES + offset, filler)
      const secrets = new Secrets()
      secrets.add(secret, '*')
      const recorded = secrets.redactBytes(Buffer.concat([head, Buffer.from(secret.repeat(2))]))
      const shown =
        recorded.kind === 'text' ? recorded.text : Buffer.from(recorded.base64, 'base64').toString()
      expect(shown.slice(-40)).not.toMatch(/[0-9bcdef]{2}/)
    },
  )
})
