import type { GbaCredentials } from '#driver/capabilities/gba.ts'
import type { DigestPlan } from '#driver/mstore/digest-plan.ts'
import { getProfile } from '#driver/mstore/operations.ts'
import type { WireResult } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { Ask } from '#model/ask.ts'
import { parseChallenge } from '#protocol/mstore/digest-challenge.ts'
import type { MStoreWalk } from './walk.ts'

/** What the second leg of a call is made of: the answer with its challenge, the credentials, and how they are written. */
export interface WalkCredentials {
  readonly first: WireResult
  readonly credentials: GbaCredentials
  readonly plan: DigestPlan
}

/** The credentials of an ask, as it says that they are. */
export async function credentialsOf(
  walk: MStoreWalk,
  ask: Ask,
  request: WireRequest,
): Promise<WalkCredentials> {
  const said = ask.values['credentials'] ?? ''
  const first = await firstLeg(walk, ask, request)
  const credentials = await credentialsSaid(walk, ask.party, said)
  if (said === 'the nonce twice') await useNonce(walk, ask.party, { first, credentials })
  return { first, credentials, plan: planSaid(said, { request, first, credentials }) }
}

/** Asks that are as they should be are challenged themselves; the others read, so that nothing else can take effect. */
async function firstLeg(walk: MStoreWalk, { party, values }: Ask, request: WireRequest): Promise<WireResult> {
  const { credentials = '', body } = values
  const earlier = walk.challenges.get(credentials.replace(/^answering /, ''))
  if (earlier !== undefined) return earlier
  const { client } = walk.session.node
  if (values['credentials'] === undefined && body === undefined) return client.send(request)
  const { mailbox } = await walk.party(party)
  return client.send(getProfile(mailbox.msisdn))
}

/** The user name of one party and the key of another, where an ask has only half of a party's credentials. */
async function credentialsSaid(walk: MStoreWalk, party: string, said: string): Promise<GbaCredentials> {
  const [, half, other] = /^(those|the user name|the key) of (\w+)$/.exec(said) ?? []
  if (other === undefined) return walk.credentials(party)
  const foreign = await walk.credentials(other)
  if (half === 'those') return foreign
  const own = await walk.credentials(party)
  return half === 'the key' ? { ...foreign, btid: own.btid } : { ...own, btid: foreign.btid }
}

interface Leg {
  readonly request: WireRequest
  readonly first: WireResult
  readonly credentials: GbaCredentials
}

const UNISSUED_NONCE = '0123456789abcdef0123456789abcdef'
const UNKNOWN_USER = 'AAAAAAAAAAAAAAAAAAAAAA==@bsf.nowhere.example'

const PLANS: Readonly<Record<string, (leg: Leg) => DigestPlan>> = {
  'another key': () => ({ otherKey: true }),
  'the response with another last digit': () => ({ altered: true }),
  'another nonce': () => ({ nonce: UNISSUED_NONCE }),
  'the nonce with another last character': ({ first }) => ({ nonce: withOtherLast(nonceOf(first)) }),
  'another user name': () => ({ username: UNKNOWN_USER }),
  'the user name with another first character': ({ credentials: { btid } }) => ({
    username: otherCharacter(btid.slice(0, 1)) + btid.slice(1),
  }),
  'the user name with another last character': ({ credentials: { btid } }) => ({
    username: withOtherLast(btid),
  }),
  'the user name with a character more': ({ credentials: { btid } }) => ({ username: `${btid}a` }),
  'the key without its padding': () => ({ password: 'unpadded' }),
  'the key and a line feed': () => ({ password: 'with-lf' }),
  'the key in hexadecimal': () => ({ password: 'hex' }),
  'the user name in another case': ({ credentials: { btid } }) => ({ username: inOtherCase(btid) }),
  'for the URL with another last character': ({ request }) => ({ target: withOtherLast(request.target) }),
  'for the profile': ({ request }) => ({
    target: request.target.replace(/(\/ums\/[^/]+)\/.*$/, '$1/vvmserviceProfile'),
  }),
}

function planSaid(said: string, leg: Leg): DigestPlan {
  const method = /^for the method (\w+)$/.exec(said)?.[1]
  return method === undefined ? (PLANS[said]?.(leg) ?? {}) : { method }
}

/** The nonce of an answer; empty where it has none. */
export function nonceOf(result: WireResult): string {
  if (result.kind !== 'answered') return ''
  const challenge = parseChallenge(result.answer.header('WWW-Authenticate') ?? '')
  return challenge.kind === 'challenge' ? challenge.nonce : ''
}

function withOtherLast(text: string): string {
  return text.slice(0, -1) + otherCharacter(text.slice(-1))
}

function otherCharacter(character: string): string {
  return character === 'a' ? 'b' : 'a'
}

/** A B-TID whose first letter has the other case, which in Base64 is another one. */
function inOtherCase(btid: string): string {
  return btid.replace(/[A-Za-z]/, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  )
}

/** Reads the profile with a challenge, which is used then. */
async function useNonce(
  walk: MStoreWalk,
  party: string,
  { first, credentials }: Pick<Leg, 'first' | 'credentials'>,
): Promise<void> {
  const { mailbox } = await walk.party(party)
  const { client } = walk.session.node
  const { msisdn, subscriber } = mailbox
  const through = (leg: WireRequest) =>
    leg.headers.some(([name]) => name === 'Authorization') ? client.send(leg) : Promise.resolve(first)
  await client.call(getProfile(msisdn), { subscriber, credentials, through })
}
