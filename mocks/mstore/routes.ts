import type { ParseError } from '#protocol/parse-error.ts'
import { parseTarget, type MailboxTarget, type MStoreEndpoint } from '#protocol/mstore/endpoints.ts'
import type { MStoreOperation } from './outcomes.ts'
import type { MStoreRequest } from './requests.ts'

/** What a request asks for, or why it asks for nothing there is. `operation` is `none` then. */
export type MStoreRoute =
  | {
      readonly kind: 'operation'
      readonly operation: Exclude<MStoreOperation, 'none'>
      readonly target: MailboxTarget
    }
  | {
      readonly kind: 'unknown-path' | 'unknown-method'
      readonly operation: 'none'
      readonly reason: string
    }

/** The operation of an endpoint by each method it has. */
export type Methods = Readonly<Record<string, Exclude<MStoreOperation, 'none'> | undefined>>

/** How requests find their endpoints. */
export interface RouteRules {
  /** Reads the raw target of a request. */
  readonly read: (target: string) => MailboxTarget | ParseError
  readonly methods: (endpoint: MStoreEndpoint) => Methods
}

export const documentedRoutes: RouteRules = {
  // MSTORE-URL-01 to MSTORE-URL-07, MSTORE-URL-09, MSTORE-URL-18
  read: parseTarget,
  // MSTORE-ERROR-13
  methods: methodsOf,
}

/** The operation of a request by its method and its raw target (page, Endpoints). */
export function routeOf({ method, target }: MStoreRequest, rules: RouteRules): MStoreRoute {
  const read = rules.read(target)
  if (read.kind === 'parse-error') return { kind: 'unknown-path', operation: 'none', reason: read.reason }
  const operation = rules.methods(read.endpoint)[method]
  return operation === undefined
    ? { kind: 'unknown-method', operation: 'none', reason: `no ${method} of ${read.endpoint.kind}` }
    : { kind: 'operation', operation, target: read }
}

const OPERATIONS: Readonly<Record<MStoreEndpoint['kind'], Methods>> = {
  // A PUT with PINs turns out to be a change of the PIN
  profile: { GET: 'read-profile', PUT: 'write-profile' },
  folder: { GET: 'read-folder' },
  object: { GET: 'read-object' },
  flag: { PUT: 'set-flag', DELETE: 'clear-flag' },
  search: { POST: 'search' },
  'bulk-update': { POST: 'bulk-update' },
  'bulk-delete': { DELETE: 'bulk-delete' },
  upload: { POST: 'upload' },
}
const PAYLOAD: Methods = { GET: 'read-payload' }

/** The operations of an endpoint; what lies below an object is its payload (E-18). */
export function methodsOf(endpoint: MStoreEndpoint): Methods {
  return endpoint.kind === 'object' && endpoint.objectPath.includes('/') ? PAYLOAD : OPERATIONS[endpoint.kind]
}
