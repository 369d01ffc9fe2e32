import { type ParseError, parseError } from '../parse-error.ts'
import { type MsisdnForm, parseMsisdnUri } from './msisdn.ts'
import { percentDecode } from '../percent.ts'
import { MAILBOXES_PATH, PROXY_PATH, mailboxPath } from './urls.ts'

/**
 * How the query of a folder is written: as a `plain` query, as the mStore spec has it, or `encoded` into the path, as
 * the deployed client has it (E-05).
 */
export type QueryForm = 'plain' | 'encoded'

/** What follows `?attrFilter=`, and how that was written. */
export interface AttributeFilter {
  readonly value: string
  readonly form: QueryForm
}

/** An endpoint of the mStore spec. Object paths are raw text: they hold escapes that are part of them (E-41). */
export type MStoreEndpoint =
  | { readonly kind: 'profile' }
  | { readonly kind: 'folder'; readonly folderId: string; readonly filter: AttributeFilter | null }
  | { readonly kind: 'object'; readonly objectPath: string }
  | { readonly kind: 'flag'; readonly objectPath: string; readonly flag: string }
  | { readonly kind: 'search' }
  | { readonly kind: 'bulk-update' }
  | { readonly kind: 'bulk-delete' }
  | { readonly kind: 'upload' }

/** The target of a request, read. */
export interface MailboxTarget {
  readonly kind: 'target'
  readonly msisdn: string
  readonly msisdnForm: MsisdnForm
  readonly endpoint: MStoreEndpoint
}

/** The methods that the mStore spec gives each endpoint; a payload is an `object` too. */
export const ENDPOINT_METHODS = {
  profile: ['GET', 'PUT'],
  folder: ['GET'],
  object: ['GET'],
  flag: ['PUT', 'DELETE'],
  search: ['POST'],
  'bulk-update': ['POST'],
  'bulk-delete': ['DELETE'],
  upload: ['POST'],
} as const satisfies Readonly<Record<MStoreEndpoint['kind'], readonly string[]>>

/** The filter that gives a folder's quota (mStore spec, folders). */
export const QUOTA_FILTER: AttributeFilter = { value: 'Quota', form: 'plain' }

const TARGET = new RegExp(`^${PROXY_PATH}${MAILBOXES_PATH}/([^/?]+)(/.*)?$`, 's')

/** The target of a request for `endpoint` in the mailbox of `msisdn` (mStore spec, Endpoints). */
export function endpointTarget(msisdn: string, endpoint: MStoreEndpoint): string {
  return `${PROXY_PATH}${endpointPath(msisdn, endpoint)}`
}

/** The path of `endpoint` behind the proxy, from `/oemclient` on. */
export function endpointPath(msisdn: string, endpoint: MStoreEndpoint): string {
  return `${mailboxPath(msisdn)}${suffix(endpoint)}`
}

/**
 * Reads the raw target of a request. What is not below the mailboxes, has no MSISDN URI or names no endpoint
 * of the spec is a parse error.
 */
export function parseTarget(target: string): MailboxTarget | ParseError {
  const [, segment, rest = ''] = TARGET.exec(target) ?? []
  if (segment === undefined) return unknown(target)
  const number = parseMsisdnUri(segment)
  if (number.kind === 'parse-error') return number
  const endpoint = parseSuffix(rest)
  return endpoint === null
    ? unknown(target)
    : { kind: 'target', msisdn: number.msisdn, msisdnForm: number.form, endpoint }
}

function suffix(endpoint: MStoreEndpoint): string {
  switch (endpoint.kind) {
    case 'profile':
      return '/vvmserviceProfile'
    case 'folder':
      return `/folders/${endpoint.folderId}${endpoint.filter === null ? '' : query(endpoint.filter)}`
    case 'object':
      return `/objects/${endpoint.objectPath}`
    case 'flag':
      return `/objects/${endpoint.objectPath}/flags/${encodeURIComponent(endpoint.flag)}`
    case 'search':
      return '/objects/operations/search'
    case 'bulk-update':
      return '/objects/operations/bulkUpdate'
    case 'bulk-delete':
      return '/objects/operations/bulkDelete'
    case 'upload':
      return '/objects'
    default:
      return endpoint satisfies never
  }
}

const FIXED: Readonly<Record<string, MStoreEndpoint>> = {
  '/vvmserviceProfile': { kind: 'profile' },
  '/objects/operations/search': { kind: 'search' },
  '/objects/operations/bulkUpdate': { kind: 'bulk-update' },
  '/objects/operations/bulkDelete': { kind: 'bulk-delete' },
  '/objects': { kind: 'upload' },
}

function parseSuffix(rest: string): MStoreEndpoint | null {
  if (Object.hasOwn(FIXED, rest)) return FIXED[rest] ?? null
  const folder = /^\/folders\/([^/]+)$/.exec(rest)?.[1]
  if (folder !== undefined) return parseFolder(folder)
  const [, flagged, flag] = /^\/objects\/([^?]+)\/flags\/([^/?]+)$/.exec(rest) ?? []
  if (flagged !== undefined && flag !== undefined) return parseFlag(flagged, flag)
  const objectPath = /^\/objects\/([^?]+)$/.exec(rest)?.[1]
  return objectPath === undefined ? null : { kind: 'object', objectPath }
}

function parseFlag(objectPath: string, segment: string): MStoreEndpoint | null {
  const flag = percentDecode(segment)
  return flag === null ? null : { kind: 'flag', objectPath, flag }
}

function parseFolder(segment: string): MStoreEndpoint | null {
  const form: QueryForm = segment.includes('?') ? 'plain' : 'encoded'
  const text = form === 'plain' ? segment : percentDecode(segment)
  const [, folderId, search] = /^([^?]+)(\?.*)?$/s.exec(text ?? '') ?? []
  if (folderId === undefined) return null
  const value = /[?&]attrFilter=([^&]*)/.exec(search ?? '')?.[1]
  return { kind: 'folder', folderId, filter: value === undefined ? null : { value, form } }
}

function query({ value, form }: AttributeFilter): string {
  const text = `?attrFilter=${value}`
  return form === 'plain' ? text : encodeURIComponent(text)
}

function unknown(target: string): ParseError {
  return parseError(`target: expected an endpoint of a mailbox, got ${JSON.stringify(target.slice(0, 120))}`)
}
