import { finalResult } from '#driver/mstore/client.ts'
import { digestPlan } from '#driver/mstore/digest-deviations.ts'
import type { DigestPlan } from '#driver/mstore/digest-plan.ts'
import { getProfile } from '#driver/mstore/operations.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { percentDecode } from '#protocol/percent.ts'
import { PROXY_PATH } from '#protocol/mstore/urls.ts'
import type { Mailbox } from './mailbox.ts'
import type { MStoreNode } from './node.ts'
import { isSuccess } from './observed.ts'

/** One thing that is wrong in a request for the profile, and the requirement that a server breaks which asks for it so. */
interface Mistake {
  readonly requirement: string
  readonly plan: DigestPlan
  readonly target: (target: string) => string
}

const asItIs = (target: string): string => target

/** What is wrong in a digest, and what in an address. */
const MISTAKES: readonly Mistake[] = [
  inDigest('password in the URL alphabet', 'MSTORE-AUTH-16'),
  inDigest('uri as a path', 'MSTORE-AUTH-20'),
  inDigest('uri absolute', 'MSTORE-AUTH-20'),
  inDigest('uri absolute and encoded', 'MSTORE-AUTH-20'),
  inDigest('uri as an encoded path', 'MSTORE-AUTH-20'),
  inDigest('nc quoted', 'MSTORE-AUTH-24'),
  inDigest('qop and algorithm quoted', 'MSTORE-AUTH-50'),
  inDigest('qop and algorithm unquoted', 'MSTORE-AUTH-35'),
  inDigest('commas and blanks', 'MSTORE-AUTH-36'),
  inDigest('password unpadded', 'MSTORE-AUTH-17'),
  inDigest('password with a line feed', 'MSTORE-AUTH-18'),
  inDigest('password in hexadecimal', 'MSTORE-AUTH-15'),
  inDigest('key prefix-in-naf-id', 'MSTORE-GBA-14'),
  inDigest('key port-in-naf-id', 'MSTORE-GBA-14'),
  inDigest('key http-digest-protocol', 'MSTORE-GBA-03'),
  inDigest('key browser-protocol', 'MSTORE-GBA-03'),
  inDigest('key label-gba-u', 'MSTORE-GBA-20'),
  inDigest('key ik-before-ck', 'MSTORE-GBA-13'),
  inDigest('key no-lengths', 'MSTORE-GBA-11'),
  inDigest('key impi-without-realm', 'MSTORE-GBA-11'),
  inAddress('MSTORE-URL-05', (target) => percentDecode(target) ?? target),
  inAddress('MSTORE-URL-01', (target) => target.replace(PROXY_PATH, '')),
]

/** By origin, what was found in this run: the mistake that a server takes for right, or that it takes none. */
const found = new Map<string, Mistake | null>()

/** A run begins: nothing is known of any server. */
export function forgetAcceptedMistakes(): void {
  found.clear()
}

/**
 * What a server violates that refuses right requests for the profile and accepts a wrong one: one wrong request after the
 * other is made, none of which changes anything. Null where it accepts none, and then a run does not try them all again.
 */
export async function acceptedInstead(node: MStoreNode, mailbox: Mailbox): Promise<string | null> {
  const known = found.get(node.client.origin)
  if (known === null) return null
  const tried = known === undefined ? MISTAKES : [known, ...MISTAKES.filter((one) => one !== known)]
  const accepted = await firstAccepted(node, mailbox, tried)
  found.set(node.client.origin, accepted)
  return accepted?.requirement ?? null
}

async function firstAccepted(
  node: MStoreNode,
  { msisdn, subscriber }: Mailbox,
  mistakes: readonly Mistake[],
): Promise<Mistake | null> {
  const right = getProfile(msisdn)
  for (const mistake of mistakes.filter(({ plan }) => canMake(plan, node.target))) {
    const { plan, target } = mistake
    const call = await node.client.call({ ...right, target: target(right.target) }, { subscriber, plan })
    const result = finalResult(call)
    if (call.second !== null && result.kind === 'answered' && isSuccess(result.answer.status)) return mistake
  }
  return null
}

/** Whether there are the means to make the mistake, and it is one for this server. */
function canMake({ derivation, uri }: DigestPlan, { capabilities, digestUri }: MStoreTarget): boolean {
  const canDerive = capabilities.gba?.kind === 'mock-control' || capabilities.gba?.kind === 'isim'
  return uri !== digestUri && (canDerive || derivation === undefined)
}

function inDigest(name: string, requirement: string): Mistake {
  return { requirement, plan: digestPlan(name), target: asItIs }
}

function inAddress(requirement: string, target: Mistake['target']): Mistake {
  return { requirement, plan: {}, target }
}
