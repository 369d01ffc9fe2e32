import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { fromUtf8, utf8 } from '../bytes.ts'
import { parseHeaderValue } from './header-value.ts'
import { boundaryOf, buildMultipart, isSafeBoundary, parseMultipart, partHeader } from './multipart.ts'

/** RFC 2046, section 5.1.1. */
const RFC_2046 = [
  'This is the preamble.  It is to be ignored, though it',
  'is a handy place for composition agents to include an',
  'explanatory note to non-MIME conformant readers.',
  '',
  '--simple boundary',
  '',
  'This is implicitly typed plain US-ASCII text.',
  'It does NOT end with a linebreak.',
  '--simple boundary',
  'Content-type: text/plain; charset=us-ascii',
  '',
  'This is explicitly typed plain US-ASCII text.',
  'It DOES end with a linebreak.',
  '',
  '--simple boundary--',
  '',
  'This is the epilogue.  It is also to be ignored.',
].join('\r\n')

const boundary = fc.stringMatching(/^[0-9A-Za-z'()+_,./:=?-]{1,70}$/)
const part = fc.record({
  headers: fc.array(
    fc.tuple(
      fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,10}$/),
      fc.stringMatching(/^[!-~é]([ -~é]{0,20}[!-~])?$/),
    ),
    { maxLength: 3 },
  ),
  body: fc.oneof(fc.uint8Array(), fc.string({ unit: fc.constantFrom('\r', '\n', '-', 'a') }).map(utf8)),
})

describe('a multipart message', () => {
  test('is read as RFC 2046 shows', () => {
    const message = parseMultipart('simple boundary', utf8(RFC_2046))
    expect(message.kind === 'multipart' ? message.parts.map(({ body }) => fromUtf8(body)) : message).toEqual([
      'This is implicitly typed plain US-ASCII text.\r\nIt does NOT end with a linebreak.',
      'This is explicitly typed plain US-ASCII text.\r\nIt DOES end with a linebreak.\r\n',
    ])
    expect(
      message.kind === 'multipart' ? message.parts.map((each) => partHeader(each, 'CONTENT-TYPE')) : [],
    ).toEqual([null, 'text/plain; charset=us-ascii'])
  })

  test('is written with a delimiter before each part and one behind the last', () => {
    const written = buildMultipart('b', [
      { headers: [['A', 'x; y=1']], body: utf8('1') },
      { headers: [], body: utf8('2') },
    ])
    expect(fromUtf8(written)).toBe('--b\r\nA: x; y=1\r\n\r\n1\r\n--b\r\n\r\n2\r\n--b--\r\n')
  })

  test.prop([boundary, fc.array(part, { minLength: 1, maxLength: 4 })])(
    'survives its writing with any bytes and any boundary',
    (boundary, parts) => {
      fc.pre(isSafeBoundary(boundary, parts))
      expect(parseMultipart(boundary, buildMultipart(boundary, parts))).toEqual({ kind: 'multipart', parts })
    },
  )

  test.prop([boundary, boundary, fc.array(part, { minLength: 1, maxLength: 2 })])(
    'survives inside another, also under a boundary that begins with the outer one',
    (outer, suffix, parts) => {
      const inner = `${outer}${suffix}`.slice(0, 70)
      fc.pre(inner !== outer && !inner.startsWith(`${outer}--`))
      fc.pre(isSafeBoundary(outer, parts) && isSafeBoundary(inner, parts))
      const nested = buildMultipart(inner, parts)
      const message = parseMultipart(outer, buildMultipart(outer, [{ headers: [], body: nested }]))
      expect(message).toEqual({ kind: 'multipart', parts: [{ headers: [], body: nested }] })
      expect(parseMultipart(inner, nested)).toEqual({ kind: 'multipart', parts })
    },
  )

  test.prop([boundary, fc.uint8Array()])('never breaks the reader', (boundary, bytes) => {
    expect(['multipart', 'parse-error']).toContain(parseMultipart(boundary, bytes).kind)
  })

  test.each([
    ['', 'expected the delimiter --b, got none'],
    ['--bc\r\n\r\nx\r\n--bc--', 'expected the delimiter --b, got none'],
    ['--b--\r\n', 'expected a part, got none'],
    ['--b\r\n\r\nx', 'expected the closing delimiter --b--, got the end after 0 parts'],
    ['--b\r\n\r\nx\r\n--b\r\n', 'expected the closing delimiter --b--, got the end after 1 parts'],
    ['--b\r\nA: 1\r\n--b--', 'expected an empty line after the headers of part 0'],
    ['--b\r\nno header\r\n\r\nx\r\n--b--', 'expected a header in part 0, got "no header"'],
    ['--b\n\nx\n--b--', 'expected the delimiter --b, got none'],
  ])('is not %j', (text, reason) => {
    expect(parseMultipart('b', utf8(text))).toEqual({
      kind: 'parse-error',
      reason: expect.stringContaining(reason),
    })
  })

  test('may have blanks behind a delimiter', () => {
    expect(parseMultipart('b', utf8('--b \t\r\n\r\nx\r\n--b-- '))).toMatchObject({ kind: 'multipart' })
  })
})

describe('a boundary', () => {
  test.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['Multipart/Mixed; boundary="====outer123=="', '====outer123=='],
    ['multipart/mixed;boundary=a=b;charset=x', 'a=b'],
  ])('is read from %s', (contentType, value) => {
    expect(boundaryOf(contentType)).toEqual({ kind: 'boundary', boundary: value })
  })

  test.each([
    '',
    'application/json',
    'multipart/mixed',
    'multipart/mixed; boundary=""',
    `multipart/mixed; boundary=${'x'.repeat(71)}`,
  ])('is not in %j', (contentType) => {
    expect(boundaryOf(contentType)).toMatchObject({ kind: 'parse-error' })
  })

  test('is safe when no line of a part begins with it', () => {
    const lines = (body: string) => [{ headers: [], body: utf8(body) }]
    expect(isSafeBoundary('b', lines('x--b'))).toBe(true)
    expect(isSafeBoundary('b', lines('--b'))).toBe(false)
    expect(isSafeBoundary('b', lines('x\r\n--bc'))).toBe(false)
    expect(isSafeBoundary('b ', [])).toBe(false)
  })
})

describe('a header value', () => {
  test('has its parameters with or without a blank (E-29)', () => {
    const params = new Map([['name', 'root-fields']])
    expect(parseHeaderValue('form-data; name="root-fields"')).toEqual({ value: 'form-data', params })
    expect(parseHeaderValue('Form-Data;NAME=root-fields')).toEqual({ value: 'form-data', params })
  })

  test.each(['', ';', 'a; b', 'a; b="c', 'a b'])('is not %j', (text) => {
    expect(parseHeaderValue(text)).toBeNull()
  })
})
