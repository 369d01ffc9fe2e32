import { fault, type RelayFault } from './fault.ts'
import type { RelayRequest } from './requests.ts'
import type { RelayRulebookPatch } from './rulebook.ts'

/** Faults in reading requests off HTTP: what a connection, or the form of a request, makes of it. */
export const REQUEST_READING_FAULTS: readonly RelayFault[] = [
  fault(
    'RELAY-AUTH-15/knows-a-caller-by-the-connection',
    'a request without credentials is that of the last caller on its connection',
    reading((request) => known(request, request.authorization ?? callers.get(request.connection))),
  ),
  fault(
    'RELAY-AUTH-15/knows-one-caller-of-a-connection',
    'the first caller on a connection is the caller of all that follows on it',
    reading((request) => known(request, callers.get(request.connection) ?? request.authorization)),
  ),
  fault(
    'RELAY-ENCODING-22/does-not-know-small-letters',
    'an authorization in small letters is none',
    reading((request) => (hasHeader(request, /^authorization$/) ? { authorization: undefined } : {})),
  ),
  fault(
    'RELAY-ENCODING-22/does-not-know-capitals',
    'a CONTENT-TYPE in capitals is none',
    reading((request) =>
      hasHeader(request, /^CONTENT-TYPE$/) ? { body: { ...request.body, contentType: undefined } } : {},
    ),
  ),
  fault(
    'RELAY-ENCODING-22/reads-the-first-chunk',
    'of a body in chunks the first one is read',
    reading((request) => (hasHeader(request, /^transfer-encoding$/i) ? cut(request, 2) : {})),
  ),
  fault(
    'RELAY-ENCODING-22/does-not-wait-for-a-body',
    'a body behind an expectation counts as none',
    reading((request) => (hasHeader(request, /^expect$/i) ? cut(request, Infinity) : {})),
  ),
]

/** What each connection's caller is taken to be, by its header. */
const callers = new WeakMap<object, string>()

function known({ connection }: RelayRequest, authorization: string | undefined) {
  if (authorization !== undefined) callers.set(connection, authorization)
  return { authorization }
}

function hasHeader({ headers }: RelayRequest, name: RegExp): boolean {
  return headers.some(([written]) => name.test(written))
}

/** Of a body one part of so many. */
function cut({ body }: RelayRequest, parts: number): Pick<RelayRequest, 'body'> {
  const { bytes } = body
  return bytes === 'too-long'
    ? { body }
    : { body: { ...body, bytes: bytes.subarray(0, bytes.length / parts) } }
}

/** A request is read with these parts in place of its own. */
function reading(
  parts: (request: RelayRequest) => Partial<Pick<RelayRequest, 'authorization' | 'body'>>,
): RelayRulebookPatch {
  return {
    requestReading: {
      read: (request) => {
        const { target, authorization, origin, body, connection, headers } = request
        return { target, authorization, origin, body, connection, headers, ...parts(request) }
      },
    },
  }
}
