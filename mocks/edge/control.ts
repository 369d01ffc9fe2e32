import type { IncomingMessage, RequestListener } from 'node:http'
import { parsePlainJson } from '#protocol/json.ts'
import type { Json } from '#mocks/engine/reply.ts'
import type { VirtualClock } from './clock.ts'
import type { Controlled } from './controlled.ts'
import type { JournalEntry } from './journal-entry.ts'
import { readBytes } from './read-body.ts'
import { Router, targetOf, type RoutedRequest } from './router.ts'
import { sendJson } from './send.ts'
import { serve } from './serve.ts'

/** A request to the control plane that cannot be done. The message is what the caller is told. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const MAX_CONTROL_BYTES = 1024 * 1024
const JOURNAL_PAGE = 1000

/** The endpoints that every mock has: health, clock, faults, journal, reset. Times are ms since the epoch. */
export function controlRouter(controlled: Controlled): Router {
  const router = new Router()
  const { protocol, dialect, clock, journal, faults } = controlled

  router.get('/health', (_request, response) => {
    sendJson(response, 200, { status: 'ok', protocol, dialect, seed: controlled.seed() })
  })

  router.get('/clock', (request, response) => {
    sendJson(response, 200, timeOf(clock, queryText(request, 'number')))
  })
  router.post('/clock/advance', async (request, response) => {
    const body = await jsonObject(request)
    const number = optionalText(body, 'number')
    clock.advance(wholeNumber(body, 'ms', 0), number)
    sendJson(response, 200, timeOf(clock, number))
  })

  router.get('/faults', async (_request, response) => {
    await controlled.loadFaults?.()
    sendJson(response, 200, {
      faults: faults.list().map(({ id, requirement, summary, active }) => ({
        id,
        requirement,
        summary,
        active: active && { ...active },
      })),
    })
  })
  router.post('/faults', async (request, response) => {
    const body = await jsonObject(request)
    const id = text(body, 'id')
    await controlled.loadFaults?.()
    const next = body['next'] === undefined || body['next'] === null ? null : wholeNumber(body, 'next', 1)
    const number = optionalText(body, 'number') ?? null
    if (!faults.activate(id, { next, number })) throw noSuchFault(id)
    sendJson(response, 204)
  })
  router.delete('/faults', async (request, response) => {
    await controlled.loadFaults?.()
    const id = queryText(request, 'id')
    if (id !== undefined && faults.list().every((fault) => fault.id !== id)) throw noSuchFault(id)
    faults.deactivate(id)
    sendJson(response, 204)
  })

  router.get('/journal', (request, response) => {
    const since = queryNumber(request, 'since', 0)
    const entries = journal.read(since, queryNumber(request, 'limit', JOURNAL_PAGE))
    sendJson(response, 200, { entries: entries.map(shown), dropped: journal.dropped })
  })

  router.post('/reset', async (request, response) => {
    await controlled.reset(optionalText(await jsonObject(request), 'seed'))
    sendJson(response, 204)
  })

  return router
}

/** A control plane as the listener of a bare server: 404 for unknown paths, one line of JSON for what is wrong. */
export function controlListener(router: Router, onError: (error: unknown) => void): RequestListener {
  return serve(router.handle, {
    missing: (request, response) => {
      sendJson(response, 404, { error: `${request.method ?? ''} ${request.url ?? ''}: no such endpoint` })
    },
    undecodable: (_request, response) => {
      sendJson(response, 400, { error: 'path: expected percent-encoded UTF-8' })
    },
    failed: (error, response) => {
      if (error instanceof ControlError) {
        sendJson(response, error.status, { error: error.message })
        return
      }
      onError(error)
      sendJson(response, 500, { error: 'the mock failed; its output says how' })
    },
  })
}

/** The members of a JSON body; no body at all is an object without members. */
export async function jsonObject(request: IncomingMessage): Promise<Members> {
  const bytes = await readBytes(request, MAX_CONTROL_BYTES)
  if (bytes === null || bytes === 'too-long') throw new ControlError(400, 'body: expected at most 1 MiB')
  if (bytes.length === 0) return {}
  const read = parsePlainJson(bytes)
  if (read.kind === 'parse-error') throw new ControlError(400, `body: ${read.reason}`)
  if (!isMembers(read.plain))
    throw new ControlError(400, 'body: expected a JSON object, got another JSON value')
  return read.plain
}

type Members = Readonly<Record<string, unknown>>

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member that must be text with something in it. */
export function text(members: Members, name: string): string {
  const value = members[name]
  if (typeof value === 'string' && value !== '') return value
  throw new ControlError(400, `${name}: expected text, got ${shortly(value)}`)
}

/** A member that may be left out, and is text otherwise. */
function optionalText(members: Members, name: string): string | undefined {
  return members[name] === undefined || members[name] === null ? undefined : text(members, name)
}

/** A member that must be a whole number, not below `least`. */
export function wholeNumber(members: Members, name: string, least: number): number {
  const value = members[name]
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value
  throw new ControlError(400, `${name}: expected a whole number from ${least} up, got ${shortly(value)}`)
}

/** The first value of a query parameter; undefined where it is not given. A literal plus stays a plus. */
export function queryText(request: RoutedRequest, name: string): string | undefined {
  const query = targetOf(request).split('?')[1]?.replaceAll('+', '%2B') ?? ''
  return new URLSearchParams(query).get(name) ?? undefined
}

function queryNumber(request: RoutedRequest, name: string, otherwise: number): number {
  const value = queryText(request, name)
  if (value === undefined) return otherwise
  if (/^\d{1,15}$/.test(value)) return Number(value)
  throw new ControlError(400, `${name}: expected a whole number, got ${shortly(value)}`)
}

function shortly(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60)
}

function noSuchFault(id: string): ControlError {
  return new ControlError(400, `id: expected a fault that GET /faults lists, got ${shortly(id)}`)
}

function timeOf(clock: VirtualClock, number: string | undefined): Json {
  return { nowMs: clock.nowMs(number), offsetMs: clock.offsetMs(number) }
}

function shown({ raw, notes, ...entry }: JournalEntry): Json {
  return { ...entry, raw: Buffer.from(raw).toString('base64'), notes }
}
