import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { testCertificate } from '#mocks/edge/test-certificate.ts'

/**
 * What an mStore can do no faster: node:http, or node:https, with a challenge of the same shape, the JSON body
 * parsed, an answer of that many bytes, and the connection closed.
 */
const [, , way = '', bytes = '0'] = process.argv
const CHALLENGE = `Digest realm="3GPP-bootstrapping@127.0.0.1", nonce="${'0'.repeat(32)}", algorithm=MD5, qop="auth"`
const answer = 'x'.repeat(Number(bytes))

const listener: RequestListener = (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    if (chunks.length > 0) JSON.parse(Buffer.concat(chunks).toString())
    const isCalled = request.headers.authorization !== undefined
    const body = isCalled ? answer : ''
    response.writeHead(isCalled ? 200 : 401, {
      Connection: 'close',
      'Content-Length': body.length,
      ...(isCalled ? {} : { 'WWW-Authenticate': CHALLENGE }),
    })
    response.end(body)
  })
}

const isPlain = way === 'plain'
const server = isPlain ? createServer(listener) : createTlsServer(testCertificate().tls, listener)
process.on('message', () => process.send?.({ ...process.memoryUsage(), ...process.cpuUsage() }))
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ url: `${isPlain ? 'http' : 'https'}://127.0.0.1:${port}` })}\n`)
})
