import { Then, When, defineParameterType } from '@cucumber/cucumber'
import { MissingCapability } from '#driver/capabilities/failures.ts'
import { pinRefusalOf } from '#driver/mstore/answers.ts'
import { changePin } from '#driver/mstore/operations.ts'
import { PIN_REASON_HEADER, PIN_REASONS } from '#protocol/mstore/pin.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import type { Mailbox } from './support/mailbox.ts'
import { isSuccess } from './support/observed.ts'
import type { MStoreSession } from './support/session.ts'

/** How a scenario refers to a PIN: by what it is to the mailbox, or as it stands. */
export type PinReference =
  | { readonly kind: 'current' }
  /** One that no reason of the page speaks against; `nth` tells several apart, from 0. */
  | { readonly kind: 'good'; readonly nth: number }
  | { readonly kind: 'end-of-number' }
  | { readonly kind: 'given'; readonly pin: string }

const WORDS: Readonly<Record<string, PinReference>> = {
  'the current PIN': { kind: 'current' },
  'a good PIN': { kind: 'good', nth: 0 },
  'another good PIN': { kind: 'good', nth: 1 },
  'the end of the number': { kind: 'end-of-number' },
}

defineParameterType({
  name: 'pin',
  regexp: new RegExp(`(${Object.keys(WORDS).join('|')})|the PIN "([^"]*)"`),
  transformer: (word?: string, given?: string): PinReference =>
    WORDS[word ?? ''] ?? { kind: 'given', pin: given ?? '' },
})

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

When(
  '{party} changes/changed the PIN from {pin} to {pin}',
  async function (this: TouchstoneWorld, name: string, from: PinReference, to: PinReference) {
    const mailbox = await this.mstore.mailbox(name)
    const [oldPin, newPin] = [pinOf(from, mailbox), pinOf(to, mailbox)]
    const { status } = await this.mstore.act(change(this.mstore, mailbox, { oldPin, newPin }), { mailbox })
    if (isSuccess(status)) mailbox.pin = newPin
  },
)

Then('the PIN of {party} is {pin}', async function (this: TouchstoneWorld, name: string, pin: PinReference) {
  const mailbox = await this.mstore.mailbox(name)
  const [oldPin, newPin] = [pinOf(pin, mailbox), pinOf({ kind: 'good', nth: 1 }, mailbox)]
  const request = change(this.mstore, mailbox, { oldPin, newPin })
  const { text, status, exchange } = await this.mstore.ask(request, { mailbox })
  this.mstore.check.that({
    thing: 'a change from the PIN that should be current',
    expected: 'a status from 200 to 299',
    got: text,
    holds: isSuccess(status),
    exchange,
  })
})

Then(
  'the PIN of {party} is not {pin}',
  async function (this: TouchstoneWorld, name: string, pin: PinReference) {
    const mailbox = await this.mstore.mailbox(name)
    const [oldPin, newPin] = [pinOf(pin, mailbox), pinOf({ kind: 'good', nth: 1 }, mailbox)]
    const request = change(this.mstore, mailbox, { oldPin, newPin })
    const { text, answer, exchange } = await this.mstore.ask(request, { mailbox })
    const reason = answer?.header(PIN_REASON_HEADER) ?? text
    this.mstore.check.that({
      thing: 'a change from the PIN that should not be current',
      expected: OLD_PIN_REASON,
      got: reason,
      holds: reason === OLD_PIN_REASON,
      exchange,
    })
  },
)

Then('the reason is {string}', function (this: TouchstoneWorld, reason: string) {
  assertReason(this.mstore, reason, (got) => got === reason)
})

Then('the reason is one of the ten', function (this: TouchstoneWorld) {
  assertReason(this.mstore, `one of ${PIN_REASONS.join(', ')}`, (got) =>
    PIN_REASONS.some((one) => one === got),
  )
})

Then('a header gives the reason', function (this: TouchstoneWorld) {
  assertReason(this.mstore, `a header ${PIN_REASON_HEADER} with a text`, (got) => got !== null && got !== '')
})

Then('no header gives a reason', function (this: TouchstoneWorld) {
  assertReason(this.mstore, `no header ${PIN_REASON_HEADER}`, (got) => got === null)
})

const OLD_PIN_REASON = 'Invalid OLD PIN'

function assertReason(
  session: MStoreSession,
  expected: string,
  holds: (got: string | null) => boolean,
): void {
  const { answer, exchange, text } = session.turn.observed
  const refusal = answer === null ? null : pinRefusalOf(answer)
  const reason = refusal?.kind === 'known' ? refusal.reason : (refusal?.text ?? null)
  session.check.that({
    thing: `header ${PIN_REASON_HEADER} of ${session.turn.request.operation}`,
    expected,
    got: answer === null ? text : (reason ?? 'none'),
    holds: answer !== null && holds(reason),
    exchange,
  })
}

/** A change of the PIN; one that may well be accepted is secret from here on, one that must be refused is none. */
function change(session: MStoreSession, { msisdn }: Mailbox, pins: { oldPin: string; newPin: string }) {
  if (GOOD.includes(pins.newPin)) session.node.secrets.add(pins.newPin, 'pin')
  return changePin(msisdn, pins.oldPin, pins.newPin)
}
