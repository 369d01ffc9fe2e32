import { formatAuthParams, type AuthParam } from '#protocol/auth-params.ts'
import type { Reply } from '#mocks/engine/reply.ts'
import { emptyReply } from '#mocks/engine/wire.ts'
import type { BsfOutcome } from './outcomes.ts'
import type { BsfScene } from './scene.ts'

/** How an outcome is answered. */
export function answer(outcome: BsfOutcome, scene: Pick<BsfScene, 'rulebook' | 'fqdn'>): Reply {
  const { status, infoType } = scene.rulebook
  const reply = emptyReply(status[outcome.kind])
  switch (outcome.kind) {
    case 'bootstrapped':
      return { ...reply, headers: successHeaders(outcome, infoType), body: outcome.body }
    case 'no-credentials':
      return { ...reply, headers: [['WWW-Authenticate', challengeText({ nonce: '' }, scene)]] }
    case 'challenged':
    case 'resynchronised':
    case 'bad-resynchronisation':
    case 'wrong-response':
      return { ...reply, headers: [['WWW-Authenticate', challengeText(outcome, scene)]] }
    case 'unknown-method':
      return { ...reply, headers: [['Allow', 'GET']] }
    case 'unknown-path':
    case 'malformed-credentials':
    case 'unknown-subscriber':
      return reply
    default:
      return outcome satisfies never
  }
}

function successHeaders(
  { authenticationInfo }: Extract<BsfOutcome, { readonly kind: 'bootstrapped' }>,
  infoType: string,
): Reply['headers'] {
  const proof = authenticationInfo === null ? [] : [['Authentication-Info', authenticationInfo] as const]
  return [['Content-Type', infoType], ...proof]
}

/** The text of a challenge (RFC 3310, section 3.1). */
function challengeText(
  { nonce, opaque }: { readonly nonce: string; readonly opaque?: string },
  { rulebook: rules, fqdn }: Pick<BsfScene, 'rulebook' | 'fqdn'>,
): string {
  const params = [
    quoted('realm', rules.realm(fqdn)),
    quoted('nonce', nonce),
    { name: 'algorithm', value: rules.algorithm, quoted: false },
    quoted('qop', rules.qop),
    ...(opaque === undefined ? [] : [quoted('opaque', opaque)]),
  ]
  return `Digest ${formatAuthParams(params, ', ')}`
}

function quoted(name: string, value: string): AuthParam {
  return { name, value, quoted: true }
}
