import type { IncomingMessage, RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { Router, type Request, type Response } from 'express'
import { readBytes } from '#mocks/edge/read-body.ts'
import { send } from '#mocks/edge/send.ts'
import { serve } from '#mocks/edge/serve.ts'
import { BLOB_PATH } from './attachments.ts'
import type { RawBody, RelayEvent } from './events.ts'
import type { Relay } from './relay.ts'
import type { Channel } from './state.ts'

/** What the router needs besides the relay. */
export interface RelayAppOptions {
  /** Takes remarks on a request, for the journal. */
  readonly note: (request: IncomingMessage, notes: readonly string[]) => void
  /** Told of what our own code threw; the client gets a 500. */
  readonly onError: (error: unknown) => void
}

/** Longer bodies are read to their end and refused. Fifty thousand directory tokens fit. */
const MAX_BODY_BYTES = 2 * 1024 * 1024
/** The same for the blob of an attachment. */
const MAX_BLOB_BYTES = 8 * 1024 * 1024

/** Hands an event to the relay and sends its answer. */
type Handle = (request: Request, response: Response, event: RelayEvent) => void

/**
 * The relay's operations under `/v1`, with and without the closing slash, and its blobs; it can be mounted
 * in an application. Requests it has no route for go on to the next handler.
 */
export function createRelayRouter(relay: Relay, { note }: Pick<RelayAppOptions, 'note'>): Router {
  const router = Router({ caseSensitive: true })
  const handle: Handle = (request, response, event) => {
    const { answer, notes } = relay.handle(event)
    note(request, notes)
    send(response, answer)
  }
  addAccountRoutes(router, handle)
  addKeyRoutes(router, handle)
  addMessageRoutes(router, handle)
  addAttachmentRoutes(router, handle)
  return router
}

function addAccountRoutes(router: Router, handle: Handle): void {
  router.get('/v1/accounts/:transport/code/:number', (request, response) => {
    const { transport, number } = request.params
    handle(request, response, { kind: 'request-code', ...told(request), transport, number })
  })

  for (const path of ['accounts', 'acccounts'] as const) {
    router.put(`/v1/${path}/code/:code`, async (request, response) => {
      const body = await bodyOf(request)
      if (body === null) return
      const { code } = request.params
      handle(request, response, { kind: 'confirm-code', ...told(request), path, code, body })
    })
  }

  for (const channel of ['apn', 'gcm'] as const satisfies readonly Channel[]) {
    router.put(`/v1/accounts/${channel}`, async (request, response) => {
      const body = await bodyOf(request)
      if (body === null) return
      handle(request, response, { kind: 'set-push-id', ...told(request), channel, body })
    })
    router.delete(`/v1/accounts/${channel}`, async (request, response) => {
      const body = await bodyOf(request)
      if (body === null) return
      handle(request, response, { kind: 'remove-push-id', ...told(request), channel, body })
    })
  }
}

function addKeyRoutes(router: Router, handle: Handle): void {
  router.put('/v1/keys', async (request, response) => {
    const body = await bodyOf(request)
    if (body === null) return
    handle(request, response, { kind: 'upload-prekeys', ...told(request), body })
  })

  router.get('/v1/keys/:number/:device', (request, response) => {
    const { number, device } = request.params
    const relay = queryParameter(request, 'relay')
    handle(request, response, { kind: 'fetch-prekeys', ...told(request), number, device, relay })
  })

  router.put('/v1/directory/tokens', async (request, response) => {
    const body = await bodyOf(request)
    if (body === null) return
    handle(request, response, { kind: 'query-directory', ...told(request), body })
  })
}

function addMessageRoutes(router: Router, handle: Handle): void {
  router.put('/v1/messages/:destination', async (request, response) => {
    const body = await bodyOf(request)
    if (body === null) return
    const { destination } = request.params
    handle(request, response, { kind: 'submit-messages', ...told(request), destination, body })
  })
}

function addAttachmentRoutes(router: Router, handle: Handle): void {
  router.get('/v1/attachments', (request, response) => {
    const origin = originOf(request)
    handle(request, response, { kind: 'allocate-attachment', ...told(request), origin })
  })

  router.get('/v1/attachments/:id', (request, response) => {
    const { id } = request.params
    const origin = originOf(request)
    handle(request, response, { kind: 'retrieve-attachment', ...told(request), id, origin })
  })

  router.put(`${BLOB_PATH}:key`, async (request, response) => {
    const body = await bodyOf(request, MAX_BLOB_BYTES)
    if (body === null) return
    const { key } = request.params
    handle(request, response, { kind: 'upload-blob', ...told(request), key, body })
  })

  router.get(`${BLOB_PATH}:key`, (request, response) => {
    const { key } = request.params
    const contentType = request.headers['content-type']
    handle(request, response, { kind: 'download-blob', ...told(request), key, contentType })
  })
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
