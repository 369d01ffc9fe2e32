import type { IncomingMessage, ServerResponse } from 'node:http'

/** A request, byte for byte, and the whole of what must come back, without the value of Date. */
export interface WireCase {
  readonly name: string
  readonly sent: string
  readonly answer: string
}

/**
 * Serves what the cases request: `/NNN` has that status, and an empty JSON object where there may be a body,
 * once the request has come whole; `/early` is answered without a look at its body; `/stream` in two pieces.
 */
export function serveCase(request: IncomingMessage, response: ServerResponse): void {
  const { url = '/' } = request
  if (url === '/early') answer(response, 404)
  else if (url === '/stream') {
    response.writeHead(200, ['Content-Type', 'text/plain'])
    response.write('one ')
    response.end('two')
  } else {
    request.on('end', () => {
      answer(response, Number(url.slice(1)))
    })
    request.resume()
  }
}

function answer(response: ServerResponse, status: number): void {
  if (status === 204) response.writeHead(204).end()
  else response.writeHead(status, ['Content-Type', 'application/json', 'Content-Length', '2']).end('{}')
}

const STATUS_LINES = [
  '200 OK',
  '400 Bad Request',
  '401 Unauthorized',
  '403 Forbidden',
  '404 Not Found',
  '500 Internal Server Error',
  '504 Gateway Timeout',
] as const

const BODY = 'x'.repeat(200_000)
const json = (statusLine: string) =>
  `HTTP/1.0 ${statusLine}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nDate: -\r\nConnection: close\r\n\r\n{}`
const refused = (statusLine: string) =>
  `HTTP/1.0 ${statusLine}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`
const get = (target: string, ...headers: readonly string[]) =>
  [`GET ${target} HTTP/1.1`, 'Host: h', ...headers, '', ''].join('\r\n')
const put = (target: string, body: string, ...headers: readonly string[]) =>
  [`PUT ${target} HTTP/1.1`, 'Host: h', `Content-Length: ${body.length}`, ...headers, '', body].join('\r\n')

/** What an HTTP/1.0 server answers, whatever it is sent. */
export const WIRE_CASES: readonly WireCase[] = [
  ...STATUS_LINES.map((line) => ({
    name: `a ${line.slice(0, 3)} to a client that would keep the connection`,
    sent: get(`/${line.slice(0, 3)}`, 'Connection: keep-alive'),
    answer: json(line),
  })),
  {
    name: 'a 204',
    sent: get('/204'),
    answer: 'HTTP/1.0 204 No Content\r\nDate: -\r\nConnection: close\r\n\r\n',
  },
  { name: 'a HEAD', sent: get('/200').replace('GET', 'HEAD'), answer: json('200 OK').replace('{}', '') },
  {
    name: 'a request of HTTP/1.0 that would keep the connection',
    sent: 'GET /200 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
    answer: json('200 OK'),
  },
  { name: 'a request without Host', sent: 'GET /200 HTTP/1.1\r\n\r\n', answer: json('200 OK') },
  { name: 'two requests at once', sent: get('/200') + get('/401'), answer: json('200 OK') },
  {
    name: 'a body of which nothing was answered yet, then another request',
    sent: put('/401', BODY) + get('/200'),
    answer: json('401 Unauthorized'),
  },
  {
    name: 'an expectation of 100-continue',
    sent: put('/200', BODY, 'Expect: 100-continue'),
    answer: json('200 OK'),
  },
  { name: 'another expectation', sent: put('/200', 'x', 'Expect: tea'), answer: json('200 OK') },
  {
    name: 'an upgrade',
    sent: get('/200', 'Connection: upgrade', 'Upgrade: websocket'),
    answer: json('200 OK'),
  },
  {
    name: 'a chunked body',
    sent: `PUT /200 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`,
    answer: json('200 OK'),
  },
  {
    name: 'an answer whose length is not known',
    sent: get('/stream'),
    answer: 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nDate: -\r\nConnection: close\r\n\r\none two',
  },
  { name: 'a body that is not read', sent: put('/early', BODY), answer: json('404 Not Found') },
  { name: 'what is not HTTP', sent: 'hello\r\n\r\n', answer: refused('400 Bad Request') },
  {
    name: 'a request line without a version',
    sent: 'GET /200\r\nnothing more\r\n\r\n',
    answer: refused('400 Bad Request'),
  },
  { name: 'an unknown method', sent: 'BREW /200 HTTP/1.1\r\n\r\n', answer: refused('400 Bad Request') },
  {
    name: 'a tunnel',
    sent: 'CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n',
    answer: refused('400 Bad Request'),
  },
  {
    name: 'a chunk that is none, after a head that was one',
    sent: `PUT /200 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n\r\n`,
    answer: refused('400 Bad Request'),
  },
  {
    name: 'a head that is too long',
    sent: get('/200', `X: ${'x'.repeat(500_000)}`),
    answer: refused('431 Request Header Fields Too Large'),
  },
]
