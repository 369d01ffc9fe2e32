import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { readBytes } from '#mocks/edge/read-body.ts'
import { deliver } from '#mocks/edge/deliver.ts'
import { faultMet } from '#mocks/edge/met-faults.ts'
import type { NetworkFaults } from '#mocks/edge/network-faults.ts'
import { send } from '#mocks/edge/send.ts'
import { record } from '#mocks/edge/wire-tap.ts'
import { emptyReply } from '#mocks/engine/wire.ts'
import type { Bsf } from './bsf.ts'

/** What the listener needs besides the server. */
export interface BsfListenerOptions {
  /** What becomes of answers on their way; to these the operation is `bootstrap`. */
  readonly network?: NetworkFaults
  /** Gets what our own code threw; the client gets a 500. */
  readonly onError?: (error: unknown) => void
}

/** Longer bodies are read to their end and refused: a request has none. */
const MAX_BODY_BYTES = 64 * 1024

/** A bootstrapping server as the listener of a bare server of HTTP/1.1. */
export function bsfListener(bsf: Bsf, { onError, network }: BsfListenerOptions = {}): RequestListener {
  return (request, response) => {
    answerRequest(request, response).catch((error: unknown) => {
      onError?.(error)
      if (response.headersSent) response.destroy()
      else send(response, emptyReply(500))
    })
  }

  async function answerRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBytes(request, MAX_BODY_BYTES)
    if (body === null) return
    if (body === 'too-long') {
      send(response, emptyReply(413))
      return
    }
    const { method = '', url = '', headers } = request
    const handled = bsf.handle({ method, target: url, authorization: headers.authorization, body })
    const outcome = { operation: 'bootstrap', kind: handled.outcome.kind }
    record(request, { ...handled, outcome })
    const fault = faultMet(request, outcome, network)
    deliver(response, handled.answer, { fault, version: '1.1' })
  }
}
