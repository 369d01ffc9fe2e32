import type { IncomingMessage, ServerResponse } from 'node:http'

/** A request; an application that hands one on with a part of its path taken away keeps the whole. */
export interface RoutedRequest extends IncomingMessage {
  readonly originalUrl?: string
  readonly baseUrl?: string
}

/** Serves a request, or hands it on: with an error, or without one where it is somebody else's. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void

/** The parts of a path that a route names, decoded. */
export type PathParameters<Path extends string> = Readonly<Record<NameIn<Path>, string>>

/** Answers requests of one route. */
type Answerer<Path extends string> = (
  request: RoutedRequest,
  response: ServerResponse,
  parameters: PathParameters<Path>,
) => void | Promise<void>

/** The names in a path such as `/v1/keys/:number/:device`. */
type NameIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NameIn<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

interface Route {
  readonly parts: readonly string[]
  /** The names among the parts. */
  readonly named: readonly { readonly name: string; readonly place: number }[]
  readonly answer: Answerer<string>
}

/**
 * Routes by method and path. Paths are told by case, and taken with and without a closing slash; a name in a
 * path stands for one part of it that is not empty. A HEAD goes where a GET would.
 */
export class Router {
  /** By method, then by the number of parts of the path. */
  readonly #routes = new Map<string, Route[][]>()

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
    const parts = partsOf(path)
    const byLength = this.#routes.get(method) ?? []
    byLength[parts.length] = [...(byLength[parts.length] ?? []), { parts, named: namesIn(parts), answer }]
    this.#routes.set(method, byLength)
  }

  /** Serves a request by its route. A path that cannot be decoded is handed on with a URIError. */
  readonly handle: Handler = (request, response, next) => {
    const parts = partsOf(pathOf(request.url ?? ''))
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '')
    const route = this.#routes.get(method)?.[parts.length]?.find((candidate) => fits(candidate, parts))
    if (route === undefined) next()
    else answerBy(route, parts, { request, response }).catch(next)
  }
}

async function answerBy(
  route: Route,
  parts: readonly string[],
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const parameters: Record<string, string> = {}
  for (const { name, place } of route.named) parameters[name] = decodeURIComponent(parts[place] ?? '')
  await route.answer(request, response, parameters)
}

function namesIn(parts: readonly string[]): Route['named'] {
  return parts.flatMap((part, place) => (part.startsWith(':') ? { name: part.slice(1), place } : []))
}

function fits(route: Route, parts: readonly string[]): boolean {
  return route.parts.every((part, place) =>
    part.startsWith(':') ? parts[place] !== '' : part === parts[place],
  )
}

/** The path of a request target, which may be a whole URL (RFC 9112, section 3.2.2). */
function pathOf(target: string): string {
  const path = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '')
  const query = path.indexOf('?')
  return query < 0 ? path : path.slice(0, query)
}

function partsOf(path: string): readonly string[] {
  const parts = path.split('/')
  if (parts.length > 2 && parts.at(-1) === '') parts.pop()
  return parts
}
