import { parseTarget } from '#protocol/mstore/endpoints.ts'
import { MAILBOXES_PATH, PROXY_PATH, simpleUrl } from '#protocol/mstore/urls.ts'
import { documented } from './rulebook.ts'
import type { RouteRules } from './routes.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { objects, urls } = documented

const ANY_AUTHORITY = 'a client takes the path alone: hosts and ports are samples'
const BINDS_THE_CLIENT = 'the sentence binds the client: a server may take more'
const PLACES = ['MSTORE-FOLDER', 'MSTORE-OBJECT', 'MSTORE-PAYLOAD']

/** Right otherwise in where things are, and in how their URLs are written. */
export const URL_VARIANTS: readonly MStoreVariant[] = [
  extended('leaves-out-the-ports', 'URLs have no ports', ['https://wsg.example', 'http://store.example']),
  extended('has-other-ports', 'URLs have other ports', ['https://wsg.example:8443', 'https://store:9']),
  extended('has-addresses', 'hosts are addresses of IPv6', ['http://[2001:db8::1]:80', 'http://[::1]:8082']),
  variant({
    id: 'MSTORE-OBJECT-33/escapes-otherwise-each-time',
    summary: 'an object alone has its path with a colon, and a list has it with an escape in small letters',
    open: 'URLs are compared once decoded, and escapes have no case (RFC 3986, 6.2.2)',
    patch: {
      urls: { resource: (place) => urls.resource({ ...place, path: respelt(place.path, '%3a') }) },
      objects: { body: (members) => objects.body(respeltIn(members)) },
    },
    areas: [
      'MSTORE-SEARCH',
      'MSTORE-UPLOAD',
      'MSTORE-FLAG',
      'MSTORE-BULKUPDATE',
      'MSTORE-BULKDELETE',
      'MSTORE-PAYLOAD',
    ],
    alone: true,
  }),
  variant({
    id: 'MSTORE-URL-12/writes-the-port',
    summary: 'results of bulk requests have the port 443, and another host',
    open: ANY_AUTHORITY,
    patch: { urls: { result: ({ path }) => simpleUrl('https://wsg.example:443', path) } },
    areas: ['MSTORE-BULKUPDATE', 'MSTORE-BULKDELETE'],
  }),
  variant({
    id: 'MSTORE-URL-13/takes-any-url',
    summary: 'bulk requests may name objects by extended URLs, and numbers in any form',
    open: BINDS_THE_CLIENT,
    patch: { urls: { isTaken: () => true } },
    areas: ['MSTORE-BULKUPDATE', 'MSTORE-SEARCH'],
  }),
  ...[
    reading('MSTORE-URL-09/serves-extended-urls', 'an extended URL works as it stands', (target) =>
      parseTarget(target.replace(/^(\/phone20\/mStoreRelay)\?path=http:\/\/[^/]+/, '$1')),
    ),
    reading('MSTORE-URL-01/serves-both', 'paths work without /phone20/mStoreRelay, too', (target) =>
      parseTarget(target.startsWith(PROXY_PATH) ? target : `${PROXY_PATH}${MAILBOXES_PATH}${behind(target)}`),
    ),
    reading('MSTORE-URL-03/needs-neither-plus-nor-scheme', 'digits alone are a number', (target) =>
      parseTarget(
        target.replace(/\/tel%3A(?=\d)/i, '/tel%3A%2B').replace(/\/(?:%2B)?(?=\d+\/vvm)/i, '/tel%3A%2B'),
      ),
    ),
  ],
]

/** A path, or a text with one, with the colon of an object's path written in that way. */
function respelt(text: string, colon: string): string {
  return text.replace(/(objects\/[0-9a-f-]{36})(?:%3A|:)/i, `$1${colon}`)
}

/** The members of an object, each path of an object in them with a colon. */
function respeltIn(members: object): object {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, respeltValue(value)]))
}

function respeltValue(value: unknown): unknown {
  if (typeof value === 'string') return respelt(value, ':')
  if (Array.isArray(value)) return value.map(respeltValue)
  return typeof value === 'object' && value !== null ? respeltIn(value) : value
}

function extended(
  name: string,
  summary: string,
  [outer, inner]: readonly [outer: string, inner: string],
): MStoreVariant {
  return variant({
    id: `MSTORE-URL-08/${name}`,
    summary,
    open: ANY_AUTHORITY,
    patch: { urls: { resource: ({ path }) => `${outer}${PROXY_PATH}?path=${inner}${path}` } },
    areas: PLACES,
    alone: true,
  })
}

function reading(id: string, summary: string, read: RouteRules['read']): MStoreVariant {
  return variant({ id, summary, open: BINDS_THE_CLIENT, patch: { routes: { read } }, alone: true })
}

/** What follows the mailboxes' path, if that is there at all. */
function behind(target: string): string {
  return target.startsWith(MAILBOXES_PATH) ? target.slice(MAILBOXES_PATH.length) : target
}
