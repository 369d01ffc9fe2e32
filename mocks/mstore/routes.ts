import { type ParseError, parseError } from '#protocol/parse-error.ts'
import { parseTarget, type MStoreEndpoint, type MailboxTarget } from '#protocol/mstore/endpoints.ts'
import type { StoredMailbox } from './mailbox.ts'
import { operationAt, type MStoreOperation } from './operations.ts'
import type { MStoreRequest } from './requests.ts'

/** What a request asks for, or why it asks for nothing there is. `operation` is `none` then. */
export type MStoreRoute =
  | { readonly kind: 'operation'; readonly operation: MStoreOperation; readonly target: MailboxTarget }
  | { readonly kind: 'unknown-path' | 'unknown-method'; readonly operation: 'none'; readonly reason: string }

/** How requests find their operations. */
export interface RouteRules {
  /** Reads the raw target of a request. */
  readonly read: (target: string) => MailboxTarget | ParseError
  /** The mailbox of a number; undefined where there is none. */
  readonly mailbox: (msisdn: string, all: ReadonlyMap<string, StoredMailbox>) => StoredMailbox | undefined
  /** The operation of a method and an endpoint; undefined where there is none. */
  readonly operation: (method: string, endpoint: MStoreEndpoint) => MStoreOperation | undefined
}

const ESCAPED_TWICE = parseError('MSISDN URI: expected tel%3A%2B, got it escaped twice (MSTORE-URL-04)')

/** Which requests the mStore spec names (Endpoints). */
export const documentedRoutes: RouteRules = {
  // MSTORE-URL-01 to MSTORE-URL-07, MSTORE-URL-09, MSTORE-URL-18
  read: (target) => {
    const read = parseTarget(target)
    return read.kind === 'target' && read.msisdnForm === 'double-encoded' ? ESCAPED_TWICE : read
  },
  // MSTORE-FOLDER-34
  mailbox: (msisdn, all) => all.get(msisdn),
  // MSTORE-ERROR-13
  operation: operationAt,
}

/** The operation of a request by its method and its raw target (mStore spec, Endpoints). */
export function routeOf({ method, target }: MStoreRequest, rules: RouteRules): MStoreRoute {
  const read = rules.read(target)
  if (read.kind === 'parse-error') return { kind: 'unknown-path', operation: 'none', reason: read.reason }
  const operation = rules.operation(method, read.endpoint)
  return operation === undefined
    ? { kind: 'unknown-method', operation: 'none', reason: `no ${method} of ${read.endpoint.kind}` }
    : { kind: 'operation', operation, target: read }
}

/** Remarks on how a client wrote the target of a request that was read all the same. */
export function targetNotes(route: MStoreRoute): readonly string[] {
  if (route.kind !== 'operation' || route.target.msisdnForm === 'encoded') return []
  const written = route.target.msisdnForm === 'raw' ? 'as it is' : 'partly escaped'
  return [`MSISDN URI: expected tel%3A%2B, got it ${written} (MSTORE-URL-04)`]
}
