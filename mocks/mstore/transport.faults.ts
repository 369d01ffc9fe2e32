import { concat, utf8 } from '#protocol/bytes.ts'
import { deployedFault, fault, type MStoreFault } from './fault.ts'
import { bare, handWritten } from './fault-patches.ts'

const NO_CONTENT = 204
const GATEWAY_TIMEOUT = 504
const VERSION_NOT_SUPPORTED = 505

/** Faults in how the proxy speaks HTTP. */
export const TRANSPORT_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-TRANSPORT-01/serves-in-clear', 'who speaks in clear to the TLS port is served', {
    handshake: { acceptsPlainText: true },
  }),
  fault('MSTORE-TRANSPORT-02/says-http-1-1', 'the status line says HTTP/1.1', {
    wire: { transform: (reply) => handWritten(reply, { version: 'HTTP/1.1' }) },
  }),
  fault('MSTORE-TRANSPORT-02/says-http-1-1-in-bulk-answers', 'answers to bulk requests say HTTP/1.1', {
    wire: {
      transform: (reply, { operation }) =>
        operation.startsWith('bulk-') ? handWritten(reply, { version: 'HTTP/1.1' }) : reply,
    },
  }),
  fault('MSTORE-TRANSPORT-02/says-http-1-1-in-downloads', 'downloads say HTTP/1.1', {
    wire: {
      transform: (reply, { operation }) =>
        operation === 'read-payload' ? handWritten(reply, { version: 'HTTP/1.1' }) : reply,
    },
  }),
  fault('MSTORE-TRANSPORT-02/says-http-1-1-without-a-body', 'answers 204 say HTTP/1.1', {
    wire: {
      transform: (reply) =>
        reply.status === NO_CONTENT ? handWritten(reply, { version: 'HTTP/1.1', lines: [] }) : reply,
    },
  }),
  fault('MSTORE-TRANSPORT-03/stays-open-after-downloads', 'the connection stays open after a download', {
    wire: {
      transform: (reply, { operation, kind }) =>
        operation === 'read-payload' && kind === 'read' ? handWritten(reply, { staysOpen: true }) : reply,
    },
  }),
  fault(
    'MSTORE-TRANSPORT-03/stays-open-after-changes',
    'the connection stays open after a change of the profile',
    {
      wire: {
        transform: (reply, { kind }) =>
          kind === 'written' ? handWritten(reply, { staysOpen: true }) : reply,
      },
    },
  ),
  fault('MSTORE-TRANSPORT-03/stays-open', 'the connection stays open after the answer', {
    wire: { transform: (reply) => handWritten(reply, { staysOpen: true }) },
  }),
  fault('MSTORE-TRANSPORT-04/sends-chunks', 'the body comes in chunks', {
    wire: {
      transform: (reply) =>
        handWritten(reply, { lines: ['Transfer-Encoding: chunked'], body: chunked(reply.body) }),
    },
  }),
  fault('MSTORE-TRANSPORT-04/tells-a-shorter-body', 'Content-Length is one byte short', {
    wire: {
      transform: (reply) =>
        reply.body.length === 0
          ? reply
          : handWritten(reply, { lines: [`Content-Length: ${reply.body.length - 1}`] }),
    },
  }),
  fault('MSTORE-TRANSPORT-05/agrees-to-h2', 'an offer of h2 at the TLS handshake is taken', {
    handshake: { protocols: ['h2', 'http/1.1'] },
  }),
  fault('MSTORE-TRANSPORT-06/offers-keep-alive', 'answers carry Connection: keep-alive', {
    wire: {
      transform: (reply) =>
        handWritten(reply, {
          lines: [`Content-Length: ${reply.body.length}`, 'Connection: keep-alive', 'Keep-Alive: timeout=5'],
        }),
    },
  }),
  deployedFault('MSTORE-TRANSPORT-10/refuses-http-1-1', 'a request line with HTTP/1.1 answers 505', {
    wire: {
      transform: (reply, _outcome, { version }) =>
        version === '1.1' ? bare(reply, VERSION_NOT_SUPPORTED) : reply,
    },
  }),
  fault('MSTORE-TRANSPORT-11/refuses-http-1-0', 'a request line with HTTP/1.0 answers 505', {
    wire: {
      transform: (reply, _outcome, { version }) =>
        version === '1.0' ? bare(reply, VERSION_NOT_SUPPORTED) : reply,
    },
  }),
  fault('MSTORE-TRANSPORT-12/binds-nonces-to-connections', 'a nonce is good on its own connection alone', {
    authentication: { nonceFits: (issued, { connection }) => issued?.connection === connection },
  }),
  fault('MSTORE-TRANSPORT-15/hangs-up', 'instead of 504 the connection breaks off', {
    wire: {
      transform: (reply) => (reply.status === GATEWAY_TIMEOUT ? { kind: 'hang-up' } : reply),
    },
  }),
]

function chunked(body: Uint8Array): Uint8Array {
  const size = utf8(`${body.length.toString(16)}\r\n`)
  return body.length === 0 ? utf8('0\r\n\r\n') : concat(size, body, utf8('\r\n0\r\n\r\n'))
}
