import type { Reply, WireAnswer } from '#mocks/engine/reply.ts'
import { handWritten } from './fault-patches.ts'
import type { MStorePatch } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const LATE_MS = 100

/** Requirements of each area that a slow or odd transport is tried with. */
const FEW = ['MSTORE-TRANSPORT-03', 'MSTORE-PROFILE-17', 'MSTORE-PAYLOAD-01', 'MSTORE-AUTH-08']

/** A proxy that is right otherwise in how it speaks HTTP. */
export const TRANSPORT_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-TRANSPORT-15/answers-late',
    summary: 'each answer takes a tenth of a second',
    open: 'no time for an answer is named',
    patch: { wire: { delayMs: () => LATE_MS } },
    scenarios: FEW,
    alone: true,
  }),
  variant({
    id: 'MSTORE-TRANSPORT-04/sends-twenty-pieces',
    summary: 'each answer comes in twenty segments',
    open: 'TCP may cut a stream of bytes anywhere',
    patch: writing((reply) => handWritten(reply, { segments: 20 })),
    scenarios: FEW,
    alone: true,
  }),
  variant({
    id: 'MSTORE-TRANSPORT-02/sends-early-hints',
    summary: 'a 103 comes before each answer',
    open: 'interim answers are no answers (RFC 9110, 15.2)',
    patch: writing((reply) =>
      handWritten(reply, { before: 'HTTP/1.1 103 Early Hints\r\nLink: </style>; rel=preload\r\n\r\n' }),
    ),
    alone: true,
  }),
  variant({
    id: 'MSTORE-TRANSPORT-02/continues',
    summary: 'a 100 comes before each answer',
    open: 'interim answers are no answers (RFC 9110, 15.2)',
    patch: writing((reply) => handWritten(reply, { before: 'HTTP/1.1 100 Continue\r\n\r\n' })),
    alone: true,
  }),
  variant({
    id: 'MSTORE-TRANSPORT-04/ends-bodies-with-the-connection',
    summary: 'answers have no Content-Length',
    open: 'in HTTP/1.0 a body may end with the connection',
    patch: writing((reply) => handWritten(reply, { lines: [] })),
    areas: ['MSTORE-PROFILE', 'MSTORE-PAYLOAD', 'MSTORE-FLAG'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-TRANSPORT-02/writes-names-in-lower-case',
    summary: 'header names are in lower case, and the status line has no reason',
    open: 'names of headers have no case; a reason may be empty',
    patch: writing((reply) => {
      const headers = reply.headers.map(([name, value]) => [name.toLowerCase(), value] as const)
      return handWritten(
        { ...reply, headers },
        { phrase: '', lines: [`content-length: ${reply.body.length}`] },
      )
    }),
    areas: ['MSTORE-AUTH', 'MSTORE-PIN'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-TRANSPORT-06/closes-in-so-many-words',
    summary: 'answers say Connection: close, and carry further headers',
    open: 'nothing is said of further headers',
    patch: writing((reply) => ({
      ...reply,
      headers: [['Server', 'gateway'], ['X-Request-Id', '1'], ...reply.headers, ['Connection', 'close']],
    })),
    alone: true,
  }),
]

function writing(write: (reply: Reply) => WireAnswer): MStorePatch {
  return { wire: { transform: (reply) => write(reply) } }
}
