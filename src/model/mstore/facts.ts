import { instantOf } from '#protocol/mstore/attributes.ts'

/** What is violated where a member or attribute of an object is another than it was, by its name. */
export const FACTS: Readonly<Record<string, string>> = {
  'content-duration': 'MSTORE-OBJECT-05',
  'Content-Transfer-Encoding': 'MSTORE-OBJECT-06',
  'content-type': 'MSTORE-OBJECT-07',
  date: 'MSTORE-OBJECT-08',
  Direction: 'MSTORE-OBJECT-09',
  expires: 'MSTORE-OBJECT-10',
  from: 'MSTORE-OBJECT-11',
  importance: 'MSTORE-OBJECT-12',
  'message-context': 'MSTORE-OBJECT-13',
  'Message-Id': 'MSTORE-OBJECT-14',
  'mime-version': 'MSTORE-OBJECT-15',
  'return-number': 'MSTORE-OBJECT-16',
  sensitivity: 'MSTORE-OBJECT-17',
  sourcenode: 'MSTORE-OBJECT-18',
  subject: 'MSTORE-OBJECT-19',
  to: 'MSTORE-OBJECT-20',
  'x-cns-greeting-type': 'MSTORE-OBJECT-21',
  parentFolder: 'MSTORE-OBJECT-03',
  flagsURL: 'MSTORE-OBJECT-23',
  resourceURL: 'MSTORE-OBJECT-24',
  path: 'MSTORE-OBJECT-46',
  payloadURL: 'MSTORE-OBJECT-27',
  correlationId: 'MSTORE-OBJECT-34',
  contentType: 'MSTORE-OBJECT-29',
  size: 'MSTORE-OBJECT-30',
  contentEncoding: 'MSTORE-OBJECT-31',
  contentDisposition: 'MSTORE-OBJECT-32',
  href: 'MSTORE-OBJECT-33',
}

/** The attributes that an upload may give, and what is violated where the object has them otherwise. */
export const GIVEN_FACTS: Readonly<Record<string, string>> = {
  'content-duration': 'MSTORE-UPLOAD-08',
  date: 'MSTORE-UPLOAD-09',
  'Message-Id': 'MSTORE-UPLOAD-10',
  'mime-version': 'MSTORE-UPLOAD-11',
  subject: 'MSTORE-UPLOAD-12',
  'x-cns-greeting-type': 'MSTORE-UPLOAD-13',
}

/** Whether two values of a member or attribute say the same: dates and numbers by what they are. */
export function isSameFact(name: string, left: string, right: string): boolean {
  if (left === right) return true
  if (name === 'date' || name === 'expires') return isSame(instantIn(left), instantIn(right))
  return name === 'content-duration' && isSame(numberIn(left), numberIn(right))
}

function isSame(left: number | null, right: number | null): boolean {
  return left !== null && left === right
}

/** The instant of a date, also one with another offset than Z. */
function instantIn(text: string): number | null {
  const ms = instantOf(text) ?? Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}

function numberIn(text: string): number | null {
  return text.trim() === '' || Number.isNaN(Number(text)) ? null : Number(text)
}
