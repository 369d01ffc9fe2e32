import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PathParameters } from '#mocks/engine/path-parameters.ts'
import { authorityOf, isAuthority } from './authority.ts'

/** A request; an application that hands one on with a part of its path taken away keeps the whole. */
export interface RoutedRequest extends IncomingMessage {
  readonly originalUrl?: string
  readonly baseUrl?: string
  /** The scheme and the host by which the client asked, as an application knows them, behind proxies it trusts. */
  readonly protocol?: string
  readonly host?: string
}

/** The target of a request as it was sent. */
export function targetOf({ originalUrl, url = '' }: RoutedRequest): string {
  return originalUrl ?? url
}

/** Scheme and authority as the client addresses the server: by what an application says, else by the connection. */
export function originOf(request: RoutedRequest): string {
  const { protocol = schemeOf(request), host = '' } = request
  const authority = isAuthority(host) ? host : authorityOf(request, DEFAULT_PORTS[protocol] ?? 0)
  return `${protocol}://${authority}`
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 }

/** Of a connection that came by TLS, `https`. */
function schemeOf({ socket }: IncomingMessage): string {
  return 'encrypted' in socket ? 'https' : 'http'
}

/** Serves a request, or hands it on: with an error, or without one where it belongs to another handler. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void

/** Answers requests of one route. */
type Answerer<Path extends string> = (
  request: RoutedRequest,
  response: ServerResponse,
  parameters: PathParameters<Path>,
) => Promise<void> | undefined

interface RouterEntry {
  /** What paths of it look like; each name is a group. */
  readonly pattern: RegExp
  readonly names: readonly string[]
  readonly answer: Answerer<string>
}

/**
 * Routes by method and path. Paths are case-sensitive, and taken with and without a closing slash; a name in a
 * path stands for one part of it that is not empty. A HEAD goes where a GET would.
 */
export class Router {
  readonly #routes = new Map<string, RouterEntry[]>()

  get<const Path extends string>(path: Path, answer: Answerer<Path>): void {
    this.on('GET', path, answer)
  }

  put<const Path extends string>(path: Path, answer: Answerer<Path>): void {
    this.on('PUT', path, answer)
  }

  post<const Path extends string>(path: Path, answer: Answerer<Path>): void {
    this.on('POST', path, answer)
  }

  delete<const Path extends string>(path: Path, answer: Answerer<Path>): void {
    this.on('DELETE', path, answer)
  }

  /** Adds a route; of two that a request fits, the one added first serves it. */
  on<const Path extends string>(method: string, path: Path, answer: Answerer<Path>): void {
    const names = Array.from(path.matchAll(NAME), ([, name = '']) => name)
    const pattern = new RegExp(`^${path.replaceAll(NAME, '([^/]+)').replace(/\/$/, '')}/?$`)
    const others = this.#routes.get(method) ?? []
    this.#routes.set(method, [...others, { pattern, names, answer }])
  }

  /** Serves a request by its route. A path that cannot be decoded is handed on with a URIError. */
  readonly handle: Handler = (request, response, next) => {
    const path = pathOf(request.url ?? '')
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '')
    for (const { pattern, names, answer } of this.#routes.get(method) ?? []) {
      const match = pattern.exec(path)
      if (match === null) continue
      try {
        answer(request, response, parametersOf(names, match))?.catch(next)
      } catch (error) {
        next(error)
      }
      return
    }
    next()
  }
}

const NAME = /:(\w+)/g

function parametersOf(names: readonly string[], match: RegExpExecArray): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {}
  let place = 0
  for (const name of names) parameters[name] = decoded(match[++place] ?? '')
  return parameters
}

function decoded(part: string): string {
  return part.includes('%') ? decodeURIComponent(part) : part
}

/** The path of a request target, which may be a whole URL (RFC 9112, section 3.2.2). */
function pathOf(target: string): string {
  const path = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '')
  const query = path.indexOf('?')
  return query < 0 ? path : path.slice(0, query)
}
