/** Why a PIN change is refused: the ten values of the `reason-phrase` header (mStore spec, vvmserviceProfile). */
export const PIN_REASONS = [
  'PIN has Repeated Digits',
  'PIN has Consecutive Numbers',
  'PIN recently Changed',
  'PIN last 4 digit match MSISDN',
  'PIN has invalid Character',
  'PIN in Use',
  'PIN length too Long',
  'PIN length too Short',
  'Invalid OLD PIN',
  'VVM Not Active',
] as const

/** A reason as the text of an answer has it. */
export type PinReason = (typeof PIN_REASONS)[number]

/** The header of a refusal that carries the reason: a field, not the text of the status line. */
export const PIN_REASON_HEADER = 'reason-phrase'
/** The status of a refused PIN change. */
export const PIN_REFUSED_STATUS = 403

/** A PIN change, and what it is judged by. */
export interface PinChange {
  readonly oldPin: string
  readonly newPin: string
  readonly current: string
  readonly msisdn: string
  /** Whether visual voicemail is on. */
  readonly active: boolean
  readonly changedRecently: boolean
  /** The fewest digits of a PIN, as `most` the most; the mStore spec gives neither (E-16). */
  readonly least: number
  readonly most: number
}

/**
 * When each reason applies. The mStore spec names the reasons and defines none: here repeated is one digit all
 * through, consecutive is a run of at least three by one, up or down (E-15).
 */
export const PIN_RULES: Readonly<Record<PinReason, (change: PinChange) => boolean>> = {
  'PIN has Repeated Digits': ({ newPin }) => /^(\d)\1+$/.test(newPin),
  'PIN has Consecutive Numbers': ({ newPin }) => isRun(newPin, 1) || isRun(newPin, -1),
  'PIN recently Changed': ({ changedRecently }) => changedRecently,
  'PIN last 4 digit match MSISDN': ({ newPin, msisdn }) => newPin === msisdn.slice(-4),
  'PIN has invalid Character': ({ newPin }) => /[^0-9]/.test(newPin),
  'PIN in Use': ({ newPin, current }) => newPin === current,
  'PIN length too Long': ({ newPin, most }) => newPin.length > most,
  'PIN length too Short': ({ newPin, least }) => newPin.length < least,
  'Invalid OLD PIN': ({ oldPin, current }) => oldPin !== current,
  'VVM Not Active': ({ active }) => !active,
}

/** Which reason is given when several apply; the mStore spec is silent. */
export const PIN_PRECEDENCE: readonly PinReason[] = [
  'VVM Not Active',
  'Invalid OLD PIN',
  'PIN has invalid Character',
  'PIN length too Short',
  'PIN length too Long',
  'PIN in Use',
  'PIN last 4 digit match MSISDN',
  'PIN has Repeated Digits',
  'PIN has Consecutive Numbers',
  'PIN recently Changed',
]

/** Every reason that applies to a change, in the order of precedence; none for a change that is accepted. */
export function pinReasons(change: PinChange): readonly PinReason[] {
  return PIN_PRECEDENCE.filter((reason) => PIN_RULES[reason](change))
}

/** What a refusal says: one of the ten reasons, or text that is none of them, which is a refusal as well. */
export type PinRefusal =
  | { readonly kind: 'known'; readonly reason: PinReason }
  | { readonly kind: 'unknown'; readonly text: string | null }

/** Reads the value of the `reason-phrase` header; null where the header was missing (MSTORE-PIN-20). */
export function readPinRefusal(value: string | null): PinRefusal {
  const reason = PIN_REASONS.find((known) => known === value)
  return reason === undefined ? { kind: 'unknown', text: value } : { kind: 'known', reason }
}

const SHORTEST_RUN = 3

function isRun(pin: string, step: number): boolean {
  const digits = Array.from(pin, Number)
  return (
    digits.length >= SHORTEST_RUN &&
    digits.every((digit, index) => index === 0 || digit - (digits[index - 1] ?? NaN) === step)
  )
}
