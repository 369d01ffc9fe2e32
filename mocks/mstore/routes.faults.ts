import { parseError as misread } from '#protocol/parse-error.ts'
import { GREETING_ON } from '#protocol/mstore/flags.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { parseTarget } from '#protocol/mstore/endpoints.ts'
import { PROXY_PATH } from '#protocol/mstore/urls.ts'
import type { RouteRules } from './routes.ts'
import type { MStoreOperation } from './operations.ts'
import type { MStorePatch } from './rulebook.ts'
import { fault, faultRows, type MStoreFault } from './fault.ts'
import { everywhere } from './fault-patches.ts'

/** Faults in finding endpoints by their paths. */
export const PATH_FAULTS: readonly MStoreFault[] = [
  reading(
    'MSTORE-URL-01/serves-without-the-proxy',
    'paths work without /phone20/mStoreRelay alone',
    (target) => (target.startsWith(PROXY_PATH) ? unknown() : parseTarget(PROXY_PATH + target)),
  ),
  reading('MSTORE-URL-02/lives-elsewhere', 'the mailboxes are at /nms/v1/ums alone', (target) =>
    target.includes('/oemclient') ? unknown() : parseTarget(target.replace('/nms/', '/oemclient/nms/')),
  ),
  reading('MSTORE-URL-05/refuses-escapes', 'an encoded number is refused', (target) =>
    /\/tel%3A/i.test(target) ? unknown() : parseTarget(target),
  ),
  reading('MSTORE-URL-07/refuses-lower-case', 'escapes in lower case are refused', (target) =>
    /%[0-9a-f]*[a-f]/.test(target.replace(/%[0-9A-F]{2}/g, '')) ? unknown() : parseTarget(target),
  ),
  reading(
    'MSTORE-URL-07/refuses-lower-case-at-searches',
    'the path of a search has escapes in capitals',
    (target) =>
      /%[0-9a-f]*[a-f].*\/search/.test(target.replace(/%[0-9A-F]{2}/g, '')) ? unknown() : parseTarget(target),
  ),
  reading(
    'MSTORE-URL-07/refuses-lower-case-of-objects',
    'the path of an object has escapes in capitals',
    (target) =>
      /%[0-9a-f]*[a-f].*\/objects\/[^/?]+$/.test(target.replace(/%[0-9A-F]{2}/g, ''))
        ? unknown()
        : parseTarget(target),
  ),
  reading(
    'MSTORE-URL-07/refuses-lower-case-of-audio',
    'the path of audio has escapes in capitals',
    (target) =>
      /%[0-9a-f]*[a-f].*\/payloadParts\//.test(target.replace(/%[0-9A-F]{2}/g, ''))
        ? unknown()
        : parseTarget(target),
  ),
  reading(
    'MSTORE-FOLDER-07/takes-none-for-voicemails',
    'without an id it is the folder of voicemails',
    (target) => parseTarget(target.replace(/\/folders\/(?=\?|%3F)/, `/folders/${FOLDERS.voicemails.id}`)),
  ),
  reading(
    'MSTORE-FLAG-35/takes-none-for-that-of-greetings',
    'a flag call without a flag is one for $CNS-Greeting-On',
    (target) => parseTarget(target.replace(/\/flags\/?$/, `/flags/${encodeURIComponent(GREETING_ON)}`)),
  ),
  fault('MSTORE-URL-18/answers-200', 'a path that there is not answers 200', {
    ...everywhere('unknown-path', 200),
    wire: {
      fallback: ({ kind }) => (kind === 'unknown-path' ? { kind: 'json', value: {} } : { kind: 'none' }),
    },
  }),
  ...faultRows(openTo, [
    ['MSTORE-URL-19/lets-others-search', 'a search is open to every subscriber', 'search'],
    ['MSTORE-URL-19/lets-others-read', 'an object is open to every subscriber', 'read-object'],
    ['MSTORE-URL-19/lets-others-listen', 'audio is open to every subscriber', 'read-payload'],
    ['MSTORE-URL-19/lets-others-mark', 'a bulk change is open to every subscriber', 'bulk-update'],
    ['MSTORE-URL-19/lets-others-delete', 'a bulk deletion is open to every subscriber', 'bulk-delete'],
    ['MSTORE-URL-19/lets-others-upload', 'an upload is open to every subscriber', 'upload'],
    ['MSTORE-URL-19/lets-others-set-flags', 'setting a flag is open to every subscriber', 'set-flag'],
    ['MSTORE-URL-19/lets-others-clear-flags', 'clearing a flag is open to every subscriber', 'clear-flag'],
  ]),
  fault(
    'MSTORE-URL-19/clears-a-flag-of-another',
    'clear flag takes effect although it is refused: foreign mailbox',
    {
      authentication: {
        actsWhenRefused: (operation, kind) => operation === 'clear-flag' && kind === 'foreign-mailbox',
      },
    },
  ),
  fault('MSTORE-URL-19/lets-others-in', 'credentials of any subscriber open every mailbox', {
    authentication: { order: ['form', 'nonce', 'btid', 'lifetime', 'uri', 'response', 'nonce-use'] },
  }),
]

function openTo(open: MStoreOperation): MStorePatch {
  return { authentication: { isForOwner: (operation) => operation !== open } }
}

function reading(id: string, summary: string, read: RouteRules['read']): MStoreFault {
  return fault(id, summary, { routes: { read } })
}

function unknown() {
  return misread('target: expected another one')
}
