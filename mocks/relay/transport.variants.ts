import { concat, utf8 } from '#protocol/bytes.ts'
import { escapedTexts } from '#protocol/json-escapes.ts'
import type { Reply, WireAnswer } from '#mocks/engine/reply.ts'
import { variant, type RelayVariant } from './variant.ts'

const ANY_HTTP = 'the specification asks for HTTP, and for no version or form of it'
const AREAS = ['RELAY-DIRECTORY', 'RELAY-PREKEY', 'RELAY-ATTACHMENT', 'RELAY-AUTH']
const CHUNK_BYTES = 9
const LEAST_REFUSAL = 400

/** Relays that are right otherwise in how they speak HTTP, and in how they spell what they say. */
export const TRANSPORT_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-ENCODING-01/sends-chunks',
    summary: 'answers come in chunks of nine bytes with a trailer, header names in lower case, no reason',
    open: ANY_HTTP,
    patch: { wire: { transform: chunked } },
    areas: AREAS,
    alone: true,
  }),
  variant({
    id: 'RELAY-ENCODING-01/speaks-http-1.0',
    summary: 'answers are HTTP/1.0, come in two segments behind a 103, and end with the connection',
    open: ANY_HTTP,
    patch: { wire: { transform: endingWithTheConnection } },
    areas: AREAS,
    alone: true,
  }),
  variant({
    id: 'RELAY-ENCODING-17/ends-the-connection-with-a-refusal',
    summary: 'the answer to a request that is refused ends its connection',
    open: ANY_HTTP,
    patch: {
      wire: {
        transform: (reply) =>
          reply.status < LEAST_REFUSAL
            ? reply
            : { ...reply, headers: [...reply.headers, ['Connection', 'close']] },
      },
    },
    areas: ['RELAY-AUTH', 'RELAY-KEYS'],
    alone: true,
  }),
  variant({
    id: 'RELAY-ENCODING-01/escapes-every-character',
    summary: 'JSON has an escape for every character of its texts',
    open: 'JSON of another spelling is the same JSON',
    patch: { wire: { jsonText: (value) => escapedTexts(JSON.stringify(value)) } },
    areas: [...AREAS, 'RELAY-MESSAGE', 'RELAY-KEYS'],
    alone: true,
  }),
  variant({
    id: 'RELAY-ENCODING-02/says-something-with-every-status',
    summary: 'an answer for which the specification has no body has a line of plain text',
    open: 'the specification says nothing of such a body',
    patch: { wire: { transform: explained } },
    areas: ['RELAY-VERIFY', 'RELAY-PUSHID', 'RELAY-KEYS', 'RELAY-MESSAGE', ...AREAS],
    alone: true,
  }),
]

function chunked(reply: Reply): WireAnswer {
  const { status, headers, body } = reply
  if (status === NO_CONTENT) return reply
  const chunks: Uint8Array[] = []
  for (let at = 0; at < body.length; at += CHUNK_BYTES) {
    const chunk = body.subarray(at, at + CHUNK_BYTES)
    chunks.push(utf8(`${chunk.length.toString(16).toUpperCase()};part=yes\r\n`), chunk, utf8('\r\n'))
  }
  const fields = headers.map(([name, value]) => `${name.toLowerCase()}:${value}`)
  const head = [`HTTP/1.1 ${status} `, ...fields, 'transfer-encoding:chunked', 'connection:close', '', '']
  const end = utf8('0\r\nx-checksum: none\r\n\r\n')
  return { kind: 'raw', bytes: concat(utf8(head.join('\r\n')), ...chunks, end) }
}

const NO_CONTENT = 204

function endingWithTheConnection({ status, headers, body }: Reply): WireAnswer {
  const interim = 'HTTP/1.1 103 Early Hints\r\nLink: </style>; rel=preload\r\n\r\n'
  const fields = headers.map(([name, value]) => `${name}: ${value}`)
  const head = [`HTTP/1.0 ${status} Answer`, 'Server: relay', ...fields, '', ''].join('\r\n')
  return { kind: 'raw', bytes: concat(utf8(interim + head), body), segments: 2 }
}

/** A blob of no bytes is one, too. */
function explained(reply: Reply, { operation }: { readonly operation: string }): WireAnswer {
  const { status, headers, body } = reply
  return body.length > 0 || status === NO_CONTENT || operation === 'download-blob'
    ? reply
    : { ...reply, headers: [['Content-Type', 'text/plain'], ...headers], body: utf8(`Status ${status}.\n`) }
}
