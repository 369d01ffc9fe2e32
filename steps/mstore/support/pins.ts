import { defineParameterType } from '@cucumber/cucumber'
import { MissingCapability } from '#driver/capabilities/failures.ts'
import { changePin } from '#driver/mstore/operations.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { PIN_REASON_HEADER, type PinReason } from '#protocol/mstore/pin.ts'
import type { Mailbox } from './mailbox.ts'
import { isSuccess } from './observed.ts'
import { reasonsBeside, type JudgedPin } from './pin-reasons.ts'
import { goodPins, MISTAKEN_PINS, mistakenPin, USUAL_DIGITS, type PinSetting } from './pin-samples.ts'
import type { MStoreSession } from './session.ts'

/** How a scenario refers to a PIN: by what it is to the mailbox, or as it stands. */
export type PinReference =
  | { readonly kind: 'current' }
  /** One that no documented reason speaks against; `nth` distinguishes several, from 0. */
  | { readonly kind: 'good'; readonly nth: number }
  /** One that is what its name says, such as `too short a PIN`. */
  | { readonly kind: 'mistaken'; readonly name: string }
  | { readonly kind: 'given'; readonly pin: string }

/** A PIN that a mailbox has, or has not. */
export interface PinClaim {
  readonly pin: PinReference
  readonly isCurrent: boolean
}

const ANOTHER_GOOD: PinReference = { kind: 'good', nth: 1 }
const WORDS: Readonly<Record<string, PinReference>> = {
  'the current PIN': { kind: 'current' },
  'a good PIN': { kind: 'good', nth: 0 },
  'another good PIN': ANOTHER_GOOD,
  ...Object.fromEntries(MISTAKEN_PINS.map((name) => [name, { kind: 'mistaken', name }] as const)),
}
/** The longest first, since one name may begin with another. */
const NAMES = Object.keys(WORDS).toSorted((left, right) => right.length - left.length)
const PIN = `(?:${NAMES.join('|')}|the PIN "[^"]*")`

defineParameterType({ name: 'pin', regexp: new RegExp(PIN), transformer: pinReference })

defineParameterType({
  name: 'pinClaim',
  regexp: new RegExp(`(?:not )?${PIN}`),
  transformer: (text: string): PinClaim => ({
    pin: pinReference(text.replace(/^not /, '')),
    isCurrent: !text.startsWith('not '),
  }),
})

function pinReference(text: string): PinReference {
  return WORDS[text] ?? { kind: 'given', pin: /"(.*)"/.exec(text)?.[1] ?? '' }
}

function pinOf(reference: PinReference, setting: PinSetting): string {
  switch (reference.kind) {
    case 'current':
      return setting.current
    case 'good':
      return goodPins(setting)[reference.nth] ?? ''
    case 'mistaken':
      return mistakenPin(reference.name, setting)
    case 'given':
      return reference.pin
    default:
      return reference satisfies never
  }
}

/** What PINs are made of; the bounds of a mailbox that was made for the scenario are known where none are given. */
function settingOf({ target }: MStoreSession, { pin: current, msisdn, subscriber }: Mailbox): PinSetting {
  if (current === null) throw new MissingCapability('pin')
  return { current, msisdn, digits: target.pinDigits ?? (subscriber.sim === null ? null : USUAL_DIGITS) }
}

/** A change of the PIN, and what the new one is. */
interface PinChangeRequest {
  readonly request: WireRequest
  readonly newPin: string
  readonly judged: JudgedPin
}

/** Whether a PIN reveals the current one but for a digit. */
function isMadeOf(pin: string, current: string): boolean {
  return pin !== '' && (current.startsWith(pin.slice(0, -1)) || pin.includes(current.slice(0, -1)))
}

/** The request for a change. A new PIN that may be accepted is secret from here on; one that must be refused is not. */
function pinChange(
  session: MStoreSession,
  mailbox: Mailbox,
  [from, to]: readonly [PinReference, PinReference],
): PinChangeRequest {
  const setting = settingOf(session, mailbox)
  const [oldPin, newPin] = [pinOf(from, setting), pinOf(to, setting)]
  if (to.kind === 'good') session.node.secrets.add(newPin, 'pin')
  for (const pin of [oldPin, newPin]) {
    if (isMadeOf(pin, setting.current)) session.node.secrets.add(pin, 'changed pin')
  }
  const { previousPins: previous, subscriber } = mailbox
  const mayBeRecent = previous.length > 0 || subscriber.sim === null
  const judged = { ...setting, oldPin, newPin, previous, mayBeRecent }
  return { request: changePin(mailbox.msisdn, oldPin, newPin), newPin, judged }
}

/** The request that changes the current PIN to a good one. */
export function goodPinChange(session: MStoreSession, mailbox: Mailbox): WireRequest {
  return pinChange(session, mailbox, [{ kind: 'current' }, { kind: 'good', nth: 0 }]).request
}

/** Asks for a change of the PIN, and remembers the new one where it is accepted. */
export async function changeThePin(
  session: MStoreSession,
  mailbox: Mailbox,
  pins: readonly [PinReference, PinReference],
): Promise<void> {
  const { request, newPin, judged } = pinChange(session, mailbox, pins)
  mailbox.judgedPin = judged
  const { status } = await session.act(request, mailbox)
  if (!isSuccess(status)) return
  mailbox.previousPins.push(judged.current)
  mailbox.pin = newPin
}

const OLD_PIN_REASON: PinReason = 'Invalid OLD PIN'

/** Asserts which PIN is current, or is not, by a change from it. */
export async function assertPin(
  session: MStoreSession,
  mailbox: Mailbox,
  { pin, isCurrent }: PinClaim,
): Promise<void> {
  const { request, judged } = pinChange(session, mailbox, [pin, ANOTHER_GOOD])
  const reasons: readonly string[] = reasonsBeside(OLD_PIN_REASON, judged)
  const { text, status, answer, exchange } = await session.ask(request, mailbox)
  const reason = answer?.header(PIN_REASON_HEADER) ?? text
  session.check.that({
    thing: `a change from the PIN that should ${isCurrent ? '' : 'not '}be current`,
    expected: isCurrent ? 'a status from 200 to 299' : reasons.join(', or '),
    got: isCurrent ? text : reason,
    lasting: isCurrent ? {} : { expected: OLD_PIN_REASON },
    holds: isCurrent ? isSuccess(status) : reasons.includes(reason),
    exchange,
  })
}
