import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import { createRelayMockRouter } from './mount.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** An application with a relay under `/relay`, its control plane under `/control`, and a route of its own. */
async function application(first: (application: express.Express) => void = () => undefined): Promise<string> {
  const relay = createRelayMockRouter({ seed: '7' })
  const application = express()
  first(application)
  application.use('/relay', relay.router).use('/control', relay.control)
  application.get('/relay/own', (_request, response) => {
    response.send('own')
  })
  // eslint-disable-next-line max-params -- by its four parameters express knows an error handler
  application.use(((error: Error, _request, response, next) => {
    if (response.headersSent) next(error)
    else response.status(500).send(error.message)
  }) satisfies express.ErrorRequestHandler)
  server = createServer(application).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const AUTHORIZATION = `Basic ${Buffer.from('+14155550100:secret').toString('base64')}`
const CONFIRMATION = JSON.stringify({
  signalingKey: Buffer.alloc(52).toString('base64'),
  registrationId: 1,
  supportsSms: false,
})

async function register(url: string): Promise<number> {
  await fetch(`${url}/relay/v1/accounts/sms/code/+14155550100`)
  const answer = await fetch(`${url}/control/codes`)
  const { codes } = (await answer.json()) as { codes: readonly { code: string }[] }
  const headers = { Authorization: AUTHORIZATION, 'Content-Type': 'application/json' }
  const path = `/relay/v1/accounts/code/${codes[0]?.code ?? ''}`
  return (await fetch(`${url}${path}`, { method: 'PUT', headers, body: CONFIRMATION })).status
}

describe('a relay in an application', () => {
  it('serves its operations under the prefix, and names its blobs with it', async () => {
    const url = await application()
    expect(await register(url)).toBe(200)
    const headers = { Authorization: AUTHORIZATION }
    const answer = await fetch(`${url}/relay/v1/attachments/`, { headers })
    const { location } = (await answer.json()) as { location: string }
    expect(location.startsWith(`${url}/relay/blobs/`)).toBe(true)
    const upload = { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: 'blob' }
    expect((await fetch(location, upload)).status).toBe(200)
  })

  it('leaves to the application what it has no operation for', async () => {
    const url = await application()
    expect(await (await fetch(`${url}/relay/own`)).text()).toBe('own')
    expect((await fetch(`${url}/v1/attachments/`)).status).toBe(404)
  })

  it('journals the requests that came to it', async () => {
    const url = await application()
    await fetch(`${url}/relay/v1/attachments/`)
    const answer = await fetch(`${url}/control/journal`)
    const { entries } = (await answer.json()) as { entries: readonly object[] }
    expect(entries).toEqual([
      expect.objectContaining({ method: 'GET', target: '/v1/attachments/', status: 401, bytes: 0 }),
    ])
  })

  it('says so where a body parser came first', async () => {
    const url = await application((before) => before.use(express.json()))
    await fetch(`${url}/relay/v1/accounts/sms/code/+14155550100`)
    const headers = { Authorization: AUTHORIZATION, 'Content-Type': 'application/json' }
    const request = { method: 'PUT', headers, body: CONFIRMATION }
    const answer = await fetch(`${url}/relay/v1/accounts/code/123456`, request)
    expect(answer.status).toBe(500)
    expect(await answer.text()).toContain('mount the mock before any body parser')
  })
})
