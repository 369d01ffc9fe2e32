import { finalResult } from '#driver/mstore/client.ts'
import { digestPlan } from '#driver/mstore/digest-deviations.ts'
import { getProfile } from '#driver/mstore/operations.ts'
import { CHALLENGED } from './challenged.ts'
import type { Mailbox } from './mailbox.ts'
import type { MStoreNode } from './node.ts'
import { isSuccess } from './observed.ts'

const SERVER_ERROR = 500
/** That the profile can be read. */
const PROFILE = 'MSTORE-PROFILE-01'
/** That the response is the one the formula gives. */
const RIGHT_RESPONSE = 'MSTORE-AUTH-26'

/** Digests that are wrong and that a server may ask for by mistake, with the requirement it breaks then. */
const WRONG_DIGESTS = [
  ['password in the URL alphabet', 'MSTORE-AUTH-16'],
  ['uri as a path', 'MSTORE-AUTH-20'],
  ['uri absolute', 'MSTORE-AUTH-20'],
  ['uri absolute and encoded', 'MSTORE-AUTH-20'],
  ['uri as an encoded path', 'MSTORE-AUTH-20'],
  ['nc quoted', 'MSTORE-AUTH-24'],
  ['qop and algorithm quoted', 'MSTORE-AUTH-50'],
  ['qop and algorithm unquoted', 'MSTORE-AUTH-35'],
  ['commas and blanks', 'MSTORE-AUTH-36'],
  ['password unpadded', 'MSTORE-AUTH-17'],
  ['password with a line feed', 'MSTORE-AUTH-18'],
  ['password in hexadecimal', 'MSTORE-AUTH-15'],
  ['key prefix-in-naf-id', 'MSTORE-GBA-14'],
  ['key port-in-naf-id', 'MSTORE-GBA-14'],
  ['key http-digest-protocol', 'MSTORE-GBA-03'],
  ['key browser-protocol', 'MSTORE-GBA-03'],
  ['key label-gba-u', 'MSTORE-GBA-20'],
  ['key ik-before-ck', 'MSTORE-GBA-13'],
  ['key no-lengths', 'MSTORE-GBA-11'],
  ['key impi-without-realm', 'MSTORE-GBA-11'],
] as const

type WrongDigest = (typeof WRONG_DIGESTS)[number]

/**
 * What a server violates that serves nothing at all, and so not even the profile: that it asks for credentials, that
 * it takes right ones, or that there is a profile. Null where it has the profile.
 */
export async function nothingServed(node: MStoreNode, mailbox: Mailbox): Promise<string | null> {
  const { msisdn, subscriber } = mailbox
  const call = await node.client.call(getProfile(msisdn), { subscriber })
  const result = finalResult(call)
  const status = result.kind === 'answered' ? result.answer.status : null
  if (isSuccess(status)) return null
  if (call.second === null) return status === null ? PROFILE : CHALLENGED
  const isBroken = status === null || status >= SERVER_ERROR
  return isBroken ? PROFILE : await refusedCredentials(node, mailbox)
}

/** By origin, what was found in this run: the wrong digest that a server takes for right, or that it takes none. */
const found = new Map<string, WrongDigest | null>()

/** A run begins: nothing is known of any server. */
export function forgetAcceptedDigests(): void {
  found.clear()
}

/**
 * What a server violates that refuses right credentials: it is asked for the profile, which changes nothing, with
 * one wrong digest after the other, and the first that it accepts shows what it takes for right. Where it accepts none
 * it is the formula itself. A run that meets many such refusals does not try them all again.
 */
export async function refusedCredentials(node: MStoreNode, mailbox: Mailbox): Promise<string> {
  const known = found.get(node.client.origin)
  if (known === null) return RIGHT_RESPONSE
  const tried = known === undefined ? WRONG_DIGESTS : [known, ...WRONG_DIGESTS.filter((one) => one !== known)]
  const accepted = await firstAccepted(node, mailbox, tried)
  found.set(node.client.origin, accepted)
  return accepted === null ? RIGHT_RESPONSE : accepted[1]
}

async function firstAccepted(
  { client, target }: MStoreNode,
  { msisdn, subscriber }: Mailbox,
  digests: readonly WrongDigest[],
): Promise<WrongDigest | null> {
  const canDerive =
    target.capabilities.gba?.kind === 'mock-control' || target.capabilities.gba?.kind === 'isim'
  for (const digest of digests) {
    const [name] = digest
    const plan = digestPlan(name)
    const isWhatWasRefused = plan.uri === target.digestUri
    if (isWhatWasRefused || (plan.derivation !== undefined && !canDerive)) continue
    const call = await client.call(getProfile(msisdn), { subscriber, plan })
    const result = finalResult(call)
    if (call.second !== null && result.kind === 'answered' && isSuccess(result.answer.status)) return digest
  }
  return null
}
