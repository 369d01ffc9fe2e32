import type { Answer } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'

/** A request that any server of its protocol refuses, and what is expected of it. */
export interface Probe {
  readonly request: WireRequest
  /** The request in words. */
  readonly shown: string
  readonly expected: string
  /** How long it may take, in milliseconds; as long as any answer by default. */
  readonly answerMs?: number
  /** What is wrong with a refusal, and what to do, as the end of a sentence; null where it is as expected. */
  readonly fault: (answer: Answer) => string | null
}

/** A GET without a body. */
export function get(target: string, headers: WireRequest['headers'] = []): WireRequest {
  return { operation: 'check before the run', method: 'GET', target, headers, body: null }
}

/** What is wrong with an answer whose status is one that a gateway sends when its server is down. */
export function gatewayFault({ status }: Answer, statuses: readonly number[]): string | null {
  return statuses.includes(status) ? `${status}; is the server behind the gateway running?` : null
}
