import { escapedTexts } from '#protocol/json-escapes.ts'
import { utf8 } from '#protocol/bytes.ts'
import type { Json, Reply, WireAnswer } from '#mocks/engine/reply.ts'
import { ofBoth } from './bulk.variants.ts'
import { handWritten } from './fault-patches.ts'
import { jsonContent } from './decisions.ts'
import { documented } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { search } = documented
const ANY_SPELLING = 'JSON of another spelling is the same JSON'
const EVERYWHERE = [
  'MSTORE-PROFILE',
  'MSTORE-FOLDER',
  'MSTORE-OBJECT',
  'MSTORE-SEARCH',
  'MSTORE-BULKUPDATE',
  'MSTORE-BULKDELETE',
  'MSTORE-ERROR',
]

/** Answers that are written otherwise, and right. */
export const ANSWER_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-OBJECT-01/escapes-every-character',
    summary: 'JSON has an escape for every character of its texts, and blanks around them',
    open: ANY_SPELLING,
    patch: { wire: { jsonText: escaped, jsonType: 'Text/JSON;Charset="utf-8"' } },
    areas: EVERYWHERE,
    alone: true,
  }),
  variant({
    id: 'MSTORE-OBJECT-01/types-no-json',
    summary: 'JSON has no Content-Type',
    open: 'the specification names no type of an answer in JSON',
    patch: { wire: { transform: untyped } },
    areas: EVERYWHERE,
    alone: true,
  }),
  variant({
    id: 'MSTORE-TRANSPORT-04/writes-headers-tightly',
    summary: 'header values have no blank in front, or several and a tab, beside fields that stand twice',
    open: 'blanks around the value of a header mean nothing (RFC 7230, section 3.2)',
    patch: { wire: { transform: tight } },
    areas: ['MSTORE-AUTH', 'MSTORE-PIN', 'MSTORE-PAYLOAD'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-AUTH-01/answers-with-pages',
    summary: 'every answer without content but those to flag calls has a page of HTML',
    open: 'nothing is said of the bodies of refusals',
    patch: { wire: { transform: paged } },
    areas: [
      'MSTORE-TRANSPORT',
      'MSTORE-PIN',
      'MSTORE-PROFILE',
      'MSTORE-FOLDER',
      'MSTORE-UPLOAD',
      'MSTORE-URL',
    ],
    alone: true,
  }),
  variant({
    id: 'MSTORE-BULKUPDATE-11/names-the-error-beside-the-results',
    summary: 'results other than successes alone answer 502 and NWK_RSP beside the network error',
    open: '"a JSON body containing the key NWK_RSP" may contain others',
    areas: ['MSTORE-BULKDELETE'],
    patch: ofBoth(
      {
        wrapped: (list) => ({ error: 'MSTORE_RLY-MST_NWKERR', NWK_RSP: escaped(list as Json) }),
        content: (list, kind, wrapped) => jsonContent(kind === 'done' ? list : wrapped(list)),
      },
      { mixed: 502, failed: 502 },
    ),
    alone: true,
  }),
  variant({
    id: 'MSTORE-SEARCH-06/pages-of-any-size',
    summary: 'how many objects a page holds follows no rule',
    open: '"Maximum number of entries to return in one page": a page may hold fewer',
    patch: {
      search: {
        page: (objects, { maxEntries, fromCursor }) => {
          const most =
            1 + ((objects.length + (fromCursor ?? '').length * 5 + Number((fromCursor ?? '0').at(-1))) % 4)
          return search.page(objects, { maxEntries: Math.min(maxEntries, most), fromCursor })
        },
      },
    },
    areas: ['MSTORE-UPLOAD'],
    alone: true,
  }),
]

/** With blanks around each text, none of which has a quotation mark in it any more. */
function escaped(value: Json): string {
  return escapedTexts(JSON.stringify(value, null, 1)).replace(/"[^"]*"/g, (text) => ` ${text}\r\n`)
}

function untyped(reply: Reply): Reply {
  return {
    ...reply,
    headers: reply.headers.filter(([name, value]) => name !== 'Content-Type' || !value.includes('json')),
  }
}

function tight(reply: Reply): WireAnswer {
  const fields = reply.headers.map(([name, value], place) =>
    place % 2 === 0 ? `${name}:${value} \t` : `${name}:\t  ${value}`,
  )
  return handWritten(
    { ...reply, headers: [] },
    {
      lines: [
        'Set-Cookie:a=1',
        'X-Empty:',
        ...fields,
        'Set-Cookie: b="2, 3"',
        `Content-Length:${reply.body.length}  `,
      ],
    },
  )
}

function paged(
  reply: Reply,
  { operation, kind }: { readonly operation: string; readonly kind: string },
): WireAnswer {
  const isFlag =
    operation.endsWith('-flag') && ['set', 'cleared', 'already-set', 'already-clear'].includes(kind)
  const isContent =
    reply.body.length > 0 || reply.headers.some(([name]) => name === 'Content-Transfer-Encoding')
  if (isContent || reply.status === 204 || isFlag) return reply
  return {
    ...reply,
    headers: [['Content-Type', 'text/html'], ...reply.headers],
    body: utf8(`<h1>${reply.status}</h1>\n`),
  }
}
