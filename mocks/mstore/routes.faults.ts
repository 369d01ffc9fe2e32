import { parseError as misread } from '#protocol/parse-error.ts'
import { parseTarget } from '#protocol/mstore/endpoints.ts'
import { PROXY_PATH } from '#protocol/mstore/urls.ts'
import type { RouteRules } from './routes.ts'
import { fault, type MStoreFault } from './fault.ts'
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
  fault('MSTORE-URL-18/answers-200', 'a path that there is not answers 200', {
    ...everywhere('unknown-path', 200),
    wire: {
      fallback: ({ kind }) => (kind === 'unknown-path' ? { kind: 'json', value: {} } : { kind: 'none' }),
    },
  }),
  fault('MSTORE-URL-19/lets-others-in', 'credentials of any subscriber open every mailbox', {
    authentication: { order: ['form', 'nonce', 'btid', 'lifetime', 'uri', 'response', 'nonce-use'] },
  }),
]

function reading(id: string, summary: string, read: RouteRules['read']): MStoreFault {
  return fault(id, summary, { routes: { read } })
}

function unknown() {
  return misread('target: expected another one')
}
