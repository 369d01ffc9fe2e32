import { PIN_REASONS } from '#protocol/mstore/pin.ts'
import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import type { Judged } from '../protocol-model.ts'
import { isActive } from './activation.ts'
import { differingProfile, profileDoubt } from './doubts.ts'
import type { OwnOperation } from './guarded.ts'
import type { MStoreKnown } from './known.ts'
import type { MStoreSeen } from './seen.ts'
import { FIRST_PIN, type MailboxState, type MStoreState, mailboxOf, withMailbox } from './state.ts'
import { allowed, isGranted, notGranted, notRefused, violated } from './verdicts.ts'

const CHANGED = 'MSTORE-PIN-01'
const OLD_PIN = 'MSTORE-PIN-14'
const NOT_ACTIVE = 'MSTORE-PIN-15'
const REFUSED_STATUS = 403

/** PINs that nothing speaks against. */
const GOOD = ['PIN 1', 'PIN 2', 'PIN 3']

/** New PINs that a reason speaks against, and what is violated where one is accepted. */
const MISTAKEN: Readonly<Record<string, string>> = {
  'a PIN of one digit': 'MSTORE-PIN-06',
  'a PIN in a row': 'MSTORE-PIN-07',
  'the end of the number': 'MSTORE-PIN-09',
  'a PIN with a letter': 'MSTORE-PIN-10',
  'a PIN with a blank behind it': 'MSTORE-PIN-10',
  'too short a PIN': 'MSTORE-PIN-13',
}
const TOO_LONG: Readonly<Record<string, string>> = { 'too long a PIN': 'MSTORE-PIN-12' }
const IN_USE = 'MSTORE-PIN-11'

/** PINs beside the current one. */
const BESIDE = ['without its last digit', 'with a zero behind it', 'with another last digit']

const SITUATIONS = [
  'to a good PIN',
  'to a PIN that must be refused',
  'from a former PIN',
  'from a wrong PIN',
  'one PIN alone',
] as const

/** Changes the PIN from one to another; one of the two may be left out. */
export function changePin(known: MStoreKnown): OwnOperation {
  const isAsked = known.pins
  const mistaken = known.pinBounds ? { ...MISTAKEN, ...TOO_LONG } : MISTAKEN
  return {
    name: 'change the PIN',
    area: 'PIN',
    risks: ['destroys'],
    weight: () => (isAsked ? 5 : 0),
    choose: (state, party, draw) => chooseChange(mailboxOf(state, party), Object.keys(mistaken), draw),
    applies: () => isAsked,
    situation: (state, ask) => situationOf(mailboxOf(state, ask.party), ask.values),
    situations: SITUATIONS,
    served: (state, ask, seen) => judgeChange(mistaken, { state, ask }, seen),
    bodies: { effect: 'MSTORE-PIN-16' },
  }
}

const WRONG_PERCENT = 35
const MISTAKEN_PERCENT = 35
const HALF_PERCENT = 6

function chooseChange({ pin, formerPins }: MailboxState, mistaken: readonly string[], draw: Draw): Values {
  const beside = BESIDE.map((words) => `${pin} ${words}`)
  const others = [...GOOD.filter((good) => good !== pin), ...formerPins]
  const from = draw.slip(WRONG_PERCENT) ? draw.oneOf(draw.oneOf([beside, others])) : pin
  const to = draw.slip(MISTAKEN_PERCENT)
    ? draw.oneOf([...mistaken, pin])
    : draw.oneOf(GOOD.filter((good) => good !== pin))
  if (draw.slip(HALF_PERCENT)) return draw.chance(50) ? { from } : { to }
  return { from, to }
}

function situationOf({ pin, formerPins }: MailboxState, { from, to }: Values): (typeof SITUATIONS)[number] {
  if (from === undefined || to === undefined) return 'one PIN alone'
  if (from !== pin) return formerPins.includes(from) ? 'from a former PIN' : 'from a wrong PIN'
  return GOOD.includes(to) && to !== pin ? 'to a good PIN' : 'to a PIN that must be refused'
}

function judgeChange(
  mistaken: Readonly<Record<string, string>>,
  { state, ask }: { readonly state: MStoreState; readonly ask: Ask },
  seen: MStoreSeen,
): Judged<MStoreState> {
  const { from, to } = ask.values
  if (from === undefined || to === undefined) return allowed(state)
  const mailbox = mailboxOf(state, ask.party)
  const active = isActive(mailbox)
  const due = refusedFor(mailbox, { from, to, active }, mistaken)
  if (isGranted(seen)) return due === null ? accepted(state, ask, to) : notRefused(due, ask, seen)
  const isSure = due === null && active === true && mailbox.formerPins.length === 0
  if (isSure) return notGranted(differingProfile(state, ask.party, CHANGED), ask, seen)
  return judgeRefusal(state, ask, { seen, isRight: from === mailbox.pin, active })
}

interface ChangedPin {
  readonly from: string
  readonly to: string
  readonly active: boolean | null
}

/** What is violated where a change is accepted; null where it may be. */
function refusedFor(
  { pin }: MailboxState,
  { from, to, active }: ChangedPin,
  mistaken: Readonly<Record<string, string>>,
): string | null {
  if (from !== pin) return OLD_PIN
  if (active === false) return NOT_ACTIVE
  return to === pin ? IN_USE : (mistaken[to] ?? null)
}

function accepted(state: MStoreState, { party }: Ask, pin: string): Judged<MStoreState> {
  const { pin: former, formerPins } = mailboxOf(state, party)
  return allowed(withMailbox(state, party, { pin, formerPins: [...formerPins, former] }), CHANGED)
}

/** A refusal has its status and one of the reasons, and not one that cannot apply. */
function judgeRefusal(
  state: MStoreState,
  { party, operation }: Ask,
  {
    seen,
    isRight,
    active,
  }: { readonly seen: MStoreSeen; readonly isRight: boolean; readonly active: boolean | null },
): Judged<MStoreState> {
  const thing = `${operation} of ${party}`
  const { status, text, reason = 'none' } = seen
  if (status !== REFUSED_STATUS) return violated('MSTORE-PIN-03', thing, ['403', text])
  const known: readonly string[] = PIN_REASONS
  if (!known.includes(reason))
    return violated('MSTORE-PIN-04', `reason-phrase of ${thing}`, ['one of the ten', reason])
  if (isRight && reason === 'Invalid OLD PIN')
    return violated('MSTORE-PIN-16', `reason-phrase of ${thing}`, ['another: the old PIN is right', reason])
  if (active === true && reason === 'VVM Not Active')
    return violated(NOT_ACTIVE, `reason-phrase of ${thing}`, ['another: vvmon is true', reason])
  return allowed(withMailbox(state, party, { doubt: profileDoubt('MSTORE-PIN-16') }), 'MSTORE-PIN-03')
}

/** A change that shows whether the PIN is the one that it should be. */
export function pinShown({ pin }: MailboxState): Values {
  return { from: pin, to: GOOD.find((good) => good !== pin) ?? FIRST_PIN }
}
