import type { Ask, Values } from '../ask.ts'
import { careful, type Draw } from '../draw.ts'
import type { Judged, ModelOperation } from '../protocol-model.ts'
import { leaveWhileOff } from './activation.ts'
import { drawBody, type MalformedBodies, judgeBody } from './bodies.ts'
import { mayClear } from './doubts.ts'
import { type CredentialDeviations, credentialDeviations, judgeCredentials } from './credentials.ts'
import type { MStoreKnown } from './known.ts'
import { named } from './naming.ts'
import type { MStoreSeen } from './seen.ts'
import { type MStoreState, mailboxOf, withMailbox } from './state.ts'
import { isGranted, mustBeRefused } from './verdicts.ts'

/** An operation of the mStore, as all the others of it see it. */
export type MStoreOperation = ModelOperation<MStoreState, MStoreSeen>

/** An operation as its owner asks for it with right credentials; everything else is the same for all of them. */
export interface OwnOperation extends Omit<MStoreOperation, 'judge'> {
  /** Of a request that its owner made as it should be. */
  readonly served: (state: MStoreState, ask: Ask, seen: MStoreSeen) => Judged<MStoreState>
  /** Whether it would be seen that the ask was done; left out where it always would, or never. */
  readonly wouldShow?: (state: MStoreState, ask: Ask) => boolean
  /** What is violated where another's object is served under a URL of one's own; left out of what is about no one object. */
  readonly ofAnother?: string
  /** What is said of bodies that are malformed; none where the request has no JSON. */
  readonly bodies?: MalformedBodies
  /** The state once a request was refused that would have made something; if it is there, the requirement is violated. */
  readonly notMade?: (state: MStoreState, ask: Ask, requirement: string) => MStoreState
}

/** Of a hundred asks so many are made with wrong credentials, of another mailbox or object, and of a number beside it. */
const READING = { credentials: 13, foreign: 4, object: 5, beside: 2 }
const WRITING = { credentials: 38, foreign: 8, object: 12, beside: 2 }
const BODY_PERCENT = 9

/** Numbers that differ a little from that of a party. */
const BESIDE = ['with another last digit', 'with a digit more', 'with a digit less']

/** That what is uploaded is what there is. */
const NOT_MADE = 'MSTORE-SEARCH-21'

/** What is about the profile, which says itself whether it is on. */
const PROFILE_AREAS: readonly string[] = ['PROFILE', 'PIN']

/** What is violated where a client is served the mailbox of another. */
const FOREIGN = 'MSTORE-URL-19'

/** What may be remarkable of an ask that is not made as its owner should make it. */
const DEVIATIONS = ["another's mailbox", 'a number beside it', 'no credentials', 'other credentials'] as const
const ANOTHERS = "another's object"
const MALFORMED = 'malformed body'

/** The operation with whatever deviations there are of credentials, mailbox and body. */
export function guarded(known: MStoreKnown, own: OwnOperation): MStoreOperation {
  const deviations = credentialDeviations(known)
  return {
    name: own.name,
    area: own.area,
    risks: own.risks,
    weight: own.weight,
    choose: (state, party, draw) => chosen({ own, deviations, known }, { state, party }, draw),
    applies: (state, ask) =>
      isParty(state, holderOf(ask)) && own.applies(state, held(ask)) && deviations.applies(state, ask),
    situation: (state, ask) => deviationOf(ask) ?? own.situation(state, ask),
    situations: [
      ...own.situations,
      ...DEVIATIONS,
      ...(own.ofAnother === undefined ? [] : [ANOTHERS]),
      ...(own.bodies === undefined ? [] : [MALFORMED]),
    ],
    judge: (state, ask, seen) => {
      const judgement = judged({ own, deviations }, { state, ask }, seen)
      return settled(own, cleared(judgement, { state, ask }, seen), { ask, seen })
    },
  }
}

interface Guard {
  readonly known: MStoreKnown
  readonly own: OwnOperation
  readonly deviations: CredentialDeviations
}

interface Chooser {
  readonly state: MStoreState
  readonly party: string
}

/** An ask that deviates in one way is right in all others: what is served of it, has its effect. */
function chosen(guard: Guard, { state, party }: Chooser, draw: Draw): Values | null {
  const { own } = guard
  const others = [...state.mailboxes.keys()].filter((other) => other !== party)
  const percent = percentOf(own)
  const isObject = own.ofAnother !== undefined && others.length > 0 && draw.slip(percent.object)
  if (isObject || (others.length > 0 && draw.slip(percent.foreign))) {
    const owner = draw.oneOf(others)
    const values = chooseTelling(own, { state, party: owner }, draw)
    return values === null ? null : { ...values, [isObject ? 'object of' : 'mailbox']: owner }
  }
  const deviation = chooseDeviation(guard, { state, party }, draw)
  const telling = deviation === null ? null : chooseTelling(own, { state, party }, draw)
  return telling === null ? own.choose(state, party, draw) : { ...telling, ...deviation }
}

/** Of so many asks the first is taken that would show if a server did it wrongly. */
const CANDIDATES = 6

/** What is right but for one deviation, and would be seen if it was done; null where nothing of that kind was found. */
function chooseTelling(own: OwnOperation, { state, party }: Chooser, draw: Draw): Values | null {
  const drawn = Array.from({ length: CANDIDATES }, () => own.choose(state, party, careful(draw)))
  const isTelling = (values: Values | null): boolean =>
    values !== null && (own.wouldShow?.(state, { party, operation: own.name, values }) ?? true)
  return drawn.find(isTelling) ?? null
}

function percentOf({ risks }: OwnOperation): typeof WRITING {
  return risks.every((risk) => risk === 'reads') ? READING : WRITING
}

/** Another number, credentials or body than an ask should have; null for mostly none. */
function chooseDeviation(
  { own, deviations, known }: Guard,
  { state, party }: Chooser,
  draw: Draw,
): Values | null {
  const percent = percentOf(own)
  if (known.makesMailboxes && draw.slip(percent.beside)) return { number: draw.oneOf(BESIDE) }
  if (draw.slip(percent.credentials)) return { credentials: deviations.choose(state, party, draw) }
  return own.bodies !== undefined && draw.slip(BODY_PERCENT) ? { body: drawBody(own.bodies, draw) } : null
}

/** Whose mailbox an ask is about. */
export function ownerOf({ party, values }: Ask): string {
  return values['mailbox'] ?? party
}

function owned(ask: Ask): Ask {
  return { ...ask, party: ownerOf(ask) }
}

/** Who has what an ask names. */
function holderOf(ask: Ask): string {
  return ask.values['object of'] ?? ownerOf(ask)
}

function held(ask: Ask): Ask {
  return { ...ask, party: holderOf(ask) }
}

function isParty(state: MStoreState, party: string): boolean {
  return state.mailboxes.has(party)
}

function deviationOf({
  values: { mailbox, credentials, body, number, 'object of': holder },
}: Ask): (typeof DEVIATIONS)[number] | typeof ANOTHERS | typeof MALFORMED | null {
  if (holder !== undefined) return ANOTHERS
  if (mailbox !== undefined) return "another's mailbox"
  if (number !== undefined) return 'a number beside it'
  if (credentials !== undefined) return credentials === 'none' ? 'no credentials' : 'other credentials'
  return body === undefined ? null : MALFORMED
}

function judged(
  { own, deviations }: Omit<Guard, 'known'>,
  { state, ask }: { readonly state: MStoreState; readonly ask: Ask },
  seen: MStoreSeen,
): Judged<MStoreState> {
  const { mailbox, credentials, body, number, 'object of': holder } = ask.values
  if (holder !== undefined)
    return mustBeRefused(state, { ask, seen, owner: holder }, own.ofAnother ?? FOREIGN)
  if (number !== undefined) return mustBeRefused(state, { ask, seen }, FOREIGN)
  if (mailbox !== undefined) return mustBeRefused(state, { ask, seen, owner: mailbox }, FOREIGN)
  const served = () => {
    const judgement = own.served(state, ask, seen)
    const isOfProfile = PROFILE_AREAS.includes(own.area)
    return isOfProfile
      ? judgement
      : leaveWhileOff(judgement, { state, mailbox: mailboxOf(state, ask.party) }, seen)
  }
  if (credentials !== undefined) return judgeCredentials(state, { ask, seen }, { deviations, served })
  return body === undefined ? served() : judgeBody(state, { ask, seen, served }, own.bodies ?? {})
}

/** What was granted and fits what is known leaves no doubt of what was refused before. */
function cleared(
  judgement: Judged<MStoreState>,
  { state: before, ask }: { readonly state: MStoreState; readonly ask: Ask },
  seen: MStoreSeen,
): Judged<MStoreState> {
  if (judgement.kind === 'violated' || !isGranted(seen)) return judgement
  const owner = ownerOf(ask)
  const { doubt } = mailboxOf(before, owner)
  if (doubt === null || !mayClear(doubt, ask)) return judgement
  const next = judgement.next.map((state) =>
    mailboxOf(state, owner).doubt === doubt ? withMailbox(state, owner, { doubt: null }) : state,
  )
  return { ...judgement, next }
}

/** Names are given away whatever came of the ask; what a refused one would have made is not there. */
function settled(
  { notMade }: OwnOperation,
  judgement: Judged<MStoreState>,
  { ask, seen }: { readonly ask: Ask; readonly seen: MStoreSeen },
): Judged<MStoreState> {
  const { as: name } = ask.values
  if (judgement.kind === 'violated' || name === undefined) return judgement
  const isMade = notMade === undefined || isGranted(seen)
  const next = judgement.next.map((state) => {
    const { doubt } = mailboxOf(state, ownerOf(ask))
    return named(isMade ? state : notMade(state, owned(ask), doubt?.requirement ?? NOT_MADE), name)
  })
  return { ...judgement, next }
}
