import { Secrets } from '#driver/secrets.ts'
import type { Target } from '#driver/target.ts'
import { createWireClient, type WireResult } from '#driver/wire-client.ts'
import type { WireFailure, WireFailureKind } from '#evidence/exchange.ts'
import { formatOf } from './formats.ts'
import type { Probe } from './probe.ts'

/** What a check before a run takes from outside. */
export interface PreflightSurroundings {
  /** Letters and digits that no other run uses: they make a path and a password that cannot exist. */
  readonly nonce: string
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/**
 * Why `target` cannot be verified at all, in one line that says what was asked, expected and got, and what
 * to do; null where it can. It must answer HTTP and refuse what must be refused: a server that accepts
 * everything would pass half of any suite. Nothing more is asked after the first objection.
 */
export async function preflight(
  target: Target,
  { nonce, now }: PreflightSurroundings,
): Promise<string | null> {
  const ask = ({ request, answerMs = target.timeouts.answerMs }: Probe): Promise<WireResult> =>
    createWireClient({
      baseUrl: target.url,
      answerMs,
      tls: target.tls,
      secrets: new Secrets(),
      record: () => undefined,
      now,
    }).send(request)
  for (const probe of formatOf(target.protocol).probes(target, nonce)) {
    const reason = objection(target, probe, await ask(probe))
    if (reason !== null) return reason
  }
  return null
}

function objection({ url }: Target, { shown, expected, fault }: Probe, result: WireResult): string | null {
  if (result.kind === 'failed') return `${url}: ${failed(result.failure)}`
  const { status } = result.answer
  if (status >= 200 && status < 300)
    return `${url}: ${shown}: expected ${expected}, got ${status}; a server that accepts everything cannot be verified`
  const wrong = fault(result.answer)
  return wrong === null ? null : `${url}: ${shown}: expected ${expected}, got ${wrong}`
}

function failed({ kind, detail }: WireFailure): string {
  return `expected an answer in HTTP/1.x, got: ${detail}; ${ADVICE[kind]}`
}

const ADVICE: Readonly<Record<WireFailureKind, string>> = {
  unreachable: 'start the server or correct the URL',
  'no-answer': 'look at the server, or allow more time with --timeout MS',
  'broken-off': 'look at the server; for TLS the URL starts with https://',
  malformed: 'is this the right port? for TLS the URL starts with https://',
  oversized: 'is this the right server?',
}
