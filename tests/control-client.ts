import type { RequestListener } from 'node:http'
import supertest from 'supertest'
import { CONTROL_SCHEMAS, type ControlSchema } from '#protocol/control-schemas.ts'
import { bodyChecker } from '#protocol/schema-check.ts'

/** What a control plane answered; `json` is null where there was no body. */
export interface ControlReply {
  readonly status: number
  readonly type: string
  readonly json: Record<string, unknown> | null
}

/** A route as `GET /` lists it. */
interface ListedRoute {
  readonly method: string
  readonly path: string
  readonly gives?: string
}

/** A control plane: its URL, or the listener of one that listens nowhere. */
type Plane = string | RequestListener

const check = bodyChecker<ControlSchema>(CONTROL_SCHEMAS)
const routesOf = new Map<Plane, Promise<readonly ListedRoute[]>>()

/**
 * Asks a control plane: `GET /codes?number=`, or `POST /reset` with a body, as JSON or as the text of it. An answer
 * that misses its schema fails the test.
 */
export async function askControl(plane: Plane, line: string, body?: unknown): Promise<ControlReply> {
  const reply = await ask(plane, line, body)
  const [fault] = check(await schemaOf(plane, line, reply), reply.json)
  if (fault !== undefined && reply.status !== 204) throw new Error(`${line}: ${fault}`)
  return reply
}

/** What a control plane answers to a GET. */
export async function shownBy(plane: Plane, path: string): Promise<Record<string, unknown>> {
  return (await askControl(plane, `GET ${path}`)).json ?? {}
}

/** When the requests came in that the journal of a mock has, in milliseconds since the Unix epoch, the first first. */
export async function arrivals(plane: Plane): Promise<readonly number[]> {
  const { entries } = (await shownBy(plane, '/journal')) as { readonly entries: readonly { at: number }[] }
  return entries.map(({ at }) => at).toSorted((one, other) => one - other)
}

async function ask(plane: Plane, line: string, body?: unknown): Promise<ControlReply> {
  const [method = '', path = ''] = line.split(' ')
  const request = supertest(plane)[method.toLowerCase() as 'get'](path)
  if (method !== 'GET') request.set('Content-Type', 'application/json')
  const { status, type, text } = await request.send(typeof body === 'string' ? body : JSON.stringify(body))
  return { status, type, json: text === '' ? null : (JSON.parse(text) as Record<string, unknown>) }
}

async function schemaOf(plane: Plane, line: string, { status }: ControlReply): Promise<ControlSchema> {
  if (status >= 400) return 'error'
  const listed = routesOf.get(plane) ?? ask(plane, 'GET /').then(({ json }) => routesIn(json))
  routesOf.set(plane, listed)
  const [place] = line.split('?')
  const route = (await listed).find(({ method, path }) => `${method} ${path}` === place)
  return (route?.gives?.replace('.json', '') ?? 'error') as ControlSchema
}

function routesIn(json: ControlReply['json']): readonly ListedRoute[] {
  return (json as { readonly routes: readonly ListedRoute[] }).routes
}
