import { type ParseError, parseError } from '../parse-error.ts'
import { encodedMsisdnUri, parseMsisdnUri } from './msisdn.ts'
import { percentDecode } from '../percent.ts'

/** Where the relay's proxy serves everything (mStore spec, Servers). */
export const PROXY_PATH = '/phone20/mStoreRelay'
/** Where the mailboxes are, behind the proxy (mStore spec, Endpoints). */
export const MAILBOXES_PATH = '/oemclient/nms/v1/ums'
/** The application server that extended URLs of the mStore spec show. */
const INTERNAL_AUTHORITY = 'wsg.mstore.msg.eng.t-mobile.com:8082'

/**
 * A URL of a mailbox. `simple` ones can be requested; `extended` ones name the application server and cannot
 * (mStore spec, Servers). `path` is the raw text from `/oemclient` on.
 */
export interface ResourceUrl {
  readonly kind: 'simple' | 'extended'
  /** The host, with its port where it has one. */
  readonly authority: string
  readonly path: string
}

/** A URL that can be requested, and the target of that request. */
export interface RewrittenUrl {
  readonly kind: 'rewritten'
  readonly url: string
  readonly target: string
}

const SIMPLE = new RegExp(`^https?://([^/?#]+)${PROXY_PATH}(/[^?#]+)$`)
const EXTENDED = new RegExp(`^https?://([^/?#]+)${PROXY_PATH}/?\\?path=https?://[^/?#]+(/.+)$`)
const MAILBOX = new RegExp(`^${MAILBOXES_PATH}/([^/]+)(/.*)?$`)

/** The path of a mailbox behind the proxy, the number's URI encoded. */
export function mailboxPath(msisdn: string): string {
  return `${MAILBOXES_PATH}/${encodedMsisdnUri(msisdn)}`
}

/** The simple URL of `path`; `origin` is the scheme and host, `https://wsg.t-mobile.com`. */
export function simpleUrl(origin: string, path: string): string {
  return `${origin}${PROXY_PATH}${path}`
}

/** The extended URL of `path` as the mStore spec shows it: `host` without a port. */
export function extendedUrl(host: string, path: string, internalAuthority = INTERNAL_AUTHORITY): string {
  return `https://${host}:443${PROXY_PATH}?path=http://${internalAuthority}${path}`
}

/** Whether `url` has the extended form and names something of a mailbox; hosts and ports may be any (MSTORE-URL-08). */
export function isExtendedUrl(url: string): boolean {
  const read = parseResourceUrl(url)
  return read.kind === 'extended' && MAILBOX.test(read.path)
}

/** Reads a URL of either form as raw text, nothing decoded (MSTORE-URL-20); any other URL is a parse error. */
export function parseResourceUrl(url: string): ResourceUrl | ParseError {
  const extended = EXTENDED.exec(url)
  const found = extended ?? SIMPLE.exec(url)
  if (found === null)
    return parseError(`URL: expected one below ${PROXY_PATH}, got ${JSON.stringify(url.slice(0, 120))}`)
  const [, authority = '', path = ''] = found
  return { kind: extended === null ? 'simple' : 'extended', authority, path }
}

/**
 * The URL to request instead of `url`: its path at `origin`, the number's URI encoded whatever it was
 * (MSTORE-URL-10, MSTORE-URL-20). The rest of the path stays as it is.
 */
export function rewriteUrl(url: string, origin: string): RewrittenUrl | ParseError {
  const parsed = parseResourceUrl(url)
  if (parsed.kind === 'parse-error') return parsed
  const [, segment = '', rest = ''] = MAILBOX.exec(parsed.path) ?? []
  const number = parseMsisdnUri(segment)
  if (number.kind === 'parse-error') return number
  const target = `${PROXY_PATH}${mailboxPath(number.msisdn)}${rest}`
  return { kind: 'rewritten', url: `${origin}${target}`, target }
}

/** What follows the last `/objects/` of a URL of either form, nothing decoded (MSTORE-URL-14); null without one. */
export function objectPathOf(url: string): string | null {
  return behindLast(url, '/objects/')
}

/** Whether a path can be asked for: it has no blank or other character that no request line has, and can be decoded. */
export function isSendable(path: string): boolean {
  return /^[\u0021-\u00ff]*$/.test(path) && percentDecode(path) !== null
}

/** What follows the last `/folders/` of a URL of either form; null without one. */
export function folderIdOf(url: string): string | null {
  const id = behindLast(url, '/folders/')
  return id !== null && /^[^/?#]+$/.test(id) ? id : null
}

/** What follows the last `mark` that something follows; null without one. */
function behindLast(text: string, mark: string): string | null {
  const at = text.lastIndexOf(mark, text.length - mark.length - 1)
  return at < 0 || text.length <= mark.length ? null : text.slice(at + mark.length)
}

/**
 * Whether two URLs of mailboxes name the same resource, whatever their authority, scheme and form: the server may know
 * itself by another name than its client does. URLs that are none of a mailbox must be equal.
 */
export function isSameResource(left: string, right: string): boolean {
  const [one, other] = [parseResourceUrl(left), parseResourceUrl(right)]
  return one.kind === 'parse-error' || other.kind === 'parse-error'
    ? isSameUrl(left, right)
    : isSameUrl(one.path, other.path)
}

/** Whether two URLs name the same resource: equal in form and host, and in path once decoded (E-39). */
export function isSameUrl(left: string, right: string): boolean {
  return left === right || (percentDecode(left) ?? left) === (percentDecode(right) ?? right)
}
