import type { IncomingMessage, RequestListener } from 'node:http'
import { Router, type Request, type Response } from 'express'
import { readBytes } from '#mocks/edge/read-body.ts'
import { send } from '#mocks/edge/send.ts'
import { serve } from '#mocks/edge/serve.ts'
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

/**
 * The relay's operations under `/v1`, with and without the closing slash; it can be mounted in an
 * application. Requests it has no route for go on to the next handler.
 */
export function createRelayRouter(relay: Relay, { note }: Pick<RelayAppOptions, 'note'>): Router {
  const router = Router({ caseSensitive: true })

  const handle = (request: Request, response: Response, event: RelayEvent): void => {
    const { answer, notes } = relay.handle(event)
    note(request, notes)
    send(response, answer)
  }

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

  router.put('/v1/messages/:destination', async (request, response) => {
    const body = await bodyOf(request)
    if (body === null) return
    const { destination } = request.params
    handle(request, response, { kind: 'submit-messages', ...told(request), destination, body })
  })

  return router
}

/** What every event tells of its request. */
function told(request: Request): { readonly target: string; readonly authorization: string | undefined } {
  return { target: request.originalUrl, authorization: request.headers.authorization }
}

/** The body of a request; null where the client went away before it was whole, and nothing is to be done. */
async function bodyOf(request: Request): Promise<RawBody | null> {
  const bytes = await readBytes(request, MAX_BODY_BYTES)
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
