import express from 'express'
import supertest from 'supertest'
import { describe, expect, it } from 'vitest'
import { createRelayMockRouter, type RelayMountOptions } from './mount.ts'

/** An application with a relay under `/relay`, its control plane under `/control`, and a route of its own. */
function application(
  first: (application: express.Express) => void = () => undefined,
  options: RelayMountOptions = {},
): express.Express {
  const relay = createRelayMockRouter({ seed: '7', ...options })
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
  return application
}

const AUTHORIZATION = `Basic ${Buffer.from('+14155550100:secret').toString('base64')}`
const CONFIRMATION = {
  signalingKey: Buffer.alloc(52).toString('base64'),
  registrationId: 1,
  supportsSms: false,
}

function confirm(asked: ReturnType<typeof supertest>, code: string) {
  const request = asked.put(`/relay/v1/accounts/code/${code}`)
  return request.set('Authorization', AUTHORIZATION).send(CONFIRMATION)
}

async function register(asked: ReturnType<typeof supertest>): Promise<void> {
  await asked.get('/relay/v1/accounts/sms/code/+14155550100')
  const { body } = await asked.get('/control/codes')
  const { codes } = body as { readonly codes: readonly { readonly code: string }[] }
  await confirm(asked, codes[0]?.code ?? '').expect(200)
}

describe('a relay in an application', () => {
  it('serves its operations under the prefix, and names its blobs with it', async () => {
    const asked = supertest(application())
    await register(asked)
    const answer = await asked.get('/relay/v1/attachments/').set('Authorization', AUTHORIZATION)
    const { location } = answer.body as { readonly location: string }
    const { origin } = new URL((answer.request as { readonly url: string }).url)
    expect(location.startsWith(`${origin}/relay/blobs/`)).toBe(true)
    const { pathname, search } = new URL(location)
    const upload = asked.put(`${pathname}${search}`).set('Content-Type', 'application/octet-stream')
    await upload.send('blob').expect(200)
  })

  it('names its blobs by scheme and host of the proxy that the application trusts', async () => {
    const behind = async (trusted: boolean): Promise<string> => {
      const asked = supertest(application((own) => own.set('trust proxy', trusted)))
      await register(asked)
      const attachment = asked.get('/relay/v1/attachments/').set('Authorization', AUTHORIZATION)
      attachment.set('X-Forwarded-Proto', 'https').set('X-Forwarded-Host', 'desk.example.test:8443')
      const { location } = (await attachment).body as { readonly location: string }
      return new URL(location).origin
    }
    expect(await behind(true)).toBe('https://desk.example.test:8443')
    expect(await behind(false)).toMatch(/^http:\/\/127\.0\.0\.1:/)
  })

  it('answers by its control plane to the public host too', async () => {
    const health = (options: RelayMountOptions) =>
      supertest(application(undefined, options)).get('/control/health').set('Host', 'desk.example.test')
    await health({ publicHost: 'desk.example.test' }).expect(200)
    await health({}).expect(403)
  })

  it('leaves to the application what it has no operation for', async () => {
    const asked = supertest(application())
    await asked.get('/relay/own').expect(200, 'own')
    await asked.get('/v1/attachments/').expect(404)
  })

  it('journals the requests that came to it', async () => {
    const asked = supertest(application())
    await asked.get('/relay/v1/attachments/')
    const { body } = await asked.get('/control/journal')
    expect(body).toEqual({
      entries: [
        expect.objectContaining({ method: 'GET', target: '/v1/attachments/', status: 401, bytes: 0 }),
      ],
      count: 1,
      dropped: 0,
    })
  })

  it('says so where a body parser came first', async () => {
    const asked = supertest(application((before) => before.use(express.json())))
    await asked.get('/relay/v1/accounts/sms/code/+14155550100')
    const { status, text } = await confirm(asked, '123456')
    expect(status).toBe(500)
    expect(text).toContain('mount the mock before any body parser')
  })

  it('takes the bodies of its control plane, and lists what can be asked there', async () => {
    const asked = supertest(application())
    await asked.post('/control/clock/advance').send({ ms: 1 }).expect(200)
    const { body } = await asked.get('/control').expect(200)
    expect(body).toMatchObject({
      routes: expect.arrayContaining([expect.objectContaining({ path: '/peers' })]),
    })
    await asked.get('/control/nonsense').expect(404, { error: 'GET /nonsense: no such endpoint' })
  })
})
