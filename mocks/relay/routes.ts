import { authorityOf } from '#mocks/edge/authority.ts'
import type { PathParameters, RoutedRequest } from '#mocks/edge/router.ts'
import { BLOB_PATH } from './attachments.ts'
import type { RawBody, RelayEvent } from './events.ts'

/** A request that was routed, and what every event tells of it. */
export interface Asked {
  readonly request: RoutedRequest
  readonly target: string
  readonly authorization: string | undefined
}

/** The same with its body. */
export interface Sent extends Asked {
  readonly body: RawBody
}

/** Adds a route; `eventOf` says what a request of it is to the relay. */
export type AddRoute<Request> = <const Path extends string>(
  path: Path,
  eventOf: (request: Request, parameters: PathParameters<Path>) => RelayEvent,
) => void

/** How routes are added, by method. */
export interface Routes {
  readonly get: AddRoute<Asked>
  readonly put: AddRoute<Sent>
  readonly patch: AddRoute<Sent>
  readonly delete: AddRoute<Sent>
  /** A PUT of a blob, which may be longer than any other body. */
  readonly putBlob: AddRoute<Sent>
}

/** The operations of the relay under `/v1`, and its blobs. */
export function addRoutes(routes: Routes): void {
  addAccounts(routes)
  addKeys(routes)
  addMessages(routes)
  addAttachments(routes)
  addDevices(routes)
  addFederation(routes)
}

function addAccounts(routes: Routes): void {
  routes.get('/v1/accounts/:transport/code/:number', ({ target, authorization }, { transport, number }) => {
    return { kind: 'request-code', target, authorization, transport, number }
  })
  for (const path of ['accounts', 'acccounts'] as const) {
    routes.put(`/v1/${path}/code/:code`, ({ target, authorization, body }, { code }) => {
      return { kind: 'confirm-code', target, authorization, path, code, body }
    })
  }
  for (const channel of ['apn', 'gcm'] as const) {
    routes.put(`/v1/accounts/${channel}`, ({ target, authorization, body }) => {
      return { kind: 'set-push-id', target, authorization, channel, body }
    })
    routes.delete(`/v1/accounts/${channel}`, ({ target, authorization, body }) => {
      return { kind: 'remove-push-id', target, authorization, channel, body }
    })
  }
}

function addKeys(routes: Routes): void {
  routes.put('/v1/keys', ({ target, authorization, body }) => {
    return { kind: 'upload-prekeys', target, authorization, body }
  })
  routes.get('/v1/keys/:number/:device', ({ target, authorization }, { number, device }) => {
    const relay = queryParameter(target, 'relay')
    return { kind: 'fetch-prekeys', target, authorization, number, device, relay }
  })
  routes.put('/v1/directory/tokens', ({ target, authorization, body }) => {
    return { kind: 'query-directory', target, authorization, body }
  })
}

function addMessages(routes: Routes): void {
  routes.put('/v1/messages/:destination', ({ target, authorization, body }, { destination }) => {
    return { kind: 'submit-messages', target, authorization, destination, body }
  })
}

function addAttachments(routes: Routes): void {
  routes.get('/v1/attachments', ({ target, authorization, request }) => {
    return { kind: 'allocate-attachment', target, authorization, origin: originOf(request) }
  })
  routes.get('/v1/attachments/:id', ({ target, authorization, request }, { id }) => {
    return { kind: 'retrieve-attachment', target, authorization, id, origin: originOf(request) }
  })
  routes.putBlob(`${BLOB_PATH}:key`, ({ target, authorization, body }, { key }) => {
    return { kind: 'upload-blob', target, authorization, key, body }
  })
  routes.get(`${BLOB_PATH}:key`, ({ target, authorization, request }, { key }) => {
    const contentType = request.headers['content-type']
    return { kind: 'download-blob', target, authorization, key, contentType }
  })
}

/** What adds devices where the rulebook offers it. */
function addDevices(routes: Routes): void {
  routes.get('/v1/devices/provisioning_code', ({ target, authorization }) => {
    return { kind: 'provision-device', target, authorization }
  })
  routes.put('/v1/devices/:code', ({ target, authorization, body }, { code }) => {
    return { kind: 'add-device', target, authorization, code, body }
  })
}

/** What nodes ask of one another; to everybody else there is nothing here (5.15). */
function addFederation(routes: Routes): void {
  routes.get('/v1/federation/key/:number/:device', ({ target, authorization }, { number, device }) => {
    return { kind: 'peer-fetch-prekeys', target, authorization, number, device }
  })
  routes.put(
    '/v1/federation/messages/:source/:sourceDevice/:destination',
    ({ target, authorization, body }, { source, sourceDevice, destination }) => {
      return { kind: 'peer-submit-messages', target, authorization, source, sourceDevice, destination, body }
    },
  )
  routes.get('/v1/federation/listing/:offset', ({ target, authorization }, { offset }) => {
    return { kind: 'read-listing', target, authorization, offset }
  })
  routes.put('/v1/federation/listing', ({ target, authorization, body }) => {
    return { kind: 'announce-listing', target, authorization, whole: true, body }
  })
  routes.patch('/v1/federation/listing', ({ target, authorization, body }) => {
    return { kind: 'announce-listing', target, authorization, whole: false, body }
  })
}

/** The first value of a query parameter; null where there is none. */
function queryParameter(target: string, name: string): string | null {
  return new URLSearchParams(target.split('?')[1]).get(name)
}

/** How the client knows this server, with the path that an application mounts it under. */
function originOf(request: RoutedRequest): string {
  return `http://${authorityOf(request, 80)}${request.baseUrl ?? ''}`
}
