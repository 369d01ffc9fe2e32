import type { Exchange, RecordedResponse, WireFailure } from '#evidence/exchange.ts'
import { printable } from '#evidence/printable.ts'
import { curlLine } from './curl.ts'
import { learnLocations } from './given-locations.ts'
import { redactHeaders } from './redacted-headers.ts'
import type { Order, TransferOutcome } from './round-trip.ts'
import type { Secrets } from './secrets.ts'
import type { RawFailure } from './wire-failure.ts'

/** When an exchange took place, in milliseconds; `startedAt` counts from the Unix epoch. */
interface Timing {
  readonly startedAt: number
  readonly durationMs: number
}

/** What one round trip was, for the record. */
export interface Occurrence {
  readonly id: string
  readonly operation: string
  readonly order: Order
  readonly outcome: TransferOutcome
  readonly timing: Timing
}

/** The record of a round trip, with every secret replaced. */
export function recordExchange(occurrence: Occurrence, secrets: Secrets): Exchange {
  const { id, operation, order, outcome, timing } = occurrence
  const { endpoint, method, headers, body } = order
  if (outcome.head !== null) learnLocations({ headers: outcome.head.headers, body: outcome.body }, secrets)
  const recorded = secrets.redactBytes(body ?? new Uint8Array())
  const { verify, isOwn } = order.means.trust
  const trust = { insecure: !verify, authority: verify && isOwn && endpoint.secure }
  return {
    id,
    operation,
    url: secrets.redact(endpoint.url),
    startedAt: timing.startedAt,
    durationMs: timing.durationMs,
    request: {
      line: secrets.redact(`${method} ${endpoint.path} HTTP/1.1`),
      headers: redactHeaders(headers, secrets),
      body: recorded,
    },
    response: recordResponse(outcome, secrets),
    failure: outcome.failure === null ? null : redactFailure(outcome.failure, secrets),
    sentBytes: outcome.sentBytes,
    receivedBytes: outcome.receivedBytes,
    curl: curlLine({ method, url: endpoint.url, headers, body, recorded, ...trust }, secrets),
  }
}

function recordResponse({ head, body }: TransferOutcome, secrets: Secrets): RecordedResponse | null {
  if (head === null || head.status === null) return null
  return {
    line: secrets.redact(head.line),
    status: head.status,
    headers: redactHeaders(head.headers, secrets),
    body: secrets.redactBytes(body),
  }
}

const QUOTED_CHARACTERS = 60

/** The failure as it may be shown: secrets out first, then cut, then made printable. */
function redactFailure({ kind, detail, quote }: RawFailure, secrets: Secrets): WireFailure {
  const redacted = secrets.redact(detail)
  if (quote === null) return { kind, detail: printable(redacted) }
  const text = secrets.redact(quote)
  const cut = text.length > QUOTED_CHARACTERS ? `${text.slice(0, QUOTED_CHARACTERS)}…` : text
  return { kind, detail: printable(`${redacted}: got "${cut}"`) }
}
