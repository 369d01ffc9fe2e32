import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, expectTypeOf, it } from 'vitest'
import type { PathParameters } from '#mocks/engine/path-parameters.ts'
import { Router } from './router.ts'

/** What became of a request, `PUT /path`: what its route noted, or how it was handed on. */
async function routed(router: Router, line: string): Promise<unknown> {
  const [method, url] = line.split(' ')
  const request = Object.assign(new IncomingMessage(new Socket()), { method, url })
  const response: { noted?: unknown } & ServerResponse = new ServerResponse(request)
  const handedOn = await new Promise((resolve) => {
    router.handle(request, response, (error) => {
      resolve(error ?? 'handed on')
    })
    setImmediate(resolve, undefined)
  })
  return handedOn ?? response.noted
}

/** A router whose routes note their path and what they were given. */
function routerOf(...routes: readonly (readonly [method: string, path: string])[]): Router {
  const router = new Router()
  for (const [method, path] of routes) {
    router.on(method, path, (_request, response, parameters) => {
      Object.assign(response, { noted: [path, { ...parameters }] })
    })
  }
  return router
}

const KEYS = ['GET', '/v1/keys/:number/:device'] as const
const router = routerOf(['GET', '/'], ['PUT', '/v1/keys'], KEYS, ['GET', '/v1/keys/:number/1'])

it.each([
  ['PUT /v1/keys', '/v1/keys', {}],
  ['PUT /v1/keys/', '/v1/keys', {}],
  ['PUT /v1/keys?a=/b', '/v1/keys', {}],
  ['PUT http://relay.test:80/v1/keys?x', '/v1/keys', {}],
  ['GET /', '/', {}],
  ['GET http://relay.test', '/', {}],
  ['GET /v1/keys/%2B1/%2A', KEYS[1], { number: '+1', device: '*' }],
  ['GET /v1/keys/a%2Fb/1', KEYS[1], { number: 'a/b', device: '1' }],
  ['HEAD /v1/keys/2/1', KEYS[1], { number: '2', device: '1' }],
])('takes %s', async (line, path, parameters) => {
  expect(await routed(router, line)).toEqual([path, parameters])
})

it.each([
  'POST /v1/keys',
  'PUT /V1/keys',
  'PUT /v1/keys//',
  'PUT /v1//keys',
  'GET /v1/keys//1',
  'GET /v1/keys/1/',
  'GET /v1/keys/1/2/3',
  'GET *',
])('hands on %s', async (line) => {
  expect(await routed(router, line)).toBe('handed on')
})

it('hands on what cannot be decoded, and what a route throws, as errors', async () => {
  expect(await routed(router, 'GET /v1/keys/%ZZ/1')).toBeInstanceOf(URIError)
  const failing = new Router()
  failing.get('/', () => Promise.reject(new Error('late')))
  failing.put('/', () => {
    throw new Error('at once')
  })
  expect(await routed(failing, 'GET /')).toEqual(new Error('late'))
  expect(await routed(failing, 'PUT /')).toEqual(new Error('at once'))
})

it('knows the names in a path when it is compiled', () => {
  expectTypeOf<PathParameters<'/a/:b/c/:d'>>().toEqualTypeOf<Readonly<Record<'b' | 'd', string>>>()
})
