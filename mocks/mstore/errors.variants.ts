import { documented } from './rulebook.ts'
import type { MStoreWireRules } from './wire.ts'
import { operationAt } from './operations.ts'
import { everywhere } from './fault-patches.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { wire } = documented
const LIKELY = 'the server "will likely" return the network error'
const JSON_AREAS = [
  'MSTORE-PROFILE',
  'MSTORE-SEARCH',
  'MSTORE-BULKUPDATE',
  'MSTORE-BULKDELETE',
  'MSTORE-UPLOAD',
]

/** Right otherwise in what is refused, and how. */
export const ERROR_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-ERROR-05/reads-any-type',
    summary: 'JSON is processed whatever its Content-Type, and without one',
    open: 'that JSON is to be typed binds the client',
    patch: { bodies: { isJsonType: () => true } },
  }),
  variant({
    id: 'MSTORE-ERROR-13/takes-post-for-put',
    summary: 'POST does what PUT does, and DELETE of the profile answers with it',
    open: 'nothing is said of other methods; PUT has POST semantics',
    patch: {
      routes: {
        operation: (method, endpoint) => {
          if (method === 'DELETE' && endpoint.kind === 'profile') return 'read-profile'
          return (
            operationAt(method, endpoint) ?? (method === 'POST' ? operationAt('PUT', endpoint) : undefined)
          )
        },
      },
    },
  }),
  variant({
    id: 'MSTORE-ERROR-13/knows-no-other-methods',
    summary: 'another method answers 501',
    open: 'no status is listed for it',
    patch: everywhere('unknown-method', 501),
    alone: true,
  }),
  variant({
    id: 'MSTORE-ERROR-01/answers-422',
    summary: 'what is malformed answers 422',
    open: LIKELY,
    patch: everywhere('malformed', 422),
    areas: ['MSTORE-PROFILE'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-ERROR-02/says-nothing',
    summary: 'a malformed request answers 400 without a body',
    open: LIKELY,
    patch: {
      wire: {
        fallback: (outcome) => (outcome.kind === 'malformed' ? { kind: 'none' } : wire.fallback(outcome)),
      },
    },
    areas: JSON_AREAS,
  }),
  variant({
    id: 'MSTORE-ERROR-03/explains-itself',
    summary: 'the error says what was asked for and what is wrong with it',
    open: LIKELY,
    patch: {
      wire: {
        fallback: (outcome) => (outcome.kind === 'malformed' ? explained(outcome) : wire.fallback(outcome)),
      },
    },
    areas: JSON_AREAS,
  }),
  variant({
    id: 'MSTORE-URL-18/is-gone',
    summary: 'a path that there is not answers 410, with a page',
    open: 'no status is listed for it',
    patch: {
      ...everywhere('unknown-path', 410),
      wire: {
        transform: (reply, { kind }) =>
          kind === 'unknown-path' ? { ...reply, body: new TextEncoder().encode('<p>gone</p>') } : reply,
      },
    },
  }),
]

function explained({
  operation,
}: Parameters<MStoreWireRules['fallback']>[0]): ReturnType<MStoreWireRules['fallback']> {
  return { kind: 'json', value: { error: 'BAD_REQUEST', detail: `${operation}: the body could not be read` } }
}
