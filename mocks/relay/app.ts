import type { RequestListener, ServerResponse } from 'node:http'
import { readBody, type ReadBody } from '#mocks/edge/read-body.ts'
import { Router, targetOf, type Handler, type RoutedRequest } from '#mocks/edge/router.ts'
import { send } from '#mocks/edge/send.ts'
import { serve } from '#mocks/edge/serve.ts'
import { note } from '#mocks/edge/wire-tap.ts'
import type { RelayEvent } from './events.ts'
import type { PeerLinks } from './peer-links.ts'
import type { RelayHandled, Relay } from './relay.ts'
import { addRoutes, type AddRoute, type Asked, type Sent } from './routes.ts'

/** What the router needs besides the relay. */
export interface RelayAppOptions {
  /** Shown each answer before it goes out, and what it was made of. */
  readonly onAnswer?: ((handled: RelayHandled) => void) | undefined
  /** The ways to the other nodes; without them this node is alone. */
  readonly peers?: PeerLinks
  /** Told of what our own code threw; the client gets a 500. */
  readonly onError: (error: unknown) => void
}

/** Longer bodies are read to their end and refused. Fifty thousand directory tokens fit. */
const MAX_BODY_BYTES = 2 * 1024 * 1024
/** The same for the blob of an attachment. */
const MAX_BLOB_BYTES = 8 * 1024 * 1024

/** Hands an event to the relay, and to peers where they are concerned, and sends the answer. */
type Handle = (
  request: RoutedRequest,
  response: ServerResponse,
  event: RelayEvent,
) => Promise<void> | undefined

/**
 * The relay's operations under `/v1`, with and without the closing slash, and its blobs; it can be mounted
 * in an application. Requests it has no route for go on to the next handler.
 */
export function createRelayRouter(
  relay: Relay,
  { onAnswer, peers }: Omit<RelayAppOptions, 'onError'>,
): Handler {
  const finish = (response: ServerResponse, handled: RelayHandled): void => {
    onAnswer?.(handled)
    send(response, handled.answer)
  }
  const handle: Handle = (request, response, event) => {
    const handled = relay.handle(event)
    note(request, handled.notes)
    if (peers !== undefined && concernsPeers(handled)) {
      return settle(request, handled, peers).then((settled) => {
        finish(response, settled)
      })
    }
    finish(response, handled)
    return undefined
  }
  const router = new Router()
  const asking: AddRoute<Asked> = (path, eventOf) => {
    router.on('GET', path, (request, response, parameters) =>
      handle(request, response, eventOf(asked(request), parameters)),
    )
  }
  const sending = (method: string, maxBytes: number): AddRoute<Sent> => {
    return (path, eventOf) => {
      router.on(method, path, async (request, response, parameters) => {
        const body = await readBody(request, maxBytes)
        // The client went away before the body was whole: nothing is to be done.
        if (body.kind === 'cut') return
        await handle(request, response, eventOf(sent(request, body), parameters))
      })
    }
  }
  addRoutes({
    get: asking,
    put: sending('PUT', MAX_BODY_BYTES),
    patch: sending('PATCH', MAX_BODY_BYTES),
    delete: sending('DELETE', MAX_BODY_BYTES),
    putBlob: sending('PUT', MAX_BLOB_BYTES),
  })
  return router.handle
}

function concernsPeers({ relisted, forward }: RelayHandled): boolean {
  return relisted.length > 0 || forward !== undefined
}

/** Tells the peers what they are to know, and asks the one that is to answer. */
async function settle(
  request: RoutedRequest,
  handled: RelayHandled,
  peers: PeerLinks,
): Promise<RelayHandled> {
  const { relisted, forward } = handled
  if (relisted.length > 0) note(request, await peers.announce(relisted))
  if (forward === undefined) return handled
  const answered = forward.resume(await peers.ask(forward.request))
  note(request, answered.notes)
  return answered
}

function asked(request: RoutedRequest): Asked {
  return { request, target: targetOf(request), authorization: request.headers.authorization }
}

function sent(request: RoutedRequest, body: ReadBody): Sent {
  const { authorization, 'content-type': contentType } = request.headers
  const bytes = body.kind === 'too-long' ? body.kind : body.bytes
  return { request, target: targetOf(request), authorization, body: { contentType, bytes } }
}

/** The relay as the listener of a bare server: 404 where there is no operation, 500 where our code threw. */
export function relayListener(relay: Relay, options: RelayAppOptions): RequestListener {
  return serve(createRelayRouter(relay, options), {
    missing: (request, response) => {
      note(request, ['no such operation'])
      send(response, empty(404))
    },
    undecodable: (request, response) => {
      note(request, ['path: expected percent-encoded UTF-8'])
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
