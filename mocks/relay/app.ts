import type { IncomingMessage, RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import type { Request, RequestHandler, Response, Router } from 'express'
import { readBytes } from '#mocks/edge/read-body.ts'
import { createRouter } from '#mocks/edge/router.ts'
import { send } from '#mocks/edge/send.ts'
import { serve } from '#mocks/edge/serve.ts'
import { BLOB_PATH } from './attachments.ts'
import type { RawBody, RelayEvent } from './events.ts'
import type { PeerLinks } from './peer-links.ts'
import type { Handled, Relay } from './relay.ts'
import type { Channel } from './state.ts'

/** What the router needs besides the relay. */
export interface RelayAppOptions {
  /** Takes remarks on a request, for the journal. */
  readonly note: (request: IncomingMessage, notes: readonly string[]) => void
  /** Shown each answer before it goes out, and what it was made of. */
  readonly onAnswer?: ((handled: Handled) => void) | undefined
  /** The ways to the other nodes; without them this node is alone. */
  readonly peers?: PeerLinks
  /** Told of what our own code threw; the client gets a 500. */
  readonly onError: (error: unknown) => void
}

/** Longer bodies are read to their end and refused. Fifty thousand directory tokens fit. */
const MAX_BODY_BYTES = 2 * 1024 * 1024
/** The same for the blob of an attachment. */
const MAX_BLOB_BYTES = 8 * 1024 * 1024

/** Hands an event to the relay, and to a peer where one is to answer it, and sends the answer. */
type Handle = (request: Request, response: Response, event: RelayEvent) => Promise<void>

/**
 * The relay's operations under `/v1`, with and without the closing slash, and its blobs; it can be mounted
 * in an application. Requests it has no route for go on to the next handler.
 */
export function createRelayRouter(
  relay: Relay,
  { note, onAnswer, peers }: Omit<RelayAppOptions, 'onError'>,
): RequestHandler {
  const handle: Handle = async (request, response, event) => {
    let handled = relay.handle(event)
    note(request, handled.notes)
    if (peers !== undefined && handled.relisted.length > 0) {
      note(request, await peers.announce(handled.relisted))
    }
    if (peers !== undefined && handled.forward !== undefined) {
      const { request: asked, resume } = handled.forward
      handled = resume(await peers.ask(asked))
      note(request, handled.notes)
    }
    onAnswer?.(handled)
    send(response, handled.answer)
  }
  const routed = (...areas: readonly Area[]): Router => {
    const router = createRouter({ caseSensitive: true })
    for (const area of areas) area(router, handle)
    return router
  }
  const all = routed(...new Set(AREAS.values()))
  const byName = new Map([...AREAS].map(([name, area]) => [name, routed(area)]))
  return (request, response, next) => {
    void (byName.get(areaOf(request.url)) ?? all)(request, response, next)
  }
}

/** Adds the routes of one area. */
type Area = (router: Router, handle: Handle) => void

/** The areas by the second part of their paths: a router asks every route before the right one, which takes time. */
const AREAS: ReadonlyMap<string, Area> = new Map([
  ['accounts', addAccountRoutes],
  ['acccounts', addAccountRoutes],
  ['keys', addKeyRoutes],
  ['directory', addKeyRoutes],
  ['messages', addMessageRoutes],
  ['attachments', addAttachmentRoutes],
  ['devices', addDeviceRoutes],
  ['federation', addFederationRoutes],
])

/** The second part of a path under `/v1/`; empty for others. */
function areaOf(url: string): string {
  if (!url.startsWith(PREFIX)) return ''
  const end = url.indexOf('/', PREFIX.length)
  return url.slice(PREFIX.length, end < 0 ? undefined : end)
}

const PREFIX = '/v1/'

function addAccountRoutes(router: Router, handle: Handle): void {
  router.get('/v1/accounts/:transport/code/:number', (request, response) => {
    const { transport, number } = request.params
    return handle(request, response, { kind: 'request-code', ...told(request), transport, number })
  })

  for (const path of ['accounts', 'acccounts'] as const) {
    router.put(`/v1/${path}/code/:code`, async (request, response) => {
      const body = await bodyOf(request)
      if (body === null) return
      const { code } = request.params
      await handle(request, response, { kind: 'confirm-code', ...told(request), path, code, body })
    })
  }

  for (const channel of ['apn', 'gcm'] as const satisfies readonly Channel[]) {
    router.put(`/v1/accounts/${channel}`, async (request, response) => {
      const body = await bodyOf(request)
      if (body === null) return
      await handle(request, response, { kind: 'set-push-id', ...told(request), channel, body })
    })
    router.delete(`/v1/accounts/${channel}`, async (request, response) => {
      const body = await bodyOf(request)
      if (body === null) return
      await handle(request, response, { kind: 'remove-push-id', ...told(request), channel, body })
    })
  }
}

function addKeyRoutes(router: Router, handle: Handle): void {
  router.put('/v1/keys', async (request, response) => {
    const body = await bodyOf(request)
    if (body === null) return
    await handle(request, response, { kind: 'upload-prekeys', ...told(request), body })
  })

  router.get('/v1/keys/:number/:device', (request, response) => {
    const { number, device } = request.params
    const relay = queryParameter(request, 'relay')
    return handle(request, response, { kind: 'fetch-prekeys', ...told(request), number, device, relay })
  })

  router.put('/v1/directory/tokens', async (request, response) => {
    const body = await bodyOf(request)
    if (body === null) return
    await handle(request, response, { kind: 'query-directory', ...told(request), body })
  })
}

function addMessageRoutes(router: Router, handle: Handle): void {
  router.put('/v1/messages/:destination', async (request, response) => {
    const body = await bodyOf(request)
    if (body === null) return
    const { destination } = request.params
    await handle(request, response, { kind: 'submit-messages', ...told(request), destination, body })
  })
}

function addAttachmentRoutes(router: Router, handle: Handle): void {
  router.get('/v1/attachments', (request, response) => {
    const origin = originOf(request)
    return handle(request, response, { kind: 'allocate-attachment', ...told(request), origin })
  })

  router.get('/v1/attachments/:id', (request, response) => {
    const { id } = request.params
    const origin = originOf(request)
    return handle(request, response, { kind: 'retrieve-attachment', ...told(request), id, origin })
  })

  router.put(`${BLOB_PATH}:key`, async (request, response) => {
    const body = await bodyOf(request, MAX_BLOB_BYTES)
    if (body === null) return
    const { key } = request.params
    await handle(request, response, { kind: 'upload-blob', ...told(request), key, body })
  })

  router.get(`${BLOB_PATH}:key`, (request, response) => {
    const { key } = request.params
    const contentType = request.headers['content-type']
    return handle(request, response, { kind: 'download-blob', ...told(request), key, contentType })
  })
}

/** What adds devices where the rulebook offers it. */
function addDeviceRoutes(router: Router, handle: Handle): void {
  router.get('/v1/devices/provisioning_code', (request, response) =>
    handle(request, response, { kind: 'provision-device', ...told(request) }),
  )

  router.put('/v1/devices/:code', async (request, response) => {
    const body = await bodyOf(request)
    if (body === null) return
    const { code } = request.params
    await handle(request, response, { kind: 'add-device', ...told(request), code, body })
  })
}

/** What nodes ask of one another; to everybody else there is nothing here (5.15). */
function addFederationRoutes(router: Router, handle: Handle): void {
  router.get('/v1/federation/key/:number/:device', (request, response) => {
    const { number, device } = request.params
    return handle(request, response, { kind: 'peer-fetch-prekeys', ...told(request), number, device })
  })

  router.put('/v1/federation/messages/:source/:sourceDevice/:destination', async (request, response) => {
    const body = await bodyOf(request)
    if (body === null) return
    await handle(request, response, {
      kind: 'peer-submit-messages',
      ...told(request),
      ...request.params,
      body,
    })
  })

  router.get('/v1/federation/listing/:offset', (request, response) => {
    const { offset } = request.params
    return handle(request, response, { kind: 'read-listing', ...told(request), offset })
  })

  for (const method of ['put', 'patch'] as const) {
    router[method]('/v1/federation/listing', async (request, response) => {
      const body = await bodyOf(request)
      if (body === null) return
      const whole = method === 'put'
      await handle(request, response, { kind: 'announce-listing', ...told(request), whole, body })
    })
  }
}

/** What every event tells of its request. */
function told(request: Request): { readonly target: string; readonly authorization: string | undefined } {
  return { target: request.originalUrl, authorization: request.headers.authorization }
}

/** The first value of a query parameter; null where there is none. */
function queryParameter(request: Request, name: string): string | null {
  return new URLSearchParams(request.originalUrl.split('?')[1]).get(name)
}

/** How the client knows this server: by the Host it named, else by the address it reached. */
function originOf({ headers, socket, baseUrl }: Request): string {
  const { host = '' } = headers
  const authority = /^[\w.:[\]-]+$/.test(host) ? host : addressOf(socket)
  return `http://${authority}${baseUrl}`
}

function addressOf({ localAddress = '127.0.0.1', localPort = 80 }: Socket): string {
  return localAddress.includes(':') ? `[${localAddress}]:${localPort}` : `${localAddress}:${localPort}`
}

/** The body of a request; null where the client went away before it was whole, and nothing is to be done. */
async function bodyOf(request: Request, maxBytes = MAX_BODY_BYTES): Promise<RawBody | null> {
  const bytes = await readBytes(request, maxBytes)
  return bytes === null ? null : { contentType: request.headers['content-type'], bytes }
}

/** The relay as the listener of a bare server: 404 where there is no operation, 500 where our code threw. */
export function relayListener(relay: Relay, options: RelayAppOptions): RequestListener {
  return serve(createRelayRouter(relay, options), {
    missing: (request, response) => {
      options.note(request, ['no such operation'])
      send(response, empty(404))
    },
    undecodable: (request, response) => {
      options.note(request, ['path: expected percent-encoded UTF-8'])
      send(response, empty(400))
    },
    failed: (error, response) => {
      options.onError(error)
      if (response.headersSent) response.destroy()
      else send(response, empty(500))
    },
  })
}

function empty(status: number) {
  return { kind: 'reply', status, headers: [], body: new Uint8Array() } as const
}
