import { connectionOf } from '#driver/connection.ts'
import { sharedPace } from '#driver/shared-pace.ts'
import { steadyNow } from '#driver/steady-now.ts'
import { secretsOf } from '#driver/target-secrets.ts'
import type { Target } from '#driver/target.ts'
import { createWireClient, type WireResult } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'

/** What came of one request to the target; nothing of it is kept. */
export function asked(target: Target, request: WireRequest): Promise<WireResult> {
  const client = createWireClient({
    ...connectionOf(target),
    ...paceFor(target),
    baseUrl: target.url,
    answerMs: target.timeouts.answerMs,
    secrets: secretsOf([target]),
    record: () => undefined,
    now: steadyNow,
  })
  return client.send(request)
}

/** What is awaited before each request to a target that bounds them. */
export function paceFor(target: Target): { readonly pace?: () => Promise<void> } {
  const pace = sharedPace(target)
  return pace === null ? {} : { pace }
}

/** A request without credentials, which every server of the protocol refuses with 401. */
export function bare(request: WireRequest): WireRequest {
  return { ...request, headers: request.headers.filter(([name]) => name !== 'Authorization') }
}

/** What came of a request, in a few words. */
export function gotOf(result: WireResult): string {
  return result.kind === 'answered' ? String(result.answer.status) : result.failure.detail
}

/** Whether a request was granted. */
export function isGranted(result: WireResult): boolean {
  return result.kind === 'answered' && result.answer.status >= 200 && result.answer.status < 300
}

/** Whether a request was refused, and so has changed nothing. */
export function isRefused(result: WireResult): boolean {
  const status = statusOf(result)
  return status !== null && status >= 400 && status < 500
}

/** The status of an answer; null where there was none. */
export function statusOf(result: WireResult): number | null {
  return result.kind === 'answered' ? result.answer.status : null
}
