import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { ALICE, BOB, folderUrl, MailboxTrial, START_MS, type Answered } from '../../tests/mstore-trial.ts'
import { checkMstoreBody } from '#protocol/mstore/contracts.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { readObject } from '#protocol/mstore/objects.ts'
import { searchBody } from '#protocol/mstore/search.ts'
import { deployed } from './dialects.ts'

describe('a search', () => {
  it('lists the objects of one folder as GET shows them', () => {
    const trial = new MailboxTrial()
    const voicemail = trial.leave()
    trial.upload()
    const answered = trial.search('voicemails')
    expect(answered.status).toBe(200)
    expect(checkMstoreBody('search-answer', answered.json)).toEqual([])
    const read = trial.read(voicemail)
    expect(itemsOf(answered).map((item) => sorted(item))).toEqual([sorted(read)])
    expect(trial.objects('voicemails')).toEqual([voicemail])
  })

  test.prop([
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 }),
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 0, max: 12 }),
  ])('yields each object once, newest first, whatever is deleted on the way', (dates, maxEntries, victim) => {
    const trial = new MailboxTrial()
    const left = dates.map((day) => trial.leave({ date: START_MS + day * 1000 }))
    const expected = left
      .toSorted((one, other) => other.dateMs - one.dateMs || other.number - one.number)
      .map(({ number }) => number)
    const seen: number[] = []
    let cursor: string | undefined
    let deleted: number | null = null
    do {
      const answered = trial.search('voicemails', {
        maxEntries,
        ...(cursor === undefined ? {} : { fromCursor: cursor }),
      })
      const page = numbersOf(answered)
      expect(page.length).toBeLessThanOrEqual(maxEntries)
      seen.push(...page)
      cursor = cursorOf(answered)
      deleted ??= remove(trial, page.at(-1), victim)
    } while (cursor !== undefined)
    expect(seen).toEqual(expected)
  })

  it('has no cursor on the last page, also where the page is just full', () => {
    const trial = new MailboxTrial()
    trial.leave()
    trial.leave()
    const keys = [1, 2, 3].map((maxEntries) => cursorOf(trial.search('voicemails', { maxEntries })))
    expect(keys.map((cursor) => typeof cursor)).toEqual(['string', 'undefined', 'undefined'])
  })

  it('of an empty folder is an empty list, of the deployed server nothing', () => {
    expect(new MailboxTrial().search('greetings')).toMatchObject({
      status: 200,
      json: { objectList: { object: [] } },
    })
    expect(new MailboxTrial(deployed).search('greetings')).toMatchObject({
      status: 204,
      bytes: new Uint8Array(),
    })
  })

  it('takes the number of the scope encoded and as it is', () => {
    const trial = new MailboxTrial()
    trial.leave()
    const scope = folderUrl('voicemails')
    for (const url of [scope, scope.replace('%3A%2B', ':+')])
      expect(ask(trial, { scope: url }).kind).toBe('found')
  })

  it.each([
    ['of another mailbox', folderUrl('voicemails', BOB)],
    [
      'that is extended',
      'https://127.0.0.1:443/phone20/mStoreRelay?path=http://x:8082/oemclient/nms/v1/ums/tel%3A%2B15555558264/folders/27a29814-dd8f-43ee-b768-19af98bf1d07',
    ],
    ['of no folder', folderUrl('voicemails', ALICE).replace('27a29814', '00000000')],
    ['that is no URL', 'voicemails'],
  ])('with a scope %s is refused', (_what, scope) => {
    const trial = new MailboxTrial()
    trial.leave()
    trial.leave({}, BOB)
    expect(ask(trial, { scope })).toMatchObject({ kind: 'unknown-folder', status: 404 })
  })

  it.each([
    ['maxEntries', 0],
    ['maxEntries', -1],
    ['maxEntries', '10'],
    ['maxEntries', undefined],
    ['fromCursor', null],
    ['searchScope', undefined],
    ['searchCriteria', undefined],
    ['searchCriteria', { operator: 'And', criterion: [{ type: 'Date', value: '' }] }],
    ['sortCriteria', undefined],
    ['sortCriteria', { criterion: [{ type: 'Date', order: 'Ascending' }] }],
  ])('with %s as %j is malformed', (name, value) => {
    expect(ask(new MailboxTrial(), {}, { [name]: value })).toMatchObject({
      ...{ kind: 'malformed', status: 400 },
      json: { error: 'MSTORE_RLY-MST_NWKERR' },
    })
  })

  it('refuses a cursor that was never given out', () => {
    const trial = new MailboxTrial()
    trial.leave()
    expect(trial.search('voicemails', { fromCursor: 'nonsense' })).toMatchObject({
      ...{ kind: 'bad-cursor', status: 400 },
      json: { error: 'MSTORE_RLY-MST_NWKERR' },
    })
  })

  it('wants its body typed', () => {
    const body = JSON.stringify(searchBody({ maxEntries: 1, scope: folderUrl('voicemails') }))
    const answered = new MailboxTrial().ask('POST', { kind: 'search' }, { body, contentType: 'text/plain' })
    expect(answered.kind).toBe('malformed')
  })
})

function ask(
  trial: MailboxTrial,
  over: { readonly scope?: string },
  members: Readonly<Record<string, unknown>> = {},
) {
  const { selectionCriteria } = searchBody({ maxEntries: 10, scope: folderUrl('voicemails'), ...over })
  const body = JSON.stringify({ selectionCriteria: { ...selectionCriteria, ...members } })
  return trial.ask('POST', { kind: 'search' }, { body })
}

function itemsOf({ json }: Answered) {
  return (membersOf(membersOf(json)['objectList'])['object'] as readonly unknown[]).map(readObject)
}

function cursorOf({ json }: Answered): string | undefined {
  return membersOf(membersOf(json)['objectList'])['cursor'] as string | undefined
}

function numbersOf(answered: Answered): readonly number[] {
  return itemsOf(answered).map((item) => Number('path' in item ? item.path?.split('/').at(-1) : Number.NaN))
}

/** An object with its lists in one order. */
function sorted(item: ReturnType<typeof readObject>) {
  return 'attributes' in item
    ? { ...item, attributes: [...item.attributes].toSorted(), flags: item.flags.toSorted() }
    : item
}

/** Deletes the object that a cursor stands behind, where it is the victim. */
function remove(trial: MailboxTrial, number: number | undefined, victim: number): number | null {
  const object = trial.objects('voicemails').find((each) => each.number === number && each.number === victim)
  trial.bulkDelete(object === undefined ? [] : [urlOf(object.number)])
  return object?.number ?? null
}

function urlOf(number: number): string {
  return folderUrl('voicemails').replace('/folders/', '/objects/') + `%3A${number}`
}
