import { deployedFault, fault, type MStoreFault } from './fault.ts'
import { bare } from './fault-patches.ts'

const OK = 200

/** Longer than the deployed client waits, in ms. */
const TOO_LONG_MS = 90_000

/** Faults in refusing what is malformed. */
export const ERROR_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-ERROR-02/explains-itself', 'the one error has a detail', {
    wire: { networkError: { error: 'MSTORE_RLY-MST_NWKERR', detail: 'the body could not be read' } },
  }),
  fault('MSTORE-ERROR-02/says-something-else', 'the error reads "bad request"', {
    wire: { networkError: { error: 'bad request' } },
  }),
  fault('MSTORE-ERROR-02/says-nothing', 'a malformed request answers 400 without a body', {
    wire: { fallback: () => ({ kind: 'none' }) },
  }),
  fault('MSTORE-ERROR-03/tells-the-operation', 'the error says what was asked for', {
    wire: {
      transform: (reply, { kind, operation }) =>
        kind === 'malformed'
          ? { ...reply, body: new TextEncoder().encode(`{"error":"MSTORE_RLY-MST_NWKERR: ${operation}"}`) }
          : reply,
    },
  }),
  deployedFault('MSTORE-ERROR-07/waits-too-long', 'the gateway gives up after 90 seconds', {
    gatewayTimeoutMs: TOO_LONG_MS,
  }),
  fault('MSTORE-ERROR-12/takes-cut-bodies', 'what came of a body that was cut short is taken for all of it', {
    bodies: { takesCut: true },
  }),
  fault('MSTORE-ERROR-12/answers-200', 'a body that was cut short answers 200', {
    wire: { transform: (reply, _outcome, { body }) => (body === 'truncated' ? bare(reply, OK) : reply) },
  }),
]
