import { booleanOf, instantOf, migrationInstantOf, type Attributes } from '#protocol/mstore/attributes.ts'
import { parseHeaderValue } from '#protocol/mstore/header-value.ts'
import { msisdnDigits } from '#protocol/mstore/msisdn.ts'
import { percentDecode } from '#protocol/mstore/percent.ts'
import { isExtendedAsShown } from '#protocol/mstore/urls.ts'

/** What a text is looked at beside: whose mailbox it is of, and the attributes that stand with it. */
export interface Beside {
  readonly msisdn: string
  /** Of the object that was asked for; null where it was none. */
  readonly objectPath: string | null
  readonly attributes: Attributes
}

type AttributeForm = (value: string, beside: Beside) => boolean

/** Of RFC 2045, section 6.1. */
const TRANSFER_ENCODINGS = ['base64', 'quoted-printable', '7bit', '8bit', 'binary']

/** What a table may say of a text besides the text itself. */
const FORMS: Readonly<Record<string, AttributeForm>> = {
  'any text': (value) => value !== '',
  'a boolean': (value) => booleanOf(value) !== null,
  'a date YYYY:MM:DD:hh:mm': (value) => migrationInstantOf(value) !== null,
  'a whole number': (value) => isWholeNumber(value),
  'an instant in UTC': (value) => instantOf(value) !== null,
  'an instant after its date': (value, { attributes }) =>
    (instantOf(value) ?? 0) > (instantOf(attributes.get('date') ?? '') ?? Infinity),
  'text that begins with an instant': (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value),
  'In or Out': (value) => value === 'In' || value === 'Out',
  digits: (value) => /^\d+$/.test(value),
  'digits, perhaps with a domain': (value) => /^\d+(?:@[^@\s]+)?$/.test(value),
  "the subscriber's digits": (value, { msisdn }) => value === msisdnDigits(msisdn),
  "the subscriber's digits, perhaps with a domain": (value, { msisdn }) =>
    /^(\d+)(?:@[^@\s]+)?$/.exec(value)?.[1] === msisdnDigits(msisdn),
  'a transfer encoding': (value) => TRANSFER_ENCODINGS.includes(value.toLowerCase()),
  'a media type other than of audio': isOtherType,
  'an attachment with a file name': (value) => /^attachment; filename="[^/"]+"$/.test(value),
  'its Message-Id': (value, { attributes }) => value === attributes.get('Message-Id'),
}

/** Forms that name something: a number or that of an attribute, a part of a URL, how it begins. */
const OPEN_FORMS: readonly (readonly [words: RegExp, form: (named: string) => AttributeForm])[] = [
  [/^a whole number, at least (\S+)$/, (name) => comparedWith(name, (value, other) => value >= other)],
  [/^a whole number, at most (\S+)$/, (name) => comparedWith(name, (value, other) => value <= other)],
  [/^the instant (\S+)$/, (instant) => (value) => instantOf(value) === instantOf(instant)],
  [/^text that begins (\S+)$/, (start) => (value) => value.startsWith(start) && value !== start],
  [/^an extended URL ending (\S.*)$/, (end) => (value, beside) => isExtended(value, end, beside)],
  [/^an extended URL below (\S+)$/, (place) => (value) => isExtendedAsShown(value) && isBelow(value, place)],
]

/** Whether a text, or that there is none, is what a table wants; words that name no form are the text itself. */
export function fitsForm(wanted: string, value: string | undefined, beside: Beside): boolean {
  if (wanted === 'none') return value === undefined
  return value !== undefined && formOf(wanted)(value, beside)
}

function formOf(wanted: string): AttributeForm {
  const form = FORMS[wanted]
  if (form !== undefined) return form
  for (const [words, open] of OPEN_FORMS) {
    const named = words.exec(wanted)?.[1]
    if (named !== undefined) return open(named)
  }
  return (value) => isTheText(wanted, value)
}

/** The text itself; booleans in any case (MSTORE-PROFILE-15). */
function isTheText(wanted: string, value: string): boolean {
  const truth = booleanOf(wanted)
  return truth === null ? value === wanted : booleanOf(value) === truth
}

function isWholeNumber(value: string): boolean {
  return /^\d+$/.test(value)
}

function comparedWith(name: string, holds: (value: number, other: number) => boolean): AttributeForm {
  return (value, { attributes }) =>
    isWholeNumber(value) && holds(Number(value), Number(isWholeNumber(name) ? name : attributes.get(name)))
}

/** A media type; of a message in parts, with the boundary that parts them. */
function isOtherType(value: string): boolean {
  const type = parseHeaderValue(value)
  if (type === null || !/^[^\s/]+\/[^\s/]+$/.test(type.value) || type.value.startsWith('audio/')) return false
  return !type.value.startsWith('multipart/') || (type.params.get('boundary') ?? '') !== ''
}

const OBJECT_PATH = '[OBJECT PATH]'

/** An extended URL with that end, whatever is escaped in it (E-39); `[OBJECT PATH]` is that of the object. */
function isExtended(value: string, end: string, { objectPath }: Beside): boolean {
  const wanted = end.replace(OBJECT_PATH, objectPath ?? OBJECT_PATH)
  return isExtendedAsShown(value) && decoded(value).endsWith(decoded(wanted))
}

/** Whether something stands behind `place` in a mailbox. */
function isBelow(value: string, place: string): boolean {
  const rest = /\/ums\/[^/]+(\/.*)$/.exec(value)?.[1] ?? ''
  return rest.startsWith(place) && rest !== place
}

function decoded(text: string): string {
  return percentDecode(text) ?? text
}
