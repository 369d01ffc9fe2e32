import type { Pace } from '#driver/pace.ts'
import { sharedPace } from '#driver/shared-pace.ts'
import type { Target } from '#driver/target.ts'
import { unrecordedClient } from '#driver/unrecorded-client.ts'
import type { WireResult } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'

/** What came of one request to the target; nothing of it is kept. */
export function asked(target: Target, request: WireRequest): Promise<WireResult> {
  return unrecordedClient(target, paceFor(target)).send(request)
}

/** What is awaited before each request to a target that bounds them. */
export function paceFor(target: Target): { readonly pace: Pace } {
  return { pace: sharedPace(target) }
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
