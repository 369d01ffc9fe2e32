import type { PinDigits } from '#driver/target.ts'

/** Texts for a PIN: each of the digits once, no two neighbours by one, so that no documented reason speaks against them. */
const GOOD = ['2580469137', '6274195308', '9351740628', '4086135792']

/** As good, but that a number would lose its first digit. */
const ZERO_FIRST = '0582469137'

/** The bounds that hold where the target file gives none: those that the known clients keep to (E-16). */
export const USUAL_DIGITS: PinDigits = { least: 4, most: 10 }

/** What a PIN of a scenario is made of. */
export interface PinSetting {
  readonly current: string
  readonly msisdn: string
  /** Null where the bounds of the server are not known. */
  readonly digits: PinDigits | null
}

const COMPARED_DIGITS = 4
const SMALLEST_RUN = 3

/** PINs of the fewest digits that nothing speaks against: neither the end of the number nor the current one. */
export function goodPins({ current, msisdn, digits }: PinSetting): readonly string[] {
  const { least } = digits ?? USUAL_DIGITS
  const end = msisdn.slice(-COMPARED_DIGITS)
  return GOOD.map((pin) => cut(pin, least)).filter((pin) => !pin.endsWith(end) && pin !== current)
}

/** PINs that a reason speaks against, by what is wrong with them. */
const MISTAKEN: Readonly<Record<string, (setting: PinSetting) => string>> = {
  'the end of the number': (setting) => {
    const end = setting.msisdn.slice(-COMPARED_DIGITS)
    return cut(GOOD[0], Math.max(fewest(setting), COMPARED_DIGITS) - COMPARED_DIGITS) + end
  },
  'a PIN of one digit': (setting) => '5'.repeat(fewest(setting)),
  'a PIN in a row': (setting) => cut('2345678901', Math.max(fewest(setting), SMALLEST_RUN)),
  'a PIN with a letter': (setting) => withinOf(setting, 'a'),
  'a PIN with an asterisk': (setting) => withinOf(setting, '*'),
  'a PIN with a blank behind it': (setting) => `${firstGood(setting).slice(0, -1)} `,
  'a PIN with a digit of another script': (setting) => withinOf(setting, '\u0663'),
  // Where the bounds are not known, so short that no server takes it
  'too short a PIN': ({ digits }) => cut(GOOD[0], digits === null ? 2 : digits.least - 1),
  'too long a PIN': ({ digits }) => cut(GOOD[0], (digits ?? USUAL_DIGITS).most + 1),
  'a PIN with a zero in front': (setting) => cut(ZERO_FIRST, fewest(setting)),
  'that PIN without its zero': (setting) => cut(ZERO_FIRST, fewest(setting)).slice(1),
  'a wrong PIN': ({ current }) => (current === '7418' ? '8529' : '7418'),
  'the current PIN without its last digit': ({ current }) => current.slice(0, -1),
  'the current PIN with a zero behind it': ({ current }) => `${current}0`,
  'the current PIN with another last digit': ({ current }) =>
    current.slice(0, -1) + (current.endsWith('3') ? '4' : '3'),
}

/** The names of such PINs. */
export const MISTAKEN_PINS: readonly string[] = Object.keys(MISTAKEN)

/** The PIN of such a name; throws where there is none. */
export function mistakenPin(name: string, setting: PinSetting): string {
  const made = MISTAKEN[name]
  if (made === undefined) throw new Error(`PIN: expected one of ${MISTAKEN_PINS.join(', ')}; got "${name}"`)
  return made(setting)
}

function fewest({ digits }: PinSetting): number {
  return (digits ?? USUAL_DIGITS).least
}

function firstGood(setting: PinSetting): string {
  return goodPins(setting)[0] ?? ''
}

/** A good PIN with another character in place of its third. */
function withinOf(setting: PinSetting, character: string): string {
  const good = firstGood(setting)
  return good.slice(0, 2) + character + good.slice(3)
}

/** So many digits of a text, from its beginning on again where it is shorter. */
function cut(digits = '', length = 0): string {
  return digits.repeat(Math.ceil(length / digits.length)).slice(0, length)
}
