import { type ParseError, parseError } from '../parse-error.ts'
import { membersOf, textsOf } from './members.ts'
import { misread } from './misread.ts'

/** The operations that there are (mStore spec, bulkUpdate). */
export const BULK_OPERATIONS = ['AddFlag', 'RemoveFlag'] as const

/** What a bulk update does with its flags. */
export type BulkOperation = (typeof BULK_OPERATIONS)[number]

/** A change of flags. `urls` are simple URLs of objects; the operation is text, since a server must refuse others. */
export interface BulkUpdate {
  readonly urls: readonly string[]
  readonly operation: string
  readonly flags: readonly string[]
}

/** The body of a change of flags (mStore spec, bulkUpdate). */
export function bulkUpdateBody({ urls, operation, flags }: BulkUpdate) {
  return { bulkUpdate: { objects: references(urls), operation, flags: { flag: flags } } }
}

/** The body of a deletion (mStore spec, bulkDelete). */
export function bulkDeleteBody(urls: readonly string[]) {
  return { bulkDelete: { objects: references(urls) } }
}

/** Reads the body of a change of flags; a list or the operation missing is a parse error, an unknown operation is not. */
export function readBulkUpdate(body: unknown): ({ readonly kind: 'bulk-update' } & BulkUpdate) | ParseError {
  const { objects, operation, flags: flagList } = membersOf(membersOf(body)['bulkUpdate'])
  const urls = readReferences(objects)
  if (urls === null)
    return misread(
      'bulkUpdate',
      'objects.objectReference to be a list of URLs',
      membersOf(objects)['objectReference'],
    )
  if (typeof operation !== 'string') return parseError('bulkUpdate: expected an operation, got none')
  const flags = textsOf(membersOf(flagList)['flag'])
  return flags === null
    ? misread('bulkUpdate', 'flags.flag to be a list of texts', membersOf(flagList)['flag'])
    : { kind: 'bulk-update', urls, operation, flags }
}

/** Reads the body of a deletion; without its list of URLs it is a parse error. */
export function readBulkDelete(
  body: unknown,
): { readonly kind: 'bulk-delete'; readonly urls: readonly string[] } | ParseError {
  const { objects } = membersOf(membersOf(body)['bulkDelete'])
  const urls = readReferences(objects)
  return urls === null
    ? misread(
        'bulkDelete',
        'objects.objectReference to be a list of URLs',
        membersOf(objects)['objectReference'],
      )
    : { kind: 'bulk-delete', urls }
}

/** Whether the mStore spec knows an operation. */
export function isBulkOperation(operation: string): operation is BulkOperation {
  return BULK_OPERATIONS.some((known) => known === operation)
}

function references(urls: readonly string[]) {
  return { objectReference: urls.map((resourceURL) => ({ resourceURL })) }
}

function readReferences(objects: unknown): readonly string[] | null {
  const list = membersOf(objects)['objectReference']
  return Array.isArray(list) ? textsOf(list.map((item) => membersOf(item)['resourceURL'])) : null
}
