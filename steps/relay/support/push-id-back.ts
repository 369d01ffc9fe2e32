import type { WireRequest } from '#driver/wire-request.ts'
import { headerValue } from '#driver/wire-request.ts'
import { parseAuthorization } from '#protocol/relay/credentials.ts'
import type { Observed } from '../../shared/support/session.ts'
import type { Undo, UndoRegister } from '../../shared/support/undo-register.ts'
import type { RelayNode } from './node.ts'

const SERVER_ERROR = 500

/** A request to one node of a scenario. */
interface NodeRequest {
  readonly request: WireRequest
  readonly node: RelayNode
  /** Whether the node is the one that the target federates with. */
  readonly atPeer: boolean
}

/**
 * Before a request that makes a number reachable at a relay which outlives the run: registers that its push id is cleared.
 * The name of the entry; null where there is nothing to put back.
 */
export function beforePushId(undo: UndoRegister, { request, node, atPeer }: NodeRequest): string | null {
  const [, sender] = /^PUT \/v1\/accounts\/(apn|gcm)\/$/.exec(request.operation) ?? []
  const header = headerValue(request.headers, 'Authorization')
  const caller = parseAuthorization(header ?? undefined)
  if (undo.ledger === null || sender === undefined || caller.kind !== 'credentials') return null
  const what = `push id of ${String(header)} at ${node.target.url}, ${sender}`
  if (undo.has(what)) return null
  const change = { kind: 'push-id', number: caller.number, sender: sender as 'apn' | 'gcm', atPeer } as const
  undo.add(what, pushIdBack(node, request), change)
  return what
}

/** After that request: one that was refused has changed nothing. */
export function afterPushId(undo: UndoRegister, what: string | null, { status }: Observed): void {
  if (what !== null && status !== null && status >= 400 && status < SERVER_ERROR) undo.forget(what)
}

/** Clears the push id with the credentials that set it; where the relay no longer knows them, it is not theirs any more. */
function pushIdBack({ client, target }: RelayNode, request: WireRequest): Undo {
  return async () => {
    const operation = `DELETE ${request.target}`
    const result = await client.send({ ...request, operation, method: 'DELETE' })
    if (result.kind === 'failed') return `${target.url}: ${result.failure.detail}`
    const { status } = result.answer
    return status < SERVER_ERROR ? null : `${operation} got ${status}`
  }
}
