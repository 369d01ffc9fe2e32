import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { BOB, MailboxTrial, objectUrl, ORIGIN, type Answered } from '../../tests/mstore-trial.ts'
import type { MStorePatch } from './rulebook.ts'
import { readBulkAnswer, shownFailure, shownSuccess, type BulkResult } from '#protocol/mstore/bulk-results.ts'
import { checkMstoreBody } from '#protocol/mstore/contracts.ts'
import { GREETING_ON, KEPT, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { deployed } from './dialects.ts'
import type { StoredObject } from './mailbox.ts'

/** The answer always has results, as for half of the requests it has. */
const telling: MStorePatch = {
  bulkUpdate: { hidesResults: () => false },
  bulkDelete: { hidesResults: () => false },
}
/** The answer has none where an object path is none. */
const hiding: MStorePatch = {
  bulkUpdate: { hidesResults: () => true },
  bulkDelete: { hidesResults: () => true },
}

const missing = { folder: 'voicemails', number: 999_999 } as const
const nowhere = `${ORIGIN}/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B15555558264/objects/test`
const extended =
  'https://127.0.0.1:443/phone20/mStoreRelay?path=http://x:8082/oemclient/nms/v1/ums/tel%3A%2B15555558264/objects/27a29814-dd8f-43ee-b768-19af98bf1d07%3A1'

const operations = {
  bulkUpdate: (trial: MailboxTrial, urls: readonly string[]) => trial.bulkUpdate('AddFlag', urls),
  bulkDelete: (trial: MailboxTrial, urls: readonly string[]) => trial.bulkDelete(urls),
}
const names = ['bulkUpdate', 'bulkDelete'] as const

/** Whether an object is as the operation leaves it. */
function isDone(trial: MailboxTrial, name: (typeof names)[number], { number }: StoredObject): boolean {
  const now = trial.objects('voicemails').find((object) => object.number === number)
  return name === 'bulkDelete' ? now === undefined : now?.seen === true
}

describe.each(names)('%s', (name) => {
  const run = operations[name]

  it('answers 200 and a success for each object', () => {
    const trial = new MailboxTrial()
    const objects = [trial.leave(), trial.leave()]
    const urls = objects.map((object) => objectUrl(object))
    const answered = run(trial, urls)
    expect(answered.status).toBe(200)
    expect(checkMstoreBody('bulk-answer', answered.json)).toEqual([])
    expect(resultsOf(answered).toSorted(byUrl)).toEqual(urls.map(shownSuccess).toSorted(byUrl))
    expect(objects.map((object) => isDone(trial, name, object))).toEqual([true, true])
  })

  it('answers a mixture with 500 and the results as text', () => {
    const trial = new MailboxTrial()
    const object = trial.leave()
    const answered = run(trial, [objectUrl(missing), objectUrl(object)])
    expect(answered).toMatchObject({ kind: 'mixed', status: 500 })
    expect(typeof membersOf(answered.json)['NWK_RSP']).toBe('string')
    expect(resultsOf(answered).toSorted(byUrl)).toEqual(
      [shownSuccess(objectUrl(object)), shownFailure(objectUrl(missing))].toSorted(byUrl),
    )
  })

  it('answers failures alone with 200', () => {
    const answered = run(new MailboxTrial(), [objectUrl(missing)])
    expect(answered).toMatchObject({ kind: 'failed', status: 200 })
    expect(resultsOf(answered)).toEqual([shownFailure(objectUrl(missing))])
  })

  it('gives one result for an object named twice', () => {
    const trial = new MailboxTrial()
    const url = objectUrl(trial.leave())
    expect(resultsOf(run(trial, [url, url, url.replace('%3A1', '%3a1')]))).toEqual([shownSuccess(url)])
  })

  it('lists results in an order of its own', () => {
    const trial = new MailboxTrial()
    const urls = Array.from({ length: 8 }, () => objectUrl(trial.leave()))
    expect(resultsOf(run(trial, urls)).map(({ url }) => url)).not.toEqual(urls)
  })

  it('does it to what is valid, also where the answer is an error without results', () => {
    const trial = new MailboxTrial(hiding)
    const [before, after, other] = [trial.leave(), trial.leave(), trial.leave()]
    const answered = run(trial, [objectUrl(before), nowhere, objectUrl(after)])
    expect(answered).toMatchObject({ status: 400, json: { error: 'MSTORE_RLY-MST_NWKERR' } })
    expect([before, after, other].map((object) => isDone(trial, name, object))).toEqual([true, true, false])
  })

  it('answers a path that no object has now with an error and now with a failure', () => {
    const trial = new MailboxTrial()
    const kinds = Array.from({ length: 20 }, () => run(trial, [nowhere]).kind)
    expect(new Set(kinds)).toEqual(new Set(['unaddressable', 'failed']))
  })

  it.each([
    ['extended', extended],
    ['of another mailbox', objectUrl({ folder: 'voicemails', number: 1 }, BOB)],
  ])('takes no URL that is %s', (_what, url) => {
    const trial = new MailboxTrial()
    const object = trial.leave()
    trial.leave({}, BOB)
    const [result] = resultsOf(run(trial, [url]))
    expect(result).toMatchObject({ kind: 'failure' })
    expect(result?.url).toMatch(/^https:\/\/127\.0\.0\.1:8443\/phone20\/mStoreRelay\/oemclient\//)
    expect(isDone(trial, name, object)).toBe(false)
    expect([...trial.mailbox(BOB).objects.values()]).toMatchObject([{ seen: false }])
  })

  it('refuses a list without objects', () => {
    const trial = new MailboxTrial()
    const object = trial.leave()
    expect(run(trial, [])).toMatchObject({ kind: 'malformed', status: 400 })
    expect(isDone(trial, name, object)).toBe(false)
  })

  const references = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 })
  test.prop([references, fc.boolean()])('changes exactly what is valid in any list', (numbers, hides) => {
    const trial = new MailboxTrial(hides ? hiding : telling)
    const objects = Array.from({ length: 5 }, () => trial.leave())
    const urls = numbers.map((number) =>
      number === 9 ? nowhere : objectUrl({ folder: 'voicemails', number }),
    )
    const answered = run(trial, urls)
    expect(objects.map((object) => isDone(trial, name, object))).toEqual(
      objects.map(({ number }) => numbers.includes(number)),
    )
    const listed = hides && numbers.includes(9) ? [] : [...new Set(urls)]
    expect(
      resultsOf(answered)
        .map(({ url }) => url)
        .toSorted(),
    ).toEqual(listed.toSorted())
  })
})

describe('bulkUpdate', () => {
  it('sets and clears the flag, and does it again without objection', () => {
    const trial = new MailboxTrial()
    const object = trial.leave()
    for (const [operation, flag] of [
      ['AddFlag', SEEN],
      ['AddFlag', SEEN],
      ['RemoveFlag', RECENT],
      ['RemoveFlag', RECENT],
    ] as const) {
      expect(trial.bulkUpdate(operation, [objectUrl(object)]).kind).toBe('done')
      expect(trial.read(object).flags).toEqual([flag])
    }
  })

  it.each([[RECENT], [KEPT], ['$Nonsense'], ['\\SEEN'], [SEEN, RECENT]])('changes no %s', (...flags) => {
    const trial = new MailboxTrial()
    const objects = [trial.leave(), trial.leave({ flags: [SEEN, KEPT] })]
    for (const operation of ['AddFlag', 'RemoveFlag']) {
      const answered = trial.bulkUpdate(
        operation,
        objects.map((object) => objectUrl(object)),
        flags,
      )
      expect(answered).toMatchObject({ kind: 'failed', status: 200 })
      expect(resultsOf(answered).map(({ kind }) => kind)).toEqual(['failure', 'failure'])
    }
    expect(trial.objects('voicemails')).toEqual(objects)
  })

  it.each([
    ['documented', {}, ['failed', 'failed']],
    ['deployed', deployed, ['failed', 'malformed']],
  ] as const)('changes no flag of greetings, %s', (_dialect, rules, expected) => {
    const trial = new MailboxTrial(rules)
    const objects = [trial.greeting({ flags: [GREETING_ON] }), trial.leave()]
    const kinds = objects.map(
      (object) => trial.bulkUpdate('RemoveFlag', [objectUrl(object)], [GREETING_ON]).kind,
    )
    expect(kinds).toEqual(expected)
    expect([...trial.objects('greetings'), ...trial.objects('voicemails')]).toEqual(objects)
  })

  it('takes flags of any case where it is the deployed one', () => {
    const trial = new MailboxTrial(deployed)
    const object = trial.leave()
    trial.bulkUpdate('AddFlag', [objectUrl(object)], ['\\SEEN'])
    expect(trial.read(object).flags).toEqual([SEEN])
  })

  it.each([
    { operation: 'Nonsense' },
    { operation: undefined },
    { objects: undefined },
    { objects: { objectReference: [{}] } },
    { flags: undefined },
    { flags: { flag: [] } },
    { flags: { flag: SEEN } },
  ])('refuses %j', (over) => {
    const trial = new MailboxTrial()
    const object = trial.leave()
    const objects = { objectReference: [{ resourceURL: objectUrl(object) }] }
    const bulkUpdate = { objects, operation: 'AddFlag', flags: { flag: [SEEN] }, ...over }
    const answered = trial.ask('POST', { kind: 'bulk-update' }, { body: JSON.stringify({ bulkUpdate }) })
    expect(answered).toMatchObject({ status: 400, json: { error: 'MSTORE_RLY-MST_NWKERR' } })
    expect(trial.objects('voicemails')).toEqual([object])
  })
})

describe('bulkDelete', () => {
  it('deletes objects of both folders, and fails the second time', () => {
    const trial = new MailboxTrial()
    const urls = [objectUrl(trial.leave()), objectUrl(trial.greeting())]
    expect(trial.bulkDelete(urls).kind).toBe('done')
    expect(trial.mailbox().objects.size).toBe(0)
    expect(trial.bulkDelete(urls).kind).toBe('failed')
    expect(trial.quota('greetings').get('GreetingsOccupied')).toBe('0')
  })

  it('never gives a number twice', () => {
    const trial = new MailboxTrial()
    trial.bulkDelete([objectUrl(trial.leave())])
    expect(trial.leave().number).toBe(2)
  })

  it.each(['', '{}', '{"bulkDelete":{}}', '[]'])('refuses the body %j', (body) => {
    expect(new MailboxTrial().ask('DELETE', { kind: 'bulk-delete' }, { body })).toMatchObject({ status: 400 })
  })
})

function resultsOf({ json }: Answered): readonly BulkResult[] {
  const answer = readBulkAnswer(json)
  return answer.kind === 'results' ? answer.results : []
}

function byUrl(left: BulkResult, right: BulkResult): number {
  return (left.url ?? '').localeCompare(right.url ?? '')
}
