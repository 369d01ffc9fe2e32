import { type MStoreEndpoint, parseTarget } from '#protocol/mstore/endpoints.ts'
import type { MsisdnForm } from '#protocol/mstore/msisdn.ts'
import {
  type ResourceUrl,
  extendedUrl,
  mailboxPath,
  parseResourceUrl,
  PROXY_PATH,
  simpleUrl,
} from '#protocol/mstore/urls.ts'
import type { AuthorizedRequest } from './scene.ts'

/** A path behind the proxy, from `/oemclient` on, and how the client addresses the server. */
export interface UrlPlace {
  /** `https://127.0.0.1:8443` */
  readonly origin: string
  /** The host of the origin, without a port. */
  readonly host: string
  readonly path: string
}

/** How URLs are written in answers, and which are taken in bodies (mStore spec, Servers). */
export interface UrlRules {
  /** A URL in a folder or an object. */
  readonly resource: (place: UrlPlace) => string
  /** A URL in the result of a bulk request. */
  readonly result: (place: UrlPlace) => string
  /** Whether a URL of such a form is taken in a body. */
  readonly isTaken: (kind: ResourceUrl['kind'], msisdnForm: MsisdnForm) => boolean
}

/** How the mStore spec writes and reads URLs (Servers, Endpoints). */
export const documentedUrls: UrlRules = {
  // MSTORE-URL-08
  resource: ({ host, path }) => extendedUrl(host, path),
  // MSTORE-URL-12
  result: ({ origin, path }) => simpleUrl(origin, path),
  // MSTORE-URL-13; MSTORE-URL-17, E-42
  isTaken: (kind, msisdnForm) => kind === 'simple' && (msisdnForm === 'encoded' || msisdnForm === 'raw'),
}

/** What the URLs of a mailbox are written and read by. */
export type UrlContext = Pick<AuthorizedRequest<{ urls: UrlRules }>, 'request' | 'mailbox' | 'rulebook'>

/** The URL, in a folder or an object, of what is at `suffix` of the mailbox: `/folders/…`, `/objects/…`. */
export function resourceUrl(suffix: string, { request, mailbox, rulebook }: UrlContext): string {
  return rulebook.urls.resource(placeOf(request.origin, mailboxPath(mailbox.subscriber.msisdn) + suffix))
}

/**
 * What a URL in a body stands for: an endpoint of the mailbox it was sent to, or nothing that can be asked for
 * there. `result` is the URL by which the answer to a bulk request names it.
 */
export type Reference =
  | { readonly kind: 'own'; readonly endpoint: MStoreEndpoint; readonly result: string }
  | { readonly kind: 'no-url'; readonly result: string }
  | { readonly kind: 'not-taken'; readonly result: string }
  | {
      readonly kind: 'foreign'
      readonly msisdn: string
      readonly endpoint: MStoreEndpoint
      readonly result: string
    }

/** Reads a URL in a body. */
export function referenceOf(url: string, { request, mailbox, rulebook }: UrlContext): Reference {
  const parsed = parseResourceUrl(url)
  if (parsed.kind === 'parse-error') return { kind: 'no-url', result: url }
  const result = rulebook.urls.result(placeOf(request.origin, parsed.path))
  const target = parseTarget(`${PROXY_PATH}${parsed.path}`)
  if (target.kind === 'parse-error') return { kind: 'no-url', result }
  if (!rulebook.urls.isTaken(parsed.kind, target.msisdnForm)) return { kind: 'not-taken', result }
  const { endpoint, msisdn } = target
  return msisdn === mailbox.subscriber.msisdn
    ? { kind: 'own', endpoint, result }
    : { kind: 'foreign', msisdn, endpoint, result }
}

function placeOf(origin: string, path: string): UrlPlace {
  return { origin, host: new URL(origin).hostname, path }
}
