import { CONTROL_SCHEMAS, type ControlSchema } from '#protocol/control-schemas.ts'
import { bodyChecker } from '#protocol/schema-check.ts'
import { ControlError } from './control-error.ts'
import type { ControlRoute, ControlRoutes } from './control-route.ts'

/**
 * Asks a control plane without a connection: `GET /codes` with its query, `POST /faults` with its body. Rejects with an
 * error whose message is the line that the control plane would answer.
 */
export type ControlCall = (place: keyof ControlRoutes, given?: object) => Promise<unknown>

const check = bodyChecker<ControlSchema>(CONTROL_SCHEMAS)

/** What asks these routes. */
export function inProcess(routes: ControlRoutes): ControlCall {
  return async (place, given = {}) => {
    const route: ControlRoute | undefined = routes[place]
    if (route === undefined) throw new ControlError(404, `${place}: no such endpoint`)
    const wishes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    const [fault] = route.takes === undefined ? [] : check(route.takes, wishes)
    if (fault !== undefined) throw new ControlError(400, fault)
    return await route.answer(wishes as never)
  }
}
