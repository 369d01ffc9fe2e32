import { type ParseError, parseError } from '../parse-error.ts'
import { percentDecode } from '../percent.ts'

const MSISDN_URI = /^tel:(\+[1-9][0-9]{1,14})$/

/** How the colon and the plus of a MSISDN URI were written; a request must have both `encoded` (MSTORE-URL-04). */
export type MsisdnForm = 'encoded' | 'raw' | 'partly-encoded' | 'double-encoded'

/** A phone number in E.164 form, `+` and digits, and how its URI was written. */
export interface Msisdn {
  readonly kind: 'msisdn'
  readonly msisdn: string
  readonly form: MsisdnForm
}

/** The URI of a number as a digest has it: `tel:+11234567890` (mStore spec, Endpoints). */
export function msisdnUri(msisdn: string): string {
  return `tel:${msisdn}`
}

/** The URI of a number as a request has it: `tel%3A%2B11234567890` (mStore spec, Endpoints). */
export function encodedMsisdnUri(msisdn: string): string {
  return encodeURIComponent(msisdnUri(msisdn))
}

/** The digits of a number, as the attributes of objects have it. */
export function msisdnDigits(msisdn: string): string {
  return msisdn.replace(/^\+/, '')
}

/** Reads one segment of a path as a MSISDN URI; a number without `tel:` or `+` is a parse error (MSTORE-URL-03). */
export function parseMsisdnUri(segment: string): Msisdn | ParseError {
  const once = percentDecode(segment) ?? ''
  const single = MSISDN_URI.exec(once)?.[1]
  if (single !== undefined) return { kind: 'msisdn', msisdn: single, form: formOf(segment) }
  const double = MSISDN_URI.exec(percentDecode(once) ?? '')?.[1]
  return double === undefined
    ? parseError(`MSISDN URI: expected tel%3A%2B and digits, got ${JSON.stringify(segment.slice(0, 60))}`)
    : { kind: 'msisdn', msisdn: double, form: 'double-encoded' }
}

function formOf(segment: string): MsisdnForm {
  if (/^tel%3a%2b[0-9]+$/i.test(segment)) return 'encoded'
  return segment.includes('%') ? 'partly-encoded' : 'raw'
}
