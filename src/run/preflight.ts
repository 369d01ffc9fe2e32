import { Secrets } from '#driver/secrets.ts'
import type { RelayTarget } from '#driver/target.ts'
import { createWireClient, type WireResult } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { WireFailure, WireFailureKind } from '#evidence/exchange.ts'

/** What a check before a run takes from outside. */
export interface PreflightSurroundings {
  /** Letters and digits that no other run uses: they make a path and a password that cannot exist. */
  readonly nonce: string
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/** A request that any relay refuses, and what is expected of it. */
interface Probe {
  readonly request: WireRequest
  readonly shown: string
  readonly expected: string
}

/**
 * Why `target` cannot be verified at all, in one line that says what was asked, expected and got, and what
 * to do; null where it can. It must answer HTTP, refuse a path that does not exist and refuse a password
 * that nobody has: a server that says yes to everything would pass half of any suite. Both probes are sent at
 * once, so that it takes no longer than one answer may.
 */
export async function preflight(
  target: RelayTarget,
  { nonce, now }: PreflightSurroundings,
): Promise<string | null> {
  const client = createWireClient({
    baseUrl: target.url,
    answerMs: target.timeouts.answerMs,
    tls: target.tls,
    secrets: new Secrets(),
    record: () => undefined,
    now,
  })
  const objections = await Promise.all(
    probes(nonce).map(async (probe) => objection(target, probe, await client.send(probe.request))),
  )
  return objections.find((reason) => reason !== null) ?? null
}

function probes(nonce: string): readonly Probe[] {
  const path = `/touchstone-${nonce}`
  const password = Buffer.from(`+15550100000:${nonce}`).toString('base64')
  return [
    { request: get(path), shown: `GET ${path}`, expected: 'a refusal, for the path does not exist' },
    {
      request: { ...get('/v1/attachments/'), headers: [['Authorization', `Basic ${password}`]] },
      shown: 'GET /v1/attachments/ with a wrong password',
      expected: 'a refusal such as 401',
    },
  ]
}

function get(path: string): WireRequest {
  return { operation: 'check before the run', method: 'GET', target: path, headers: [], body: null }
}

function objection({ url }: RelayTarget, { shown, expected }: Probe, result: WireResult): string | null {
  if (result.kind === 'failed') return `${url}: ${failed(result.failure)}`
  const { status } = result.answer
  if (status >= 200 && status < 300)
    return `${url}: ${shown}: expected ${expected}, got ${status}; a server that accepts everything cannot be verified`
  if (GATEWAY_FAULTS.has(status))
    return `${url}: ${shown}: expected ${expected}, got ${status}; is the server behind the gateway running?`
  return null
}

const GATEWAY_FAULTS = new Set([502, 503, 504])

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
