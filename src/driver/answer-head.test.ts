import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { HeadScanner, isStatusLine, parseHead } from './answer-head.ts'

function scanned(chunks: readonly string[], limit = 1000): HeadScanner {
  const scanner = new HeadScanner(limit)
  chunks.forEach((chunk) => {
    scanner.feed(Buffer.from(chunk, 'latin1'))
  })
  return scanner
}

describe('parseHead', () => {
  it('keeps names, values, order and case, and drops the white space around values', () => {
    expect(parseHead('HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nset-cookie:b \r\n')).toEqual({
      line: 'HTTP/1.1 200 OK',
      status: 200,
      headers: [
        ['Set-Cookie', 'a'],
        ['set-cookie', 'b'],
      ],
    })
  })

  it('gives null before the first line end', () => {
    expect(parseHead('HTTP/1.1 200')).toBeNull()
  })

  it('gives no status where the line has none', () => {
    expect(parseHead('SSH-2.0-x\r\n')).toMatchObject({ line: 'SSH-2.0-x', status: null })
  })
})

describe('isStatusLine', () => {
  it.each(['HTTP/1.1 200 OK', 'HTTP/1.0 404 Not Found', 'HTTP/1.1 200 ', 'HTTP/1.1 200'])(
    'takes %j',
    (line) => {
      expect(isStatusLine(line)).toBe(true)
    },
  )

  it.each([
    'HTTP/2.0 200 OK',
    'HTTP/2 200',
    'http/1.1 200 OK',
    'HTTP/1.1  200',
    'HTTP/1.1 20',
    'ICY 200 OK',
    '',
  ])('refuses %j', (line) => {
    expect(isStatusLine(line)).toBe(false)
  })
})

describe('HeadScanner', () => {
  it('leaves interim answers out', () => {
    const text =
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 Done\r\nA: b\r\n\r\n'
    expect(scanned([text]).head).toEqual({ line: 'HTTP/1.1 204 Done', status: 204, headers: [['A', 'b']] })
  })

  it('takes 101 for a final answer', () => {
    expect(scanned(['HTTP/1.1 101 Switching Protocols\r\n\r\n']).head?.status).toBe(101)
  })

  it('gives what there is of a head that is broken off', () => {
    const scanner = scanned(['HTTP/1.1 200 OK\r\nContent-Le'])
    expect(scanner.complete).toBe(false)
    expect(scanner.head).toMatchObject({ status: 200, headers: [] })
  })

  it('keeps no more than its limit', () => {
    const scanner = scanned(
      Array.from({ length: 100 }, () => 'X: y\r\n'),
      50,
    )
    expect(scanner.complete).toBe(false)
    expect(scanner.beginning).toHaveLength(50)
  })

  test.prop([fc.array(fc.nat({ max: 90 })), fc.string({ unit: 'binary-ascii' })])(
    'does not depend on how the bytes were cut into packets',
    (cuts, body) => {
      const text = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-Y:  z\r\n\r\n${body}`
      const places = [0, ...cuts.sort((a, b) => a - b), text.length]
      const chunks = places.map((place, index) => text.slice(place, places[index + 1] ?? text.length))
      expect(scanned(chunks).head).toEqual(scanned([text]).head)
    },
  )
})

describe('many interim answers', () => {
  const INTERIM = 'HTTP/1.1 100 Continue\r\n\r\n'
  const FINAL = 'HTTP/1.1 204 No Content\r\nA: b\r\n\r\n'

  it('are left out, however many come at once', () => {
    const scanner = new HeadScanner(1_000_000)
    scanner.feed(Buffer.from(INTERIM.repeat(4096) + FINAL + 'body'))
    expect(scanner.head).toEqual({ line: 'HTTP/1.1 204 No Content', status: 204, headers: [['A', 'b']] })
    expect(scanner.end).toBe(4096 * INTERIM.length + FINAL.length)
    expect(scanner.interim).toMatchObject({ status: 100 })
  })

  it('count all of them as what is kept at most', () => {
    const scanner = new HeadScanner(1000)
    scanner.feed(Buffer.from(INTERIM.repeat(4096) + FINAL))
    expect({ complete: scanner.complete, isOverfull: scanner.isOverfull, end: scanner.end }).toEqual({
      complete: false,
      isOverfull: true,
      end: 1000,
    })
  })
})
