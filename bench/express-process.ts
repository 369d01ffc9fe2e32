import express, { type Request } from 'express'
import type { AddressInfo } from 'node:net'

/** The same two operations as an express application would have them, without the rules of a relay. */
const application = express()
application.use(express.json())

application.get('/v1/attachments/:id', (_request, response) => {
  response.json({ location: `http://relay.test/blobs/${'0'.repeat(32)}` })
})

application.put(
  '/v1/accounts/gcm',
  (request: Request<unknown, unknown, { gcmRegistrationId?: unknown }>, response) => {
    response.status(typeof request.body.gcmRegistrationId === 'string' ? 200 : 415).end()
  },
)

process.on('message', () => process.send?.({ ...process.memoryUsage(), ...process.cpuUsage() }))
const server = application.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`)
})
