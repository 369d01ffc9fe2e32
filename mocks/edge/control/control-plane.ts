import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type Express from 'express'
import type * as Lossless from 'lossless-json'
import { fromUtf8 } from '#protocol/bytes.ts'
import { CONTROL_SCHEMAS, type ControlSchema } from '#protocol/control-schemas.ts'
import { onDemand } from '#protocol/on-demand.ts'
import { bodyChecker } from '#protocol/schema-check.ts'
import type { Json } from '#mocks/engine/reply.ts'
import { LOOPBACK_NAMES } from '../reach.ts'
import { sendJson } from '../send.ts'
import { ControlError } from './control-error.ts'
import { placed, type ControlQuery, type ControlRoutes, type PlacedRoute } from './control-route.ts'
import { checkJson, checkLocal } from './local-requests.ts'
import { answerError } from './refusals.ts'

/** A request whose body express has read. */
interface ControlRequest extends IncomingMessage {
  readonly body?: unknown
}

const lossless = onDemand('lossless-json') as () => typeof Lossless

/** JSON over several lines; its numbers may be lossless ones. */
function prettyText(json: Json): string {
  return `${lossless().stringify(json, undefined, 2) ?? ''}\n`
}

type Next = (error?: unknown) => void

const MAX_BODY = '1mb'

const express = onDemand('express') as () => typeof Express
const check = bodyChecker<ControlSchema>(CONTROL_SCHEMAS)

/** How a control plane is addressed, and who hears of its failures. */
export interface ControlPlaneOptions {
  /** The names it answers to; those of this machine by default. */
  readonly names?: readonly string[]
  /** Gets what our own code threw. */
  readonly onError: (error: unknown) => void
}

/**
 * A control plane as the listener of a server, or to be mounted in an express application. It is an express router
 * that is loaded with the first request, so that a mock starts without it.
 */
export function controlPlane(
  routes: ControlRoutes,
  { names = LOOPBACK_NAMES, onError }: ControlPlaneOptions,
): RequestListener {
  let router: Express.Router | undefined
  return (request, response) => {
    router ??= routerOf(routes, { names, onError })
    router(request as Express.Request, response as Express.Response, onError)
  }
}

function routerOf(routes: ControlRoutes, { names, onError }: Required<ControlPlaneOptions>): Express.Router {
  const { Router, json } = express()
  const router = Router({ caseSensitive: true })
  const readJson = json({ limit: MAX_BODY, inflate: false, strict: false, verify: checkUtf8 })
  router.use(addressedTo(names))
  for (const route of placed(withIndex(routes))) {
    const read = takesBody(route) ? [asJson, readJson] : []
    router[verbOf(route)](route.path, ...read, validated(route), answered(route))
  }
  router.use(missing)
  // eslint-disable-next-line max-params -- by its four parameters express knows an error handler
  router.use((error: unknown, _request: IncomingMessage, response: ServerResponse, next: Next) => {
    if (response.headersSent) next(error)
    else answerError(error, response, onError)
  })
  return router
}

function withIndex(routes: ControlRoutes): ControlRoutes {
  const all: ControlRoutes = {
    'GET /': { does: 'this list', gives: 'index', answer: () => ({ routes: placed(all).map(listed) }) },
    ...routes,
  }
  return all
}

function listed({ method, path, does, takes, gives }: PlacedRoute): Json {
  return { method, path, does, takes: takes && `${takes}.json`, gives: gives && `${gives}.json` }
}

function verbOf({ method }: PlacedRoute) {
  return method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'
}

function takesBody({ method }: PlacedRoute): boolean {
  return method === 'POST' || method === 'PUT'
}

function addressedTo(names: readonly string[]) {
  return ({ headers }: IncomingMessage, _response: ServerResponse, next: Next): void => {
    checkLocal(headers, names)
    next()
  }
}

function asJson({ headers }: IncomingMessage, _response: ServerResponse, next: Next): void {
  checkJson(headers)
  next()
}

/** Bytes that are no UTF-8 would be read as other characters. */
function checkUtf8(_request: IncomingMessage, _response: ServerResponse, bytes: Uint8Array): void {
  if (fromUtf8(bytes) === null) throw new Error(`JSON: expected UTF-8, got ${bytes.length} other bytes`)
}

/** Refuses what misses the schema of the route. */
function validated(route: PlacedRoute) {
  return (request: ControlRequest, _response: ServerResponse, next: Next): void => {
    const [fault] = route.takes === undefined ? [] : check(route.takes, givenOf(route, request))
    if (fault !== undefined) throw new ControlError(400, fault)
    next()
  }
}

function answered(route: PlacedRoute) {
  return async (request: ControlRequest, response: ServerResponse): Promise<void> => {
    const given = givenOf(route, request) as never
    const json = await route.answer(given)
    const status = json === undefined ? 204 : (route.status ?? 200)
    sendJson(response, status, json, route.isPretty?.(given) === true ? prettyText : JSON.stringify)
  }
}

/** The body, of which none is an object without members, or the query. */
function givenOf(route: PlacedRoute, request: ControlRequest): unknown {
  return takesBody(route) ? (request.body ?? {}) : queryOf(request)
}

/** The query of a request. A literal plus stays a plus, for numbers have one. */
function queryOf({ url = '' }: IncomingMessage): ControlQuery {
  const query = new URLSearchParams(url.split('?')[1]?.replaceAll('+', '%2B'))
  return Object.fromEntries([...query].reverse())
}

function missing({ method = '', url = '' }: IncomingMessage): void {
  throw new ControlError(404, `${method} ${url}: no such endpoint`)
}
