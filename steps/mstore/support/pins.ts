import { defineParameterType } from '@cucumber/cucumber'
import { MissingCapability } from '#driver/capabilities/failures.ts'
import { changePin } from '#driver/mstore/operations.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { PIN_REASON_HEADER, type PinReason } from '#protocol/mstore/pin.ts'
import type { Mailbox } from './mailbox.ts'
import { isSuccess } from './observed.ts'
import type { MStoreSession } from './session.ts'

/** How a scenario refers to a PIN: by what it is to the mailbox, or as it stands. */
export type PinReference =
  | { readonly kind: 'current' }
  /** One that no documented reason speaks against; `nth` distinguishes several, from 0. */
  | { readonly kind: 'good'; readonly nth: number }
  | { readonly kind: 'end-of-number' }
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
  'the end of the number': { kind: 'end-of-number' },
}
const PIN = `(?:${Object.keys(WORDS).join('|')}|the PIN "[^"]*")`

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

/** PINs without a repeated digit or a run, of which at least two are good for any number and any current PIN. */
const GOOD = ['2580', '6274', '9351', '4086']

const DIGITS_COMPARED = 4

function pinOf(reference: PinReference, { pin: current, msisdn }: Mailbox): string {
  if (current === null) throw new MissingCapability('pin')
  const end = msisdn.slice(-DIGITS_COMPARED)
  switch (reference.kind) {
    case 'current':
      return current
    case 'good':
      return GOOD.filter((pin) => pin !== end && pin !== current)[reference.nth] ?? ''
    case 'end-of-number':
      return end
    case 'given':
      return reference.pin
    default:
      return reference satisfies never
  }
}

/** A change of the PIN, and what the new one is. */
interface PinChangeRequest {
  readonly request: WireRequest
  readonly newPin: string
}

/** The request for a change. A new PIN that may be accepted is secret from here on; one that must be refused is not. */
function pinChange(
  session: MStoreSession,
  mailbox: Mailbox,
  [from, to]: readonly [PinReference, PinReference],
): PinChangeRequest {
  const [oldPin, newPin] = [pinOf(from, mailbox), pinOf(to, mailbox)]
  if (GOOD.includes(newPin)) session.node.secrets.add(newPin, 'pin')
  return { request: changePin(mailbox.msisdn, oldPin, newPin), newPin }
}

/** Asks for a change of the PIN, and remembers the new one where it is accepted. */
export async function changeThePin(
  session: MStoreSession,
  mailbox: Mailbox,
  pins: readonly [PinReference, PinReference],
): Promise<void> {
  const { request, newPin } = pinChange(session, mailbox, pins)
  const { status } = await session.act(request, mailbox)
  if (isSuccess(status)) mailbox.pin = newPin
}

const OLD_PIN_REASON: PinReason = 'Invalid OLD PIN'

/** Asserts which PIN is current, or is not, by a change from it. */
export async function assertPin(
  session: MStoreSession,
  mailbox: Mailbox,
  { pin, isCurrent }: PinClaim,
): Promise<void> {
  const { request } = pinChange(session, mailbox, [pin, ANOTHER_GOOD])
  const { text, status, answer, exchange } = await session.ask(request, mailbox)
  const reason = answer?.header(PIN_REASON_HEADER) ?? text
  session.check.that({
    thing: `a change from the PIN that should ${isCurrent ? '' : 'not '}be current`,
    expected: isCurrent ? 'a status from 200 to 299' : OLD_PIN_REASON,
    got: isCurrent ? text : reason,
    holds: isCurrent ? isSuccess(status) : reason === OLD_PIN_REASON,
    exchange,
  })
}
