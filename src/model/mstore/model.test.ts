import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { GREETING_ON, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import { loadRegister } from '#protocol/register.ts'
import {
  FIRST,
  MSTORE_KNOWN,
  MStoreStory,
  page,
  SECOND,
  sight,
  withGreetings,
} from '../../../tests/mstore-story.ts'
import type { Values } from '../ask.ts'
import { mstoreModel } from './model.ts'
import { mailboxOf } from './state.ts'

const REFUSED = { status: 404 }

it('names requirements of the register alone', () => {
  const { requirements } = loadRegister('mstore', 'documented')
  const folder = new URL('./', import.meta.url)
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const texts = files.map((file) => readFileSync(new URL(file, folder), 'utf8'))
  const named = texts.flatMap((text) => text.match(/MSTORE-[A-Z]+-\d+/g) ?? [])
  expect(named.length).toBeGreaterThan(100)
  expect(named.filter((id) => !requirements.has(id))).toEqual([])
})

describe('of objects the model', () => {
  it('expects one as it was uploaded, and then as it was seen', () => {
    const story = withGreetings()
    expect(story.ask('read an object', { object: FIRST }, { object: sight(FIRST) })).toBeNull()
    const other = sight(FIRST, { facts: new Map([['sourcenode', 'X']]) })
    expect(story.ask('read an object', { object: FIRST }, { object: other })).toBe('MSTORE-OBJECT-18')
  })

  it('takes a date as an instant', () => {
    const story = withGreetings()
    const other = sight(FIRST, { facts: new Map([['date', '2020-01-01T00:00:00.000+00:00']]) })
    expect(story.ask('read an object', { object: FIRST }, { object: other })).toBeNull()
  })

  it.each([
    ['another subject', sight(FIRST, { facts: new Map([['subject', 'x']]) }), 'MSTORE-UPLOAD-12'],
    ['no flag of two', sight(FIRST, { flags: [] }), 'MSTORE-FLAG-01'],
    ['a flag that it had not', sight(FIRST, { flags: [RECENT] }), 'MSTORE-FLAG-31'],
    ['the other object', sight(SECOND), 'MSTORE-OBJECT-42'],
  ])('finds %s', (_, object, requirement) => {
    expect(withGreetings().ask('read an object', { object: FIRST }, { object })).toBe(requirement)
  })

  it('leaves open whether a new greeting is active until it was seen', () => {
    const story = withGreetings()
    const active = sight(FIRST, { flags: [SEEN, GREETING_ON] })
    expect(story.ask('read an object', { object: FIRST }, { object: active })).toBeNull()
    expect(story.ask('read an object', { object: FIRST }, { object: sight(FIRST) })).toBe('MSTORE-FLAG-32')
  })

  it('expects nothing where one was deleted', () => {
    const story = withGreetings()
    const results = [{ object: FIRST, isSuccess: true }]
    expect(story.ask('delete in bulk', { objects: FIRST }, { results })).toBeNull()
    expect(story.ask('read an object', { object: FIRST }, REFUSED)).toBeNull()
    expect(story.ask('download audio', { object: FIRST }, { audio: `audio of ${FIRST}` })).toBe(
      'MSTORE-BULKDELETE-14',
    )
    expect(story.ask('search', { folder: 'greetings', as: 'c' }, page(false, sight(FIRST)))).toBe(
      'MSTORE-BULKDELETE-01',
    )
  })
})

describe('of bulk requests the model', () => {
  it('expects the effect whatever the status and the others are', () => {
    const story = withGreetings()
    const objects = `${FIRST}, an unknown greeting`
    const results = [{ object: FIRST, isSuccess: true }]
    const update = { operation: 'RemoveFlag', objects }
    expect(story.ask('update in bulk', update, { status: 500, results })).toBeNull()
    expect(story.ask('read an object', { object: FIRST }, { object: sight(FIRST) })).toBe('MSTORE-FLAG-31')
  })

  it('finds a result too many, one too few, and a failure without a reason', () => {
    const asked = { operation: 'AddFlag', objects: `${FIRST}, ${SECOND}` }
    const [first, second] = [FIRST, SECOND].map((object) => ({ object, isSuccess: true }))
    if (first === undefined || second === undefined) throw new Error('two results')
    const judge = (...results: readonly (typeof first)[]) =>
      withGreetings().ask('update in bulk', asked, { results })
    expect(judge(first, second)).toBeNull()
    expect(judge(first, second, first)).toBe('MSTORE-BULKUPDATE-09')
    expect(judge(first)).toBe('MSTORE-BULKUPDATE-19')
    expect(judge(first, { ...second, isSuccess: false })).toBe('MSTORE-BULKUPDATE-01')
  })
})

describe('of pages the model', () => {
  const search = (from?: string): Values => ({
    folder: 'greetings',
    'page size': '1',
    as: from === undefined ? 'cursor 3 of Alice' : 'cursor 4 of Alice',
    ...(from === undefined ? {} : { from }),
  })

  it('expects every object on one of them, and no cursor behind the last', () => {
    const story = withGreetings()
    expect(story.ask('search', search(), page(true, sight(FIRST)))).toBeNull()
    const behind = search('cursor 3 of Alice')
    expect(story.ask('search', behind, page(false))).toBe('MSTORE-SEARCH-26')
    expect(story.ask('search', behind, page(false, sight(FIRST)))).toBe('MSTORE-SEARCH-22')
    expect(story.ask('search', behind, page(true, sight(SECOND)))).toBe('MSTORE-SEARCH-08')
    expect(story.ask('search', behind, page(false, sight(SECOND)))).toBeNull()
  })

  it('finds an older object before a newer one', () => {
    const story = withGreetings()
    const older = sight(FIRST, { dateMs: 0 })
    expect(story.ask('search', { folder: 'greetings', as: 'c' }, page(false, older, sight(SECOND)))).toBe(
      'MSTORE-SEARCH-05',
    )
  })

  it('lets a cursor lose its meaning once the folder changed', () => {
    const story = withGreetings()
    story.ask('search', search(), page(true, sight(FIRST)))
    story.ask('upload a greeting', { as: 'greeting 5 of Alice' }, { status: 201 })
    expect(story.ask('search', search('cursor 3 of Alice'), { status: 400 })).toBeNull()
  })
})

describe('of a scope beside the folder the model', () => {
  it('expects a refusal, or nothing on the page', () => {
    const beside = { folder: 'greetings', id: 'with another last character', as: 'c' }
    expect(withGreetings().ask('search', beside, { status: 404 })).toBeNull()
    expect(withGreetings().ask('search', beside, page(false))).toBeNull()
    expect(withGreetings().ask('search', beside, page(false, sight(FIRST)))).toBe('MSTORE-SEARCH-19')
  })
})

describe('of credentials the model', () => {
  it.each([
    ['none', 'MSTORE-AUTH-01'],
    ['another key', 'MSTORE-AUTH-27'],
    ['for the method GET', 'MSTORE-AUTH-30'],
    ['those of Bob', 'MSTORE-URL-19'],
  ])('wants %s refused, without an effect', (credentials, requirement) => {
    const story = withGreetings()
    const call = { object: FIRST, credentials }
    story.ask('read an object', { object: FIRST }, { object: sight(FIRST) })
    expect(story.ask('set a flag', call, { status: 204 })).toBe(requirement)
    expect(story.ask('set a flag', call, { status: 401 })).toBeNull()
    const active = sight(FIRST, { flags: [SEEN, GREETING_ON] })
    expect(story.ask('read an object', { object: FIRST }, { object: active })).toBe(requirement)
  })

  it('leaves open what becomes of an earlier challenge', () => {
    const story = withGreetings()
    story.ask('take a challenge', { as: 'challenge 3 of Alice' }, { status: 401 })
    const call = { object: FIRST, credentials: 'answering challenge 3 of Alice' }
    expect(story.ask('set a flag', call, { status: 401 })).toBeNull()
    expect(story.ask('set a flag', call, { status: 204 })).toBeNull()
    expect(mailboxOf(story.state, 'Alice').objects.get(FIRST)?.flags[GREETING_ON]).toBe(true)
  })
})

describe('of the profile the model', () => {
  const profile = (values: Values) => ({ profile: new Map(Object.entries(values)) })

  it('expects what was written, and all else as it was', () => {
    const story = new MStoreStory()
    story.ask('read the profile', {}, profile({ nut: 'false', vvmon: 'true', Language: 'eng' }))
    expect(story.ask('write the profile', { nut: 'true' })).toBeNull()
    const changed = profile({ nut: 'True', vvmon: 'true', Language: 'fra' })
    expect(story.ask('read the profile', {}, changed)).toBe('MSTORE-PROFILE-17')
    expect(story.ask('read the profile', {}, profile({ nut: 'false', vvmon: 'true', Language: 'eng' }))).toBe(
      'MSTORE-PROFILE-18',
    )
    expect(
      story.ask('read the profile', {}, profile({ nut: 'True', vvmon: 'true', Language: 'eng' })),
    ).toBeNull()
  })

  it('expects nothing of an attribute whose name is a character longer', () => {
    const story = new MStoreStory()
    story.ask('read the profile', {}, profile({ nut: 'false' }))
    expect(story.ask('write the profile', { nut2: 'true' })).toBeNull()
    expect(story.ask('read the profile', {}, profile({ nut: 'true' }))).toBe('MSTORE-PROFILE-26')
  })

  it('lets a server write what may be written, or not', () => {
    for (const language of ['eng', 'fra']) {
      const story = new MStoreStory()
      story.ask('read the profile', {}, profile({ Language: 'eng' }))
      expect(story.ask('write the profile', { Language: 'fra' })).toBeNull()
      expect(story.ask('read the profile', {}, profile({ Language: language }))).toBeNull()
    }
  })
})

describe('of PINs the model', () => {
  const refused = (reason: string) => ({ status: 403, reason })
  const active = { profile: new Map([['vvmon', 'true']]) }

  it('expects the first right change to be taken, and a wrong one never', () => {
    const story = new MStoreStory()
    story.ask('read the profile', {}, active)
    expect(story.ask('change the PIN', { from: 'PIN 1', to: 'PIN 2' })).toBe('MSTORE-PIN-14')
    expect(story.ask('change the PIN', { from: 'PIN 0', to: 'PIN 1' }, refused('PIN in Use'))).toBe(
      'MSTORE-PIN-01',
    )
    expect(story.ask('change the PIN', { from: 'PIN 0', to: 'PIN 1' })).toBeNull()
    const second = { from: 'PIN 1', to: 'PIN 2' }
    expect(story.ask('change the PIN', second, refused('PIN recently Changed'))).toBeNull()
    expect(story.ask('change the PIN', second, refused('Invalid OLD PIN'))).toBe('MSTORE-PIN-16')
  })
})

it('reads audio of each size at the end, the latest of those of one size', () => {
  const story = withGreetings()
  story.ask('upload a greeting', { as: 'greeting 3 of Alice', bytes: '64' }, { status: 201 })
  const model = mstoreModel(MSTORE_KNOWN)
  const downloads = model.audit(story.state).filter(({ operation }) => operation === 'download audio')
  expect(downloads.map(({ values }) => values['object'])).toEqual([SECOND, 'greeting 3 of Alice'])
})

describe('of folders the model', () => {
  const numbers = (occupied: string, storage = '0') => ({
    numbers: new Map([
      ['GreetingsOccupied', occupied],
      ['GreetingsQuota', '2'],
      ['NormalGreetingOccupied', occupied],
      ['NormalGreetingQuota', '2'],
      ['VoiceSignatureOccupied', '0'],
      ['VoiceSignatureQuota', '2'],
      ['OccupiedStorage', storage],
    ]),
  })

  it('expects what is in them to be counted, and no upload beyond their quota', () => {
    const story = withGreetings()
    expect(story.ask('read a folder', { folder: 'greetings' }, numbers('1'))).toBe('MSTORE-FOLDER-18')
    expect(story.ask('read a folder', { folder: 'greetings' }, numbers('2', '99'))).toBe('MSTORE-FOLDER-12')
    expect(story.ask('read a folder', { folder: 'greetings' }, numbers('2'))).toBeNull()
    expect(story.ask('upload a greeting', { as: 'greeting 3 of Alice' }, { status: 201 })).toBe(
      'MSTORE-UPLOAD-37',
    )
    expect(story.ask('upload a greeting', { as: 'greeting 3 of Alice' }, { status: 403 })).toBeNull()
  })
})
