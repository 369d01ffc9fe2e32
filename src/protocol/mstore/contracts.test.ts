import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../package-root.ts'
import { bulkDeleteBody, bulkUpdateBody } from './bulk-requests.ts'
import { bulkAnswer, shownFailure, shownSuccess, wrappedBulkAnswer } from './bulk-results.ts'
import type { MstoreBody } from './contracts.ts'
import { MSTORE_BODIES, checkMstoreBody } from './contracts.ts'
import { folderBody } from './folder-body.ts'
import { NETWORK_ERROR_BODY } from './network-error.ts'
import { objectMembers } from './objects.ts'
import { pinChangeBody, profileBody, sampleProfile } from './profile.ts'
import { searchAnswer, searchBody } from './search.ts'
import { uploadRoot } from './upload.ts'
import { extendedUrl, mailboxPath, simpleUrl } from './urls.ts'

const mailbox = mailboxPath('+11234567890')
const url = simpleUrl('https://wsg.t-mobile.com', `${mailbox}/objects/x%3A18`)
const extended = extendedUrl('wsg.t-mobile.com', `${mailbox}/objects/x%3A18`)
const object = objectMembers({
  parentFolder: extended,
  attributes: new Map([['date', '2024-01-01T00:00:00Z']]),
  flags: ['\\Seen'],
  flagsURL: `${extended}/flags`,
  resourceURL: extended,
  path: '/VV-Mail/Inbox/18',
  payloadURL: `${extended}/payload`,
  payloadPart: {
    contentType: 'audio/amr',
    size: '1234',
    contentEncoding: 'base64',
    contentDisposition: 'attachment; filename="voicemail-20240101000000.amr"',
    href: `${extended}/payloadParts/part1`,
  },
  correlationId: 'c',
})
const profile = profileBody(sampleProfile())
const folder = folderBody({
  parentFolder: extended,
  resourceURL: extended,
  values: [['OccupiedStorage', '0']],
})
const search = searchBody({ maxEntries: 10, scope: url })
const { selectionCriteria } = search
const update = bulkUpdateBody({ urls: [url], operation: 'AddFlag', flags: ['\\Seen'] })
const upload = uploadRoot({
  parentFolderPath: '/VV-Mail/Greetings',
  attributes: [['subject', 'x']],
  flags: ['\\Seen'],
})

const fitting: Readonly<Record<MstoreBody, readonly unknown[]>> = {
  error: [NETWORK_ERROR_BODY],
  profile: [profile, profileBody([]), { ...profile, more: 1 }],
  'profile-update': [profileBody([['nut', 'false']])],
  'pin-change': [pinChangeBody({ oldPin: '1397', newPin: '2580' })],
  folder: [folder],
  object: [{ object }],
  search: [search, searchBody({ maxEntries: 1, scope: url, fromCursor: 'zz%/é:A' })],
  'search-answer': [searchAnswer([], null), searchAnswer([object, object], '1704085200000:D')],
  'bulk-update': [update],
  'bulk-delete': [bulkDeleteBody([url, url])],
  'bulk-answer': [bulkAnswer([shownSuccess(url), shownFailure(url)]), bulkAnswer([])],
  'network-response': [wrappedBulkAnswer([shownSuccess(url)])],
  'upload-root': [upload, { object: { parentFolderPath: '/VV-Mail/Inbox' } }],
}

const [part] = object.payloadPart
const [success, failure] = bulkAnswer([shownSuccess(url), shownFailure(url)]).bulkResponseList.response
const answerOf = (item: unknown) => ({ bulkResponseList: { response: [item] } })

const misfits: readonly (readonly [MstoreBody, unknown, string])[] = [
  ['error', { error: 'x' }, '/error: expected "MSTORE_RLY-MST_NWKERR", got "x"'],
  ['error', { ...NETWORK_ERROR_BODY, detail: 'x' }, 'body: expected no further members'],
  ['profile', { vvmserviceProfile: {} }, '/vvmserviceProfile: expected member attributes, got none'],
  [
    'profile',
    { vvmserviceProfile: { attributes: { attribute: [{ name: 'a', value: ['x', 'y'] }] } } },
    '/vvmserviceProfile/attributes/attribute/0/value: expected at most 1 items',
  ],
  ['profile-update', profileBody([]), 'expected at least 1 items, got []'],
  [
    'pin-change',
    profileBody([
      ['OLD_PWD', '1397'],
      ['nut', 'true'],
    ]),
    '/1/name: expected one of ["OLD_PWD","PWD"]',
  ],
  ['pin-change', profileBody([['PWD', '1397']]), 'expected at least 2 items'],
  [
    'folder',
    { folder: { ...folder.folder, parentFolder: url } },
    '/folder/parentFolder: expected text matching',
  ],
  [
    'folder',
    { folder: { ...folder.folder, attributes: { attribute: [] } } },
    '/folder/attributes: expected member resourceURL, got none',
  ],
  ['object', { object: { ...object, payloadPart: [] } }, '/object/payloadPart: expected at least 1 items'],
  [
    'object',
    { object: { ...object, payloadPart: [{ ...part, size: 1234 }] } },
    '/size: expected string, got 1234',
  ],
  ['object', { object: { ...object, resourceURL: url } }, '/object/resourceURL: expected text matching'],
  ['object', object, 'body: expected member object, got none'],
  [
    'search',
    { selectionCriteria: { ...selectionCriteria, maxEntries: '10' } },
    '/maxEntries: expected integer',
  ],
  [
    'search',
    { selectionCriteria: { ...selectionCriteria, fromCursor: null } },
    '/fromCursor: expected string, got null',
  ],
  [
    'search',
    searchBody({ maxEntries: 10, scope: extended }),
    '/searchScope/resourceURL: expected text matching',
  ],
  ['search-answer', searchAnswer([], ''), '/objectList/cursor: expected at least 1 characters, got ""'],
  [
    'search-answer',
    { objectList: { object: [{ object }] } },
    '/objectList/object/0: expected member parentFolder',
  ],
  [
    'bulk-update',
    { bulkUpdate: { ...update.bulkUpdate, operation: 'Nonsense' } },
    '/bulkUpdate/operation: expected one of',
  ],
  ['bulk-delete', bulkDeleteBody([extended]), '/resourceURL: expected text matching'],
  ['bulk-delete', { bulkDelete: { objectReference: [] } }, '/bulkDelete: expected member objects, got none'],
  ['bulk-answer', answerOf({ ...success, code: 200 }), '/code: expected string, got 200'],
  ['bulk-answer', answerOf({ ...success, ...failure, code: '200' }), '/failure: expected none'],
  ['bulk-answer', answerOf({ ...success, code: '400' }), '/code: expected text matching ^2'],
  ['bulk-answer', answerOf({ ...failure, code: '200' }), '/code: expected text matching ^[^2]'],
  [
    'bulk-answer',
    answerOf({ code: '400', reason: 'x' }),
    '/bulkResponseList/response/0: expected member failure, got none',
  ],
  ['network-response', { NWK_RSP: {} }, '/NWK_RSP: expected string, got {}'],
  ['upload-root', { object: { parentFolderPath: '/x' } }, '/object/parentFolderPath: expected one of'],
  ['upload-root', upload.object, 'body: expected member object, got none'],
]

describe('the bodies of mStore', () => {
  test('have one schema each, and share one file of definitions', () => {
    const files = readdirSync(join(PACKAGE_ROOT, 'schemas/mstore'))
    expect(files.sort()).toEqual([...MSTORE_BODIES, 'definitions'].map((name) => `${name}.json`).sort())
  })

  test.each(MSTORE_BODIES.flatMap((name) => fitting[name].map((body) => [name, body] as const)))(
    '%s: %j fits',
    (name, body) => {
      expect(checkMstoreBody(name, JSON.parse(JSON.stringify(body)))).toEqual([])
    },
  )

  test.each(misfits)('%s: %j does not fit', (name, body, mistake) => {
    expect(checkMstoreBody(name, JSON.parse(JSON.stringify(body)))).toContainEqual(
      expect.stringContaining(mistake),
    )
  })

  test('MSTORE-PIN-17: report a PIN that is no text, and never show a PIN', () => {
    const change = (value: unknown) => ({
      vvmserviceProfile: {
        attributes: {
          attribute: [
            { name: 'OLD_PWD', value: [value] },
            { name: 'PWD', value: ['2580'] },
          ],
        },
      },
    })
    expect(checkMstoreBody('pin-change', change(0))).toEqual([
      '/vvmserviceProfile/attributes/attribute/0/value/0: expected string, got 0',
    ])
    expect(checkMstoreBody('pin-change', change('1397'))).toEqual([])
  })
})
