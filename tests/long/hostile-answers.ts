import type { Socket } from 'node:net'

/** An answer that no server should give. `send` writes it to a connection on which a request has come. */
export interface HostileAnswer {
  readonly name: string
  readonly send: (socket: Socket) => void
}

const MEGABYTE = 1024 * 1024
const DRIP_MS = 20

function whole(name: string, bytes: string | (() => string)): HostileAnswer {
  return { name, send: (socket) => socket.end(typeof bytes === 'string' ? bytes : bytes(), 'latin1') }
}

/** Repeats a piece for as long as the other side listens: as fast as it takes it, or now and then. */
function endless(
  name: string,
  begin: string,
  { piece, everyMs }: { piece: string; everyMs?: number },
): HostileAnswer {
  return {
    name,
    send: (socket) => {
      socket.write(begin, 'latin1')
      const again = (): void => {
        if (socket.destroyed) return
        if (everyMs === undefined && socket.write(piece, 'latin1')) setImmediate(again)
        else if (everyMs === undefined) socket.once('drain', again)
        else {
          socket.write(piece, 'latin1')
          setTimeout(again, everyMs)
        }
      }
      again()
    },
  }
}

const OK = 'HTTP/1.1 200 OK\r\n'
const JSON_OK = `${OK}Content-Type: application/json\r\n`
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`

const FRAMES: readonly HostileAnswer[] = [
  whole('nothing at all', ''),
  whole('an empty line', '\r\n\r\n'),
  whole('a blank', ' '),
  whole('zeros', () => '\0'.repeat(MEGABYTE)),
  whole('a banner of SMTP', '220 mail.example ESMTP\r\n'),
  whole('HTTP/0.9', '<html></html>'),
  whole('HTTP/2', 'HTTP/2 200 OK\r\n\r\n'),
  whole('HTTP/9.9', 'HTTP/9.9 200 OK\r\n\r\n'),
  whole('a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n'),
  whole('a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'),
  whole('status 000', 'HTTP/1.1 000 X\r\nContent-Length: 0\r\n\r\n'),
  whole('status 999', 'HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n'),
  whole('status 099', 'HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n'),
  whole('a status below zero', 'HTTP/1.1 -20 X\r\n\r\n'),
  whole('no reason', 'HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n'),
  whole('a reason of 1 MB', () => `HTTP/1.1 200 ${'x'.repeat(MEGABYTE)}\r\n\r\n`),
  whole('a reason with escapes of a terminal', 'HTTP/1.1 400 \x1b[2J\x1b[31m\r\nContent-Length: 0\r\n\r\n'),
  whole('line feeds alone', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'),
  whole('carriage returns alone', 'HTTP/1.1 200 OK\rContent-Length: 0\r\r'),
  whole('a header of 1 MB', () => `${OK}A: ${'x'.repeat(MEGABYTE)}\r\n\r\n`),
  whole('100,000 headers', () => `${OK}${'a: b\r\n'.repeat(100_000)}\r\n`),
  whole('10,000 short headers', () => `${OK}${'a:\r\n'.repeat(10_000)}\r\n`),
  whole('a header without a name', `${OK}: b\r\n\r\n`),
  whole('a header without a colon', `${OK}ab\r\n\r\n`),
  whole('a zero in a header', `${OK}A: b\0c\r\nContent-Length: 0\r\n\r\n`),
  whole('a folded header', `${OK}A: b\r\n c\r\nContent-Length: 0\r\n\r\n`),
  whole('a header of other bytes', `${OK}A: \xff\xfe\x80\r\nContent-Length: 0\r\n\r\n`),
  whole('two lengths', `${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`),
  whole('a length and chunks', `${OK}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
  whole('a length below zero', `${OK}Content-Length: -1\r\n\r\n`),
  whole('a length that is no number', `${OK}Content-Length: many\r\n\r\n`),
  whole('a length of 30 digits', `${OK}Content-Length: ${'9'.repeat(30)}\r\n\r\n`),
  whole('a length that is too long', `${OK}Content-Length: 100\r\n\r\n{}`),
  whole('a length that is too short', `${JSON_OK}Content-Length: 1\r\n\r\n{}`),
  whole('no length', `${JSON_OK}\r\n{}`),
  whole('a chunk size that is no number', `${CHUNKED}xyz\r\n\r\n`),
  whole('a chunk size of 30 digits', `${CHUNKED}${'f'.repeat(30)}\r\n`),
  whole('a chunk that is too short', `${CHUNKED}ff\r\nab`),
  whole('a chunk extension of 1 MB', () => `${CHUNKED}1;${'x'.repeat(MEGABYTE)}\r\na\r\n0\r\n\r\n`),
  whole('a million chunks', () => `${CHUNKED}${'1\r\nx\r\n'.repeat(1_000_000)}0\r\n\r\n`),
  whole('100,000 trailers', () => `${CHUNKED}0\r\n${'a: b\r\n'.repeat(100_000)}\r\n`),
  whole('an unknown coding', `${OK}Transfer-Encoding: x\r\n\r\n{}`),
  whole('text said to be gzip', `${JSON_OK}Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}`),
  whole(
    '4096 interim answers',
    () => `${'HTTP/1.1 100 Continue\r\n\r\n'.repeat(4096)}${OK}Content-Length: 0\r\n\r\n`,
  ),
  whole('interim answers alone', () => 'HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n'.repeat(20)),
  whole(
    'a switch of protocols',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nx',
  ),
  whole('204 with a body', 'HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}'),
  whole('304', 'HTTP/1.1 304 Not Modified\r\n\r\n'),
  whole('two answers', `${OK}Content-Length: 0\r\n\r\n${OK}Content-Length: 0\r\n\r\n`),
  whole('a redirection to itself', 'HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n'),
  whole(
    'a redirection elsewhere',
    'HTTP/1.1 307 X\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n',
  ),
  whole('100 challenges', () => `HTTP/1.1 401 X\r\n${'WWW-Authenticate: Digest a="\\\r\n'.repeat(100)}\r\n`),
  { name: 'a reset', send: (socket) => socket.resetAndDestroy() },
  {
    name: 'a reset within the head',
    send: (socket) => {
      socket.write(OK, () => socket.resetAndDestroy())
    },
  },
  {
    name: 'a reset within the body',
    send: (socket) => {
      socket.write(`${OK}Content-Length: 9\r\n\r\n{`, () => socket.resetAndDestroy())
    },
  },
  { name: 'silence', send: () => undefined },
  { name: 'silence within the head', send: (socket) => socket.write(OK) },
  { name: 'silence within the body', send: (socket) => socket.write(`${OK}Content-Length: 9\r\n\r\n{`) },
  endless('an endless body', `${JSON_OK}\r\n`, { piece: ' '.repeat(65_536) }),
  endless('endless chunks', CHUNKED, { piece: '1\r\n \r\n'.repeat(10_000) }),
  endless('endless headers', OK, { piece: 'a: b\r\n'.repeat(10_000) }),
  endless('endless interim answers', '', { piece: 'HTTP/1.1 100 X\r\n\r\n'.repeat(1000) }),
  endless('endless trailers', `${CHUNKED}0\r\n`, { piece: 'a: b\r\n'.repeat(10_000) }),
  endless('an endless status line', 'HTTP/1.1 200 ', { piece: 'x'.repeat(65_536) }),
  endless('a head byte by byte', OK, { piece: 'a', everyMs: DRIP_MS }),
  endless('a body byte by byte', `${JSON_OK}Content-Length: 99999\r\n\r\n`, { piece: ' ', everyMs: DRIP_MS }),
  endless('interim answers one by one', '', { piece: 'HTTP/1.1 100 X\r\n\r\n', everyMs: DRIP_MS }),
  endless('a header line now and then', OK, { piece: 'a:\r\n', everyMs: DRIP_MS }),
]

/** Bodies that no client expects, by what they are; Latin-1. */
const BODIES: Readonly<Record<string, () => string>> = {
  nothing: () => '',
  null: () => 'null',
  'a list': () => '[]',
  'a number of 100,000 digits': () => '9'.repeat(100_000),
  'a number that is too great': () => '{"id":1e400,"location":1e400,"verificationCode":-1e-400}',
  text: () => '"x"',
  'arrays a million deep': () => '['.repeat(1_000_000) + ']'.repeat(1_000_000),
  'objects 100,000 deep': () => '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000),
  'text of 8 MB': () => `{"location":"${'x'.repeat(8 * MEGABYTE - 100)}"}`,
  'escapes of 4 MB': () => `{"location":"${'\\"'.repeat(2 * MEGABYTE)}"}`,
  'more than 8 MB': () => ' '.repeat(9 * MEGABYTE),
  'a million members': () => `{${Array.from({ length: 300_000 }, (_, place) => `"n${place}":1`).join()}}`,
  'one name a million times': () => `{"a":1${',"a":1'.repeat(500_000)}}`,
  'a million items': () => `{"contacts":[${'{},'.repeat(1_000_000)}{}]}`,
  'the prototype': () => '{"__proto__":{"location":"x"},"constructor":{},"toString":1,"hasOwnProperty":1}',
  'lone surrogates': () => '{"location":"\\ud800","id":"\\udfff\\u0000"}',
  'references of XML': () => '{"location":"&#0;&lt;&x;]]>","id":"<script>alert(1)</script>"}',
  'escapes of a terminal': () => '{"location":"\x1b[2J\x1b]0;x\x07\u009b31m"}',
  'a location with line ends': () => '{"id":1,"location":"http://127.0.0.1/a\\r\\nX: y"}',
  'a location with blanks': () => '{"id":1,"location":" http://127.0.0.1/ a b "}',
  'a location of 1 MB': () => `{"id":1,"location":"http://127.0.0.1/${'a'.repeat(MEGABYTE)}"}`,
  'a byte order mark': () => '\xef\xbb\xbf{}',
  'bytes that are no UTF-8': () => '{"location":"\xff\xfe\xc0\x80"}',
  'half of an object': () => '{"location":"x',
  'XML with entities': () => '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
  'a thousand brackets': () => '<'.repeat(100_000),
}

const STATUSES = [
  '200 OK',
  '204 No Content',
  '400 Bad Request',
  '401 Unauthorized',
  '413 X',
  '500 X',
] as const

const ANSWERS = Object.entries(BODIES).flatMap(([name, body]) =>
  STATUSES.map((status) =>
    whole(`${status.slice(0, 3)} with ${name}`, () => {
      const text = body()
      return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`
    }),
  ),
)

/** All of them. */
export const HOSTILE_ANSWERS: readonly HostileAnswer[] = [...FRAMES, ...ANSWERS]
