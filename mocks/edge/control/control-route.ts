import type { ControlSchema } from '#protocol/control-schemas.ts'
import type { Json } from '#mocks/engine/reply.ts'

/** The parameters of a query, each with the first value that it was given. */
export type ControlQuery = Readonly<Partial<Record<string, string>>>

/** What a request to a control plane does. `Given` is the query of a GET or DELETE, the body of a POST or PUT. */
export interface ControlRoute<Given = never> {
  /** A line for the list of the routes. */
  readonly does: string
  /** The schema of what is given; none where every query will do. */
  readonly takes?: ControlSchema
  /** The schema of the JSON of the answer; none where that is a 204. */
  readonly gives?: ControlSchema
  /** The status of an answer with JSON; 200 where it is not said. */
  readonly status?: 201
  /** Whether the JSON of the answer is laid out for people; it is not where this is left out. */
  readonly isPretty?: (given: Given) => boolean
  /** A ControlError that it throws is the answer. */
  readonly answer: (given: Given) => Json | undefined | Promise<Json | undefined>
}

type ControlMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** The routes of a control plane by method and path: `POST /clock/advance`. */
export type ControlRoutes = Readonly<Partial<Record<`${ControlMethod} /${string}`, ControlRoute>>>

/** A route with its place: its method as express has it, and its path. */
export interface PlacedRoute extends ControlRoute {
  readonly method: ControlMethod
  readonly path: string
}

/** The routes one by one, as they were written down. */
export function placed(routes: ControlRoutes): readonly PlacedRoute[] {
  return Object.entries(routes).flatMap(([place, route]) => {
    const [method, path] = place.split(' ') as [ControlMethod, string]
    return route === undefined ? [] : [{ ...route, method, path }]
  })
}
