import { describe, expect, it } from 'vitest'
import {
  ALICE,
  folderUrl,
  MailboxTrial,
  objectUrl,
  START_MS,
  type Answered,
  type TrialUpload,
} from '../../tests/mstore-trial.ts'
import { fromUtf8, utf8 } from '#protocol/bytes.ts'
import { bulkUpdateBody } from '#protocol/mstore/bulk-requests.ts'
import { GREETING_ON, KEPT, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { searchBody } from '#protocol/mstore/search.ts'
import { buildUpload, uploadRoot } from '#protocol/mstore/upload.ts'
import { deployed } from './dialects.ts'
import { FAULTS } from './faults.ts'
import type { StoredObject } from './mailbox.ts'
import type { RulebookPatch } from './rulebook.ts'
import { patch } from '#mocks/rules/patch.ts'

const AREAS =
  /^MSTORE-(?:FOLDER|OBJECT|FLAG|SEARCH|BULKUPDATE|BULKDELETE|PAYLOAD|UPLOAD)-|^MSTORE-URL-(?:08|12|13|15|17)/
const about = FAULTS.filter(({ id }) => AREAS.test(id))

const missing = { folder: 'voicemails', number: 999_999 } as const
const recommended = {
  'content-duration': '7',
  date: '2020-02-03T04:05:06Z',
  'Message-Id': '1580702706789',
  'mime-version': '1.0',
  subject: 'Grüße "x" \\ y',
  'x-cns-greeting-type': 'voice-signature',
}

describe('a fault about what is in a mailbox', () => {
  const right = { documented: session({}), deployed: session(deployed) }

  it('is told from what is right: two sessions without one are the same', () => {
    expect(session({})).toEqual(right.documented)
    expect(about.length).toBeGreaterThan(200)
  })

  it.each(about.map((fault) => [fault.id, fault] as const))('shows: %s', (_id, fault) => {
    const rules = fault.dialect === 'deployed' ? patch<RulebookPatch>(deployed, fault.patch) : fault.patch
    expect(session(rules)).not.toEqual(right[fault.dialect])
  })
})

/** Everything that a client can do with a mailbox, and what it is answered; lists in one order. */
function session(rules: RulebookPatch): readonly string[] {
  const trial = new MailboxTrial(patch<RulebookPatch>({ bulkUpdate: telling, bulkDelete: telling }, rules))
  const told: string[] = []
  const tell = (...answers: readonly Answered[]) => told.push(...answers.map(shown))
  browse(trial, tell)
  flagEverything(trial, tell)
  search(trial, tell)
  upload(trial, tell)
  bulk(trial, tell)
  return told
}

/** Results are always told, so that chance does not decide what is compared. */
const telling = { hidesResults: () => false, order: <T>(results: readonly T[]) => results }

type Tell = (...answers: readonly Answered[]) => void

function browse(trial: MailboxTrial, tell: Tell): void {
  const objects = [
    trial.leave(),
    greet(trial, { attributes: recommended, audio: new Uint8Array(1600).fill(0xfb) }),
  ]
  const ids = [FOLDERS.voicemails.id, FOLDERS.greetings.id, '00000000-0000-4000-8000-000000000000']
  for (const folderId of ids) {
    for (const form of ['plain', 'encoded'] as const)
      tell(trial.ask('GET', { kind: 'folder', folderId, filter: { value: 'Quota', form } }))
    tell(trial.ask('GET', { kind: 'folder', folderId, filter: null }))
  }
  for (const object of [...objects, { ...objects[0], ...missing } as StoredObject]) {
    tell(look(trial, object), look(trial, object))
    for (const below of ['payloadParts/part1', 'payloadParts/part99', 'payload'])
      tell(trial.payload(object, below))
    tell(look(trial, object))
  }
  trial.leave({ expires: START_MS + 1, flags: [KEPT] })
  trial.leave({ expires: START_MS + 1 })
  trial.clock.advance(1000)
  tell(trial.folder('voicemails'), trial.search('voicemails'))
}

function flagEverything(trial: MailboxTrial, tell: Tell): void {
  const later = greet(trial, { flags: [SEEN, GREETING_ON] })
  const first = trial.objects('greetings')[0] ?? later
  const objects = [
    first,
    later,
    trial.leave(),
    trial.leave({ flags: [SEEN, KEPT] }),
    { ...first, number: 99 },
  ]
  for (const flag of [GREETING_ON, SEEN, RECENT, KEPT, '$Nonsense']) {
    for (const object of objects) {
      for (const method of ['PUT', 'PUT', 'DELETE', 'DELETE', 'PUT'] as const)
        tell(trial.flag(method, object, flag), look(trial, object))
      tell(trial.search('greetings'))
    }
    for (const operation of ['AddFlag', 'RemoveFlag']) {
      for (const object of objects)
        tell(trial.bulkUpdate(operation, [objectUrl(object)], [flag]), look(trial, object))
    }
  }
}

function search(trial: MailboxTrial, tell: Tell): void {
  trial.leave({ date: START_MS - 1000, flags: [SEEN] })
  for (const date of [0, 0, 0, 1000]) trial.leave({ date: START_MS + date })
  for (const name of ['voicemails', 'greetings'] as const) {
    const total = trial.objects(name).length
    for (const maxEntries of [1, 2, 10, 100, total - 1, total, total + 1])
      tell(...pages(trial, name, maxEntries))
  }
  const { selectionCriteria } = searchBody({ maxEntries: 10, scope: folderUrl('voicemails') })
  for (const over of [
    ...['searchScope', 'searchCriteria', 'sortCriteria', 'maxEntries'].map((name) => ({ [name]: undefined })),
    ...[0, -1, '10', 'many'].map((maxEntries) => ({ maxEntries })),
    { fromCursor: 'nonsense' },
    ...['voicemails', folderUrl('voicemails').replace('27a29814', '00000000')].map((resourceURL) => ({
      searchScope: { resourceURL },
    })),
  ]) {
    const body = JSON.stringify({ selectionCriteria: { ...selectionCriteria, ...over } })
    tell(trial.ask('POST', { kind: 'search' }, { body }))
  }
  tell(new MailboxTrial(trial.rules).search('greetings'))
}

function pages(
  trial: MailboxTrial,
  name: 'voicemails' | 'greetings',
  maxEntries: number,
): readonly Answered[] {
  const found: Answered[] = []
  let fromCursor: unknown
  do {
    const answered = trial.search(name, {
      maxEntries,
      ...(typeof fromCursor === 'string' ? { fromCursor } : {}),
    })
    found.push(answered)
    fromCursor = membersOf(membersOf(answered.json)['objectList'])['cursor']
  } while (typeof fromCursor === 'string' && fromCursor !== '' && found.length < 20)
  return found
}

function upload(trial: MailboxTrial, tell: Tell): void {
  for (const path of [FOLDERS.voicemails.path, FOLDERS.greetings.path, '/VV-Mail/Nowhere'])
    tell(trial.upload({ path }), trial.upload({ path, flags: [], attributes: recommended }))
  tell(
    trial.upload({ outerBoundary: '----a', innerBoundary: '----b' }),
    trial.upload({ outerBoundary: "a'(b)+c" }),
  )
  tell(trial.upload({ innerBoundary: 'outer' }))
  const root = uploadRoot({ parentFolderPath: FOLDERS.greetings.path, attributes: [], flags: [] })
  const whole = buildUpload({ root, audio: utf8('#!AMR\n'), outerBoundary: 'outer', innerBoundary: 'inner' })
  const text = fromUtf8(whole.body) ?? ''
  const [, first = '', second = ''] = text.split('--outer')
  for (const body of [
    ...[text.replace('parentFolderPath', 'parent'), text.replace('{"object"', '{object')],
    ...[`--outer${first}--outer--\r\n`, `--outer${second}--outer--\r\n`],
  ])
    tell(trial.ask('POST', { kind: 'upload' }, { contentType: whole.contentType, body }))
  for (const object of trial.objects('greetings')) tell(look(trial, object), trial.payload(object))
  tell(trial.folder('voicemails'), trial.folder('greetings'))
  for (const quota of ['TotalStorage', 'GreetingsQuota']) {
    const { subscriber } = trial.mailbox(ALICE)
    const quotas = new Map([...subscriber.quotas, [quota, 1] as const])
    trial.store.apply([{ kind: 'subscriber-stored', subscriber: { ...subscriber, quotas } }])
    tell(trial.upload({ audio: new Uint8Array(2000) }), trial.folder('greetings'))
    trial.store.apply([{ kind: 'subscriber-stored', subscriber }])
  }
}

function bulk(trial: MailboxTrial, tell: Tell): void {
  const [first, second, third] = [trial.leave(), trial.leave(), trial.leave()]
  const url = objectUrl(first)
  const nowhere = url.replace(/[^/]+$/, 'test')
  const extended = url.replace(
    'https://127.0.0.1:8443/phone20/mStoreRelay',
    'https://127.0.0.1:443/phone20/mStoreRelay?path=http://x:8082',
  )
  const greeting = greet(trial)
  for (const urls of [
    ...[[url], [objectUrl(second), url, url], [objectUrl(missing), url, objectUrl(second)]],
    ...[[nowhere, url, objectUrl(second)], [extended], [url.replace('%3A%2B', ':+')], []],
  ]) {
    for (const operation of ['AddFlag', 'AddFlag', 'RemoveFlag', 'RemoveFlag', 'Nonsense'])
      tell(trial.bulkUpdate(operation, urls), trial.search('voicemails'))
  }
  const body = {
    ...bulkUpdateBody({ urls: [url], operation: 'AddFlag', flags: [SEEN] }).bulkUpdate,
    flags: undefined,
  }
  tell(
    trial.ask('POST', { kind: 'bulk-update' }, { body: JSON.stringify({ bulkUpdate: body }) }),
    look(trial, first),
  )
  for (const urls of [
    [],
    [extended],
    [objectUrl(missing), url],
    [url, url],
    [nowhere, objectUrl(second)],
    [objectUrl(third), objectUrl(greeting)],
    [objectUrl(third)],
  ])
    tell(trial.bulkDelete(urls), trial.search('voicemails'), trial.folder('greetings'))
  tell(
    trial.payload(first),
    trial.ask('DELETE', { kind: 'bulk-delete' }),
    trial.ask('DELETE', { kind: 'bulk-delete' }, { body: '{}' }),
  )
  tell(trial.search('voicemails'), trial.search('greetings'))
  const twice = trial.leave()
  tell(trial.bulkDelete([objectUrl(twice), objectUrl(twice)]))
}

/** Uploads a greeting; where nothing came of it, one that is not there. */
function greet(trial: MailboxTrial, over: TrialUpload = {}): StoredObject {
  trial.upload(over)
  return trial.objects('greetings').at(-1) ?? { ...trial.leave(), folder: 'greetings', number: 1 }
}

function look(trial: MailboxTrial, { folder, number }: Pick<StoredObject, 'folder' | 'number'>): Answered {
  return trial.ask('GET', { kind: 'object', objectPath: `${FOLDERS[folder].id}%3A${number}` })
}

/** An answer as text; attributes and flags, whose order chance decides, are sorted. */
function shown({ status, headers, bytes, json }: Answered): string {
  const body = json === null ? Buffer.from(bytes).toString('latin1') : JSON.stringify(json, sorted)
  return `${status} ${JSON.stringify([...headers])} ${body}`
}

function sorted(name: string, value: unknown): unknown {
  return (name === 'attribute' || name === 'flag') && Array.isArray(value)
    ? value.toSorted((left, right) => JSON.stringify(left).localeCompare(JSON.stringify(right)))
    : value
}
