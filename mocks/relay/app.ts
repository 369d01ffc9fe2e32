import type { RequestListener, ServerResponse } from 'node:http'
import { readBody } from '#mocks/edge/read-body.ts'
import { originOf, Router, targetOf, type Handler, type RoutedRequest } from '#mocks/edge/router.ts'
import { send } from '#mocks/edge/send.ts'
import { serve } from '#mocks/edge/serve.ts'
import { deliver } from '#mocks/edge/deliver.ts'
import type { NetworkFaults } from '#mocks/edge/network-faults.ts'
import { faultMet } from '#mocks/edge/met-faults.ts'
import { note, record } from '#mocks/edge/wire-tap.ts'
import { emptyReply } from '#mocks/engine/wire.ts'
import { OPERATIONS, type RelayEvent, type RelayRoute } from './operations.ts'
import type { PeerLinks } from './peer-links.ts'
import type { Relay, RelayHandled } from './relay.ts'
import type { RawBody, RelayRequest } from './requests.ts'

/** What the router needs besides the relay. */
export interface RelayAppOptions {
  /** Gets each answer before it goes out, and what it was made of. */
  readonly onAnswer?: ((handled: RelayHandled) => void) | undefined
  /** What becomes of answers on their way. */
  readonly network?: NetworkFaults
  /** The ways to the other nodes; without them this node is alone. */
  readonly peers?: PeerLinks
  /** Gets what our own code threw; the client gets a 500. */
  readonly onError: (error: unknown) => void
}

/** Hands an event to the relay, and to peers where they are concerned, and sends the answer. */
type Handle = (
  request: RoutedRequest,
  response: ServerResponse,
  event: RelayEvent,
) => Promise<void> | undefined

/** A request with its body, as the relay reads it. */
type Read = (request: RoutedRequest, bytes: RawBody['bytes']) => RelayRequest

/**
 * The relay's operations under `/v1`, with and without the closing slash, and its blobs; it can be mounted
 * in an application. Requests it has no route for go on to the next handler.
 */
export function createRelayRouter(
  relay: Relay,
  { onAnswer, network, peers }: Omit<RelayAppOptions, 'onError'>,
): Handler {
  const finish = (request: RoutedRequest, response: ServerResponse, handled: RelayHandled): void => {
    onAnswer?.(handled)
    const fault = faultMet(request, handled.outcome, network)
    deliver(response, handled.answer, { fault, version: '1.1' })
  }
  const handle: Handle = (request, response, event) => {
    const handled = relay.handle(event)
    record(request, handled)
    if (peers !== undefined && concernsPeers(handled)) {
      return settle(request, handled, peers).then((settled) => {
        finish(request, response, settled)
      })
    }
    finish(request, response, handled)
    return undefined
  }
  const read: Read = (request, bytes) => relay.readingRules().read(new ReadRequest(request, bytes))
  const router = new Router()
  for (const { routes } of Object.values(OPERATIONS)) {
    for (const route of routes) addRoute(router, route, { read, handle })
  }
  return router.handle
}

function addRoute(
  router: Router,
  { method, path, maxBytes, eventOf }: RelayRoute<RelayEvent>,
  { read, handle }: { readonly read: Read; readonly handle: Handle },
): void {
  if (maxBytes === null) {
    router.on(method, path, (request, response, parameters) =>
      handle(request, response, eventOf(read(request, NO_BYTES), parameters)),
    )
    return
  }
  router.on(method, path, async (request, response, parameters) => {
    const body = await readBody(request, maxBytes)
    // The client went away before the body was whole: nothing is to be done.
    if (body.kind === 'cut') return
    const bytes = body.kind === 'too-long' ? body.kind : body.bytes
    await handle(request, response, eventOf(read(request, bytes), parameters))
  })
}

const NO_BYTES = new Uint8Array()

/** A request whose body has been read, if its route has one; the rest is looked up when it is asked for. */
class ReadRequest implements RelayRequest {
  readonly #request: RoutedRequest
  readonly #bytes: RawBody['bytes']

  constructor(request: RoutedRequest, bytes: RawBody['bytes']) {
    this.#request = request
    this.#bytes = bytes
  }

  get target(): string {
    return targetOf(this.#request)
  }

  get authorization(): string | undefined {
    return this.#request.headers.authorization
  }

  /** With the path that an application mounts the relay under. */
  get origin(): string {
    return `${originOf(this.#request)}${this.#request.baseUrl ?? ''}`
  }

  get body(): RawBody {
    return { contentType: this.#request.headers['content-type'], bytes: this.#bytes }
  }

  get connection(): object {
    return this.#request.socket
  }

  get headers(): RelayRequest['headers'] {
    const { rawHeaders } = this.#request
    return rawHeaders.flatMap((name, place) => (place % 2 === 0 ? [[name, rawHeaders[place + 1] ?? '']] : []))
  }
}

function concernsPeers({ relisted, forward }: RelayHandled): boolean {
  return relisted.length > 0 || forward !== undefined
}

/** Announces changed numbers to the peers, and asks the one that is to answer. */
async function settle(
  request: RoutedRequest,
  handled: RelayHandled,
  peers: PeerLinks,
): Promise<RelayHandled> {
  const { relisted, forward } = handled
  if (relisted.length > 0) note(request, await announced(relisted, peers))
  if (forward === undefined) return handled
  const answered = forward.resume(await peers.ask(forward.request))
  record(request, answered)
  return answered
}

/** Announces at once, or when the rulebook says so; returns what became of it so far. */
function announced(relisted: readonly string[], peers: PeerLinks): Promise<readonly string[]> {
  const { announceAfterMs } = peers
  if (announceAfterMs === 0) return peers.announce(relisted)
  setTimeout(() => void peers.announce(relisted), announceAfterMs).unref()
  return Promise.resolve([`announced to peers in ${announceAfterMs} ms`])
}

/** The relay as the listener of a bare server: 404 where there is no operation, 500 where our code threw. */
export function relayListener(relay: Relay, options: RelayAppOptions): RequestListener {
  return serve(createRelayRouter(relay, options), {
    missing: (request, response) => {
      note(request, ['no such operation'])
      send(response, emptyReply(404))
    },
    undecodable: (request, response) => {
      note(request, ['path: expected percent-encoded UTF-8'])
      send(response, emptyReply(400))
    },
    failed: (error, response) => {
      options.onError(error)
      if (response.headersSent) response.destroy()
      else send(response, emptyReply(500))
    },
  })
}
