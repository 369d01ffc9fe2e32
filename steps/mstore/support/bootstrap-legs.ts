import type { UbLeg, UbOutcome } from '#driver/gba/bootstrap.ts'
import type { Answer } from '#driver/wire-client.ts'
import { headerValue } from '#driver/wire-request.ts'
import { parseAuthParams, paramValue } from '#protocol/auth-params.ts'
import { decodeBase64 } from '#protocol/base64.ts'

/** The leg whose challenge was answered last: after a resynchronisation not the first one. */
export function answeredLeg({ legs }: UbOutcome): UbLeg | undefined {
  return legs.at(-2) ?? legs[0]
}

/** What a leg was answered with; null where there is no leg, or no whole answer. */
export function answerOf(leg: UbLeg | undefined): Answer | null {
  return leg?.result.kind === 'answered' ? leg.result.answer : null
}

/** A parameter of the challenge that a leg was answered with; null where there is none. */
export function challengeParam(leg: UbLeg | undefined, name: string): string | null {
  const text = answerOf(leg)?.header('WWW-Authenticate') ?? ''
  const params = parseAuthParams(text.replace(/^Digest /i, ''))
  return params.kind === 'parse-error' ? null : paramValue(params.params, name)
}

/** The bytes of the nonce that was answered last; null where it is no Base64. */
export function nonceOf(outcome: UbOutcome): Uint8Array | null {
  const nonce = decodeBase64(challengeParam(answeredLeg(outcome), 'nonce') ?? '')
  return nonce.kind === 'parse-error' ? null : nonce.bytes
}

/** The name by which the client knows the bootstrapping server: the realm that it asks for. */
export function serverName({ legs }: UbOutcome): string {
  const authorization = headerValue(legs[0]?.request.headers ?? [], 'Authorization') ?? ''
  const params = parseAuthParams(authorization.replace(/^Digest /, ''))
  return params.kind === 'parse-error' ? '' : (paramValue(params.params, 'realm') ?? '')
}
