import type { WireClient } from './wire-client.ts'
import type { WireRequest } from './wire-request.ts'

/** A request for something that cannot be there. */
const PROBE: WireRequest = {
  operation: 'GET of a path that does not exist',
  method: 'GET',
  target: '/touchstone/no-such-path',
  headers: [],
  body: null,
}

/**
 * Whether the server still answers, whatever it answers: one GET of a path that does not exist, on a
 * connection of its own. It distinguishes a request that was left unanswered from a server that is gone.
 */
export async function isAlive(client: WireClient): Promise<boolean> {
  return (await client.send(PROBE)).kind === 'answered'
}
