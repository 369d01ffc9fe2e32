import { booleanOf, migrationInstantOf, type Attributes } from '#protocol/mstore/attributes.ts'
import { parseHeaderValue } from '#protocol/mstore/header-value.ts'
import { msisdnDigits } from '#protocol/mstore/msisdn.ts'
import { percentDecode } from '#protocol/percent.ts'
import { isExtendedUrl, parseResourceUrl } from '#protocol/mstore/urls.ts'
import { shownInstant } from './instants.ts'

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
  'a number of seconds': (value) => isSeconds(value),
  'an instant': (value) => shownInstant(value) !== null,
  'an instant after its date': (value, { attributes }) =>
    (shownInstant(value) ?? 0) > (shownInstant(attributes.get('date') ?? '') ?? Infinity),
  'a timestamp': (value) => shownInstant(value) !== null || /^(?:\d{4}-?\d\d-?\d\dT|\d{9})/.test(value),
  digits: (value) => /^\d+$/.test(value),
  'a number, perhaps with a domain': (value) => numberIn(value) !== null,
  "the subscriber's number": (value, { msisdn }) => !value.includes('@') && isNumberOf(value, msisdn),
  "the subscriber's number, perhaps with a domain": (value, { msisdn }) => isNumberOf(value, msisdn),
  'a transfer encoding': (value) => TRANSFER_ENCODINGS.includes(value.toLowerCase()),
  'a media type of audio': (value) => /^audio\/[^\s/]+$/.test(parseHeaderValue(value)?.value ?? ''),
  'a media type other than of audio': isOtherType,
  'a content disposition': (value) => IS_TOKEN.test(parseHeaderValue(value)?.value ?? ''),
  'its Message-Id': (value, { attributes }) => value === attributes.get('Message-Id'),
}

/** Forms that name something: a number or that of an attribute, a part of a URL, how it begins. */
const OPEN_FORMS: readonly (readonly [words: RegExp, form: (named: string) => AttributeForm])[] = [
  [/^a whole number, at least (\S+)$/, (name) => comparedWith(name, (value, other) => value >= other)],
  [/^a whole number, at most (\S+)$/, (name) => comparedWith(name, (value, other) => value <= other)],
  [/^(\d+) seconds$/, (seconds) => (value) => isSeconds(value) && Number(value) === Number(seconds)],
  [/^the instant (\S+)$/, (instant) => (value) => shownInstant(value) === shownInstant(instant)],
  [/^text that begins (\S+)$/, (start) => (value) => value.startsWith(start) && value !== start],
  [/^an extended URL below (\S+)$/, (place) => (value) => isExtendedUrl(value) && isBelow(value, place)],
  [/^a URL ending (\S.*)$/, (end) => (value, beside) => isUrlEnding(value, end, beside)],
  [/^a URL below (\S+)$/, (place) => (value) => isUrl(value) && isBelow(value, place)],
  [/^a URL below (\S+) other than its own$/, (place) => (value, beside) => isOtherUrl(value, place, beside)],
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

/** A token of RFC 9110, section 5.6.2. */
const IS_TOKEN = /^[!#$%&'*+.^_`|~\da-z-]+$/

/** The digits of a number with or without its plus sign, and perhaps a domain; null for other text. */
function numberIn(value: string): string | null {
  return /^\+?(\d+)(?:@[^@\s]+)?$/.exec(value)?.[1] ?? null
}

function isNumberOf(value: string, msisdn: string): boolean {
  return numberIn(value) === msisdnDigits(msisdn)
}

function isSeconds(value: string): boolean {
  return /^\d+(?:\.\d+)?$/.test(value)
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

/** A URL of a mailbox with that end, whatever is escaped in it (E-39); `[OBJECT PATH]` is that of the object. */
function isUrlEnding(value: string, end: string, { objectPath }: Beside): boolean {
  const wanted = end.replace(OBJECT_PATH, objectPath ?? OBJECT_PATH)
  return isUrl(value) && decoded(value).endsWith(decoded(wanted))
}

/** A URL of a mailbox of either form, at whatever authority: a client takes its path alone (mStore spec, Servers). */
function isUrl(value: string): boolean {
  return parseResourceUrl(value).kind !== 'parse-error'
}

function isOtherUrl(value: string, place: string, { objectPath }: Beside): boolean {
  return isUrl(value) && isBelow(value, place) && !decoded(value).endsWith(`/${decoded(objectPath ?? '')}`)
}

/** Whether something stands behind `place` in a mailbox. */
function isBelow(value: string, place: string): boolean {
  const rest = /\/ums\/[^/]+(\/.*)/s.exec(value)?.[1] ?? ''
  return rest.startsWith(place) && rest !== place
}

function decoded(text: string): string {
  return percentDecode(text) ?? text
}
