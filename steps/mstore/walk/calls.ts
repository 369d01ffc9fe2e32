import type { Call } from '#driver/mstore/client.ts'
import { finalResult } from '#driver/mstore/client.ts'
import type { Answer, WireResult } from '#driver/wire-client.ts'
import { headerValue, type WireRequest } from '#driver/wire-request.ts'
import type { Ask } from '#model/ask.ts'
import type { MStoreSeen } from '#model/mstore/seen.ts'
import type { Violated } from '#model/protocol-model.ts'
import { encodedMsisdnUri } from '#protocol/mstore/msisdn.ts'
import { CHALLENGED, CHALLENGE_READABLE } from '../support/challenged.ts'
import { isSuccess } from '../support/observed.ts'
import type { BurstMember } from './bursts.ts'
import { credentialsOf } from './credentials.ts'
import { seenOf } from './seen.ts'
import type { MStoreWalk } from './walk.ts'

/** An ask that is being performed. */
export interface Performing {
  readonly walk: MStoreWalk
  readonly ask: Ask
  readonly member: BurstMember
}

/** What a call came to: what is seen, and the answer where there is one. */
export interface Called {
  readonly kind: 'called'
  readonly seen: MStoreSeen
  readonly answer: Answer | null
}

const UNAUTHORIZED = 401

/** Makes the request of an ask, with its credentials or what it says of them, at once with the others of its burst. */
export async function call(
  { walk, ask, member }: Performing,
  request: WireRequest,
): Promise<Called | Violated> {
  const { client } = walk.session.node
  const made = await asSaid(walk, ask, request)
  if (ask.values['credentials'] === 'none') {
    await member.ready(made.body !== null)
    return called(walk, await client.send(made))
  }
  const { mailbox } = await walk.party(ask.party)
  const { first, ...as } = await credentialsOf(walk, ask, made)
  const through = async (leg: WireRequest): Promise<WireResult> => {
    if (headerValue(leg.headers, 'Authorization') === null) return first
    await member.ready(leg.body !== null)
    return client.send(leg)
  }
  const { subscriber } = mailbox
  const result = await client.call(made, { subscriber, ...as, through })
  return notChallenged(result, ask) ?? called(walk, finalResult(result))
}

/** Numbers beside that of a mailbox, by what is said of them. */
const BESIDE: Readonly<Record<string, (msisdn: string) => string>> = {
  'with another last digit': (msisdn) => `${msisdn.slice(0, -1)}${(Number(msisdn.slice(-1)) + 1) % 10}`,
  'with a digit more': (msisdn) => `${msisdn}0`,
  'with a digit less': (msisdn) => msisdn.slice(0, -1),
}

/** The request as its ask has it: of a number beside that of the mailbox, or with another body than its schema's. */
async function asSaid(walk: MStoreWalk, { party, values }: Ask, request: WireRequest): Promise<WireRequest> {
  const { number, body } = values
  const made = body === undefined ? request : { ...request, contract: undefined }
  const beside = BESIDE[number ?? '']
  if (beside === undefined) return made
  const { msisdn } = (await walk.party(party)).mailbox
  return { ...made, target: made.target.replace(encodedMsisdnUri(msisdn), encodedMsisdnUri(beside(msisdn))) }
}

/** Makes a request that an ask needs on its way, of the party it is about. */
export async function prepare(walk: MStoreWalk, party: string, request: WireRequest): Promise<Answer | null> {
  const { mailbox } = await walk.party(party)
  const credentials = await walk.credentials(party)
  const { subscriber } = mailbox
  const result = finalResult(await walk.session.node.client.call(request, { subscriber, credentials }))
  return result.kind === 'answered' && isSuccess(result.answer.status) ? result.answer : null
}

async function called(walk: MStoreWalk, result: WireResult): Promise<Called> {
  const seen = await seenOf(walk, result)
  return { kind: 'called', seen, answer: result.kind === 'answered' ? result.answer : null }
}

/** A first leg that was served, or that was refused with a challenge which no client can answer. */
function notChallenged({ first, second, challenge }: Call, { party, operation }: Ask): Violated | null {
  if (second !== null || first.kind !== 'answered') return null
  const { status } = first.answer
  const thing = `${operation} of ${party} without credentials`
  const violated = { kind: 'violated', thing, got: String(status) } as const
  if (isSuccess(status)) return { ...violated, requirement: CHALLENGED, expected: '401' }
  if (status !== UNAUTHORIZED) return null
  const got = challenge.kind === 'parse-error' ? challenge.reason : '401'
  return { ...violated, requirement: CHALLENGE_READABLE, expected: 'a Digest challenge', got }
}
