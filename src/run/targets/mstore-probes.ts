import type { MStoreTarget } from '#driver/target.ts'
import type { Answer } from '#driver/wire-client.ts'
import { endpointTarget } from '#protocol/mstore/endpoints.ts'
import { gatewayFault, get, type Probe } from './probe.ts'

const USER_AGENT = [['User-Agent', '3gpp-gba']] as const

/** 504 is no sign of a broken gateway here: the mStore's own answers so to what it does not understand. */
const GATEWAY_FAULTS = [502, 503]

/** A number without a mailbox, where the target file names none. */
const NO_MAILBOX = '+15550100000'

/**
 * A profile without credentials, which is answered with a challenge (mStore spec, Authentication), the same with
 * the digest of an unknown B-TID, and a path that does not exist; the last two may take as long as the gateway's patience. `nonce` is
 * letters and digits used nowhere else.
 */
export function mStoreProbes({ mailbox, timeouts }: MStoreTarget, nonce: string): readonly Probe[] {
  const path = `/touchstone-${nonce}`
  const profile = endpointTarget(mailbox ?? NO_MAILBOX, { kind: 'profile' })
  const answerMs = Math.max(timeouts.answerMs, timeouts.gatewayMs)
  const fault: Probe['fault'] = (answer) => gatewayFault(answer, GATEWAY_FAULTS)
  return [
    {
      request: get(profile, USER_AGENT),
      shown: 'GET of a profile without credentials',
      expected: '401 with a Digest challenge',
      fault: challengeFault,
    },
    {
      request: get(profile, [...USER_AGENT, ['Authorization', digestOfUnknown(nonce)]]),
      shown: 'GET of a profile with a wrong digest',
      expected: 'a refusal such as 401',
      answerMs,
      fault,
    },
    {
      request: get(path, USER_AGENT),
      shown: `GET ${path} without credentials`,
      expected: 'a refusal, for the path does not exist',
      answerMs,
      fault,
    },
  ]
}

/** Credentials in the form that the deployed client writes, of a B-TID that no server issued. */
function digestOfUnknown(nonce: string): string {
  const zeros = '0'.repeat(32)
  return (
    `Digest username="${nonce}@nowhere.invalid",realm="${nonce}",nonce="${zeros}",uri="/",` +
    `qop="auth",algorithm="MD5",cnonce="${zeros}",nc=00000001,response="${zeros}"`
  )
}

function challengeFault(answer: Answer): string | null {
  const { status } = answer
  if (status !== 401) return gatewayFault(answer, GATEWAY_FAULTS) ?? `${status}; is this an mStore?`
  const challenge = answer.header('WWW-Authenticate')
  if (challenge === null) return '401 without WWW-Authenticate; is this an mStore?'
  return /(?:^|,)\s*digest\s/i.test(challenge) ? null : '401 without one; is this an mStore?'
}
