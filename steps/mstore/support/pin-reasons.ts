import { PIN_REASONS, type PinReason } from '#protocol/mstore/pin.ts'
import type { PinDigits } from '#driver/target.ts'

/** A change of the PIN, as far as the suite knows what a server may say of it. */
export interface JudgedPin {
  readonly oldPin: string
  readonly newPin: string
  /** The PIN before the change. */
  readonly current: string
  /** PINs that the mailbox had before. */
  readonly previous: readonly string[]
  readonly msisdn: string
  /** Null where the bounds of the server are not known. */
  readonly digits: PinDigits | null
  /** Whether the PIN may have been changed lately: it was by the scenario, or nothing is known of the mailbox. */
  readonly mayBeRecent: boolean
}

/**
 * When a reason may apply, by the loosest definition there could be: the mStore spec names the reasons and defines none
 * (E-15). That visual voicemail is off is known to the scenario alone.
 */
const MAY_APPLY: Readonly<Record<PinReason, (change: JudgedPin) => boolean>> = {
  'PIN has Repeated Digits': ({ newPin }) => new Set(newPin).size < newPin.length,
  'PIN has Consecutive Numbers': ({ newPin }) => /./.test(neighbours(newPin)),
  'PIN recently Changed': ({ mayBeRecent, newPin, previous }) => mayBeRecent || previous.includes(newPin),
  'PIN last 4 digit match MSISDN': ({ newPin, msisdn }) => newPin.includes(msisdn.slice(-4)),
  'PIN has invalid Character': ({ newPin }) => /[^0-9]/.test(newPin),
  'PIN in Use': ({ newPin, current, previous }) => newPin === current || previous.includes(newPin),
  'PIN length too Long': ({ newPin, digits }) => digits === null || newPin.length > digits.most,
  'PIN length too Short': ({ newPin, digits }) => digits === null || newPin.length < digits.least,
  'Invalid OLD PIN': ({ oldPin, current }) => oldPin !== current,
  'VVM Not Active': () => false,
}

/** The reasons that a server may give where that one applies: it, and each other that may apply as well. */
export function reasonsBeside(reason: PinReason, change: JudgedPin): readonly PinReason[] {
  return PIN_REASONS.filter((each) => each === reason || MAY_APPLY[each](change))
}

/** The digits whose next one follows it up or down, nine and zero being next to each other. */
function neighbours(pin: string): string {
  const digits = Array.from(pin, Number)
  return digits
    .filter((digit, index) => [1, 9].includes(Math.abs((digits[index + 1] ?? NaN) - digit)))
    .join('')
}
