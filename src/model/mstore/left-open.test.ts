import { describe, expect, it } from 'vitest'
import { SEEN } from '#protocol/mstore/flags.ts'
import { FIRST, MStoreStory, page, SECOND, sight, withGreetings } from '../../../tests/mstore-story.ts'
import type { Values } from '../ask.ts'
import type { SeenObject } from './seen.ts'

const REFUSED = { status: 403 }

function voicemail(name: string, facts: Values = {}, flags: readonly string[] = [SEEN]): SeenObject {
  const all = new Map([['Message-Id', `id of ${name}`], ...Object.entries(facts)])
  return { name, folder: 'voicemails', flags, facts: all, dateMs: 0 }
}

function withVoicemails(count: number): MStoreStory {
  const story = new MStoreStory()
  const as = 'voicemail 1 of Alice'
  story.ask('leave voicemails', count === 1 ? { as } : { as, count: String(count) })
  return story
}

describe('while visual voicemail is off the model', () => {
  const off = () => {
    const story = withGreetings()
    story.ask('write the profile', { vvmon: 'false' })
    return story
  }

  it.each([
    ['search', { folder: 'greetings', as: 'cursor 3 of Alice' }],
    ['list a folder', { folder: 'greetings' }],
    ['read a folder', { folder: 'greetings' }],
    ['read an object', { object: FIRST }],
    ['download audio', { object: FIRST }],
    ['set a flag', { object: FIRST }],
    ['update in bulk', { operation: 'AddFlag', objects: FIRST }],
    ['delete in bulk', { objects: FIRST }],
  ])('lets a server refuse to %s', (operation, values) => {
    expect(off().ask(operation, values, REFUSED)).toBeNull()
    expect(off().ask(operation, values, { status: 500 })).not.toBeNull()
    expect(withGreetings().ask(operation, values, REFUSED)).not.toBeNull()
  })

  it('lets the profile be read and written all the same', () => {
    expect(off().ask('read the profile', {}, REFUSED)).toBe('MSTORE-PROFILE-01')
    expect(off().ask('write the profile', { vvmon: 'true' }, REFUSED)).toBe('MSTORE-PROFILE-16')
  })

  it('does not know whether a bulk request without results took effect', () => {
    for (const flags of [['\\Recent'], [SEEN]]) {
      const story = off()
      const update = { operation: 'RemoveFlag', objects: `${FIRST}, an unknown greeting` }
      expect(story.ask('update in bulk', update, REFUSED)).toBeNull()
      expect(story.ask('read an object', { object: FIRST }, { object: sight(FIRST, { flags }) })).toBeNull()
    }
  })
})

describe('of uploads the model', () => {
  const limits = (folder: string, over: Values = {}) => ({
    numbers: new Map(
      Object.entries({
        ...(folder === 'greetings'
          ? {
              GreetingsOccupied: '0',
              GreetingsQuota: '9',
              NormalGreetingOccupied: '0',
              NormalGreetingQuota: '9',
            }
          : { VMOccupiedMessages: '2', VMMessagesQuota: '9' }),
        ...(folder === 'greetings' ? { VoiceSignatureOccupied: '0', VoiceSignatureQuota: '9' } : {}),
        ...{ OccupiedStorage: '0', TotalStorage: '1000' },
        ...over,
      }),
    ),
  })
  const known = (over: { readonly voicemails?: Values; readonly greetings?: Values } = {}) => {
    const story = withVoicemails(2)
    for (const folder of ['voicemails', 'greetings'] as const)
      expect(story.ask('read a folder', { folder }, limits(folder, over[folder]))).toBeNull()
    return story
  }
  const upload = { as: 'greeting 2 of Alice' }
  const toInbox = { as: 'voicemail 2 of Alice', folder: 'voicemails' }

  it('wants those taken for which there is room', () => {
    expect(known().ask('upload a greeting', upload, REFUSED)).toBe('MSTORE-UPLOAD-01')
    expect(known().ask('upload a greeting', toInbox, REFUSED)).toBe('MSTORE-UPLOAD-05')
  })

  it('wants those refused that are beyond the quota of the inbox, or the storage', () => {
    const voicemails = { VMMessagesQuota: '2' }
    expect(known({ voicemails }).ask('upload a greeting', toInbox)).toBe('MSTORE-UPLOAD-49')
    expect(known({ voicemails }).ask('upload a greeting', toInbox, REFUSED)).toBeNull()
    const greetings = { TotalStorage: '0' }
    expect(known({ greetings }).ask('upload a greeting', upload)).toBe('MSTORE-UPLOAD-37')
    expect(known({ greetings }).ask('upload a greeting', upload, REFUSED)).toBeNull()
  })

  it('leaves open whether the folders share their storage', () => {
    const both = { voicemails: { TotalStorage: '10' }, greetings: { TotalStorage: '10' } }
    expect(known(both).ask('upload a greeting', upload, REFUSED)).toBeNull()
    expect(known(both).ask('upload a greeting', upload, { status: 201 })).toBeNull()
  })

  it('lets one be refused for a quota that was not read, and for audio of more than a minute', () => {
    expect(withVoicemails(25).ask('upload a greeting', toInbox, REFUSED)).toBeNull()
    expect(known().ask('upload a greeting', { ...upload, bytes: '32768' }, REFUSED)).toBeNull()
    expect(known().ask('upload a greeting', { ...upload, bytes: '1024' }, REFUSED)).toBe('MSTORE-UPLOAD-01')
  })
})

it('lets a bulk request of many objects be refused as a whole', () => {
  for (const [operation, values] of [
    ['update in bulk', { operation: 'RemoveFlag' }],
    ['delete in bulk', {}],
  ] as const)
    for (const seen of [{ status: 413 }, { status: 400, results: 'hidden' }] as const) {
      const story = withGreetings()
      const list = { ...values, objects: FIRST, 'unknown objects': '120' }
      expect(story.ask(operation, list, seen)).toBeNull()
      expect(story.ask('read an object', { object: FIRST }, { object: sight(FIRST) })).toBeNull()
    }
})

it('lets the expiry of a voicemail follow its flags, and be the same where none was changed', () => {
  const story = withVoicemails(1)
  const object = 'voicemail 1 of Alice'
  const read = (expires: string) =>
    story.ask('read an object', { object }, { object: voicemail(object, { expires }) })
  expect(read('2024-04-01T00:00:00Z')).toBeNull()
  expect(read('2024-05-01T00:00:00Z')).toBe('MSTORE-OBJECT-10')
  const results = [{ object, isSuccess: true }]
  story.ask('update in bulk', { operation: 'AddFlag', objects: object }, { results })
  expect(read('2024-05-01T00:00:00Z')).toBeNull()
  expect(read('2024-04-01T00:00:00Z')).toBe('MSTORE-OBJECT-10')
})

it('lets a server take the values of the profile in the case alone that is printed', () => {
  for (const name of ['nut', 'vvmon']) {
    expect(new MStoreStory().ask('write the profile', { [name]: 'True' }, { status: 400 })).toBeNull()
    expect(new MStoreStory().ask('write the profile', { [name]: 'true' }, { status: 400 })).toBe(
      'MSTORE-PROFILE-16',
    )
  }
})

it('lets a cursor that was used stand for the first page', () => {
  const story = withGreetings()
  const search = (as: string, from?: string): Values => ({
    ...{ folder: 'greetings', 'page size': '1', as: `cursor ${as} of Alice` },
    ...(from === undefined ? {} : { from: `cursor ${from} of Alice` }),
  })
  expect(story.ask('search', search('3'), page(true, sight(FIRST)))).toBeNull()
  expect(story.ask('search', search('4', '3'), page(true, sight(FIRST)))).toBe('MSTORE-SEARCH-22')
  expect(story.ask('search', search('4', '3'), page(false, sight(SECOND)))).toBeNull()
  expect(story.ask('search', search('5', '3'), page(true, sight(FIRST)))).toBeNull()
  expect(story.ask('search', search('6', '5'), page(false, sight(SECOND)))).toBeNull()
  expect(story.ask('search', search('7', '3'), page(true, sight(FIRST), sight(SECOND)))).not.toBeNull()
})

describe('of a mailbox that outlives the walk the model', () => {
  const [OLD, NEW] = ['the object at a', 'the object at b'].map((name) => voicemail(name))
  if (OLD === undefined || NEW === undefined) throw new Error('two voicemails')
  const listed = () => {
    const story = new MStoreStory({ makesMailboxes: false })
    expect(story.ask('list a folder', { folder: 'voicemails' }, page(false, OLD))).toBeNull()
    return story
  }
  const counted = (count: string) => ({
    numbers: new Map(Object.entries({ VMOccupiedMessages: count, VMMessagesQuota: '45' })),
  })

  it('takes in what a caller left meanwhile', () => {
    const story = listed()
    const first = { folder: 'voicemails', as: 'cursor 1 of Alice' }
    expect(story.ask('search', first, page(false, NEW, OLD))).toBeNull()
    expect(story.ask('read an object', { object: NEW.name }, { object: NEW })).toBeNull()
    expect(story.ask('read a folder', { folder: 'voicemails' }, counted('1'))).toBe('MSTORE-FOLDER-16')
  })

  it('takes more voicemails than are known for those of callers, and lists them anew', () => {
    const story = listed()
    const reading = { folder: 'voicemails' }
    const more = { numbers: new Map([...counted('2').numbers, ['OccupiedStorage', '9']]) }
    expect(story.ask('read a folder', reading, more)).toBeNull()
    expect(story.ask('list a folder', reading, page(false, NEW, OLD))).toBeNull()
    expect(story.ask('read a folder', reading, { numbers: counted('0').numbers })).toBe('MSTORE-FOLDER-16')
  })

  it('expects no greeting that it does not know', () => {
    const story = new MStoreStory({ makesMailboxes: false })
    story.ask('list a folder', { folder: 'greetings' }, page(false))
    const greeting = sight('the object at c')
    const search = { folder: 'greetings', as: 'cursor 1 of Alice' }
    expect(story.ask('search', search, page(false, greeting))).toBe('MSTORE-SEARCH-21')
  })
})

it('finds an object whose members name two', () => {
  const facts = (other: Values) => new Map(Object.entries(other))
  const read = (other: Values) =>
    withGreetings().ask(
      'read an object',
      { object: FIRST },
      { object: sight(FIRST, { facts: facts(other) }) },
    )
  expect(read({ correlationId: `id of ${FIRST}`, resourceURL: '/a', flagsURL: '/a/flags' })).toBeNull()
  expect(read({ correlationId: `id of ${SECOND}` })).toBe('MSTORE-OBJECT-34')
  expect(read({ resourceURL: '/a', flagsURL: '/b/flags' })).toBe('MSTORE-OBJECT-23')
})

describe('of a body that is nearly JSON the model', () => {
  const update = { operation: 'RemoveFlag', objects: FIRST, body: 'with a comment' }
  const read = (flags: readonly string[]) => (story: MStoreStory) =>
    story.ask('read an object', { object: FIRST }, { object: sight(FIRST, { flags }) })
  const [asBefore, asMeant] = [read([SEEN]), read(['\\Recent'])]

  it('takes a refusal that changes nothing, and what is meant', () => {
    const refusing = withGreetings()
    expect(refusing.ask('update in bulk', update, { status: 400 })).toBeNull()
    expect(asBefore(refusing)).toBeNull()
    const reading = withGreetings()
    expect(
      reading.ask('update in bulk', update, { results: [{ object: FIRST, isSuccess: true }] }),
    ).toBeNull()
    expect(asMeant(reading)).toBeNull()
  })

  it('does not take a success that changes nothing, nor one of JSON that is cut', () => {
    const results = [{ object: FIRST, isSuccess: true }]
    const story = withGreetings()
    expect(story.ask('update in bulk', update, { results })).toBeNull()
    expect(asBefore(story)).toBe('MSTORE-FLAG-31')
    const cut = { ...update, body: 'cut in half' }
    expect(withGreetings().ask('update in bulk', cut, { results })).toBe('MSTORE-BULKUPDATE-28')
  })

  it('takes a success that changes nothing where nothing says that it is to be refused', () => {
    for (const nut of ['false', 'true']) {
      const story = new MStoreStory()
      const profile = (value: string) => ({ profile: new Map([['nut', value]]) })
      expect(story.ask('read the profile', {}, profile('false'))).toBeNull()
      expect(story.ask('write the profile', { nut: 'true', body: 'in single quotes' })).toBeNull()
      expect(story.ask('read the profile', {}, profile(nut))).toBeNull()
    }
  })

  it('does not take a refusal that has an effect', () => {
    const story = withGreetings()
    expect(asBefore(story)).toBeNull()
    expect(story.ask('update in bulk', update, { status: 400 })).toBeNull()
    expect(asMeant(story)).toBe('MSTORE-BULKUPDATE-28')
  })
})
