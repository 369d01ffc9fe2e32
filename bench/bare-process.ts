import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a server can do no faster: node:http, the same bytes in and out, a JSON body parsed, nothing else. */
const LOCATION = JSON.stringify({ location: `http://relay.test/blobs/${'0'.repeat(32)}` })

const server = createServer((request, response) => {
  if (request.method === 'PUT') takeBody(request, response)
  else {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': LOCATION.length })
    response.end(LOCATION)
  }
})

function takeBody(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const isObject = typeof JSON.parse(Buffer.concat(chunks).toString()) === 'object'
    response.writeHead(isObject ? 200 : 415, { 'Content-Length': 0 })
    response.end()
  })
}

process.on('message', () => process.send?.({ ...process.memoryUsage(), ...process.cpuUsage() }))
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`)
})
