import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadRegister } from '#protocol/register.ts'
import { key, push, Story } from '../../../tests/relay-story.ts'
import type { Values } from '../ask.ts'
import type { SeenKey, SeenPush } from './seen.ts'

const TO_BOB: Values = { to: 'Bob', as: 'message 1 of Alice' }
const OF_BOB: Values = { of: 'Bob' }

describe('credentials', () => {
  it.each([
    ['none', 'RELAY-AUTH-02'],
    ['other case', 'RELAY-AUTH-14'],
    ['password of Bob', 'RELAY-DIRECTORY-07'],
    ['unknown number', 'RELAY-AUTH-04'],
  ])('refuses %s with 401 alone', (credentials, requirement) => {
    const story = Story.registered()
    const asked = (status: number) =>
      story.ask('Alice query the directory', { credentials, 'unused numbers': '1' }, { status, contacts: [] })
    expect(asked(401)).toBeNull()
    expect(asked(404)).toBe(requirement)
    expect(asked(200)).toBe(requirement)
  })

  it('lets any refusal of an ask pass that is wrong in two ways', () => {
    const story = Story.registered()
    const twice = { ...TO_BOB, number: 'an unused number', credentials: 'wrong' }
    expect(story.ask('Alice send messages', twice, { status: 404 })).toBeNull()
    expect(story.ask('Alice send messages', twice, { status: 500 })).toBe('RELAY-MESSAGE-02')
  })

  it('takes the password of an earlier registration no more', () => {
    const story = Story.registered()
    story.ask('Alice ask for a code')
    story.ask('Alice confirm a number', { as: 'registration 2 of Alice' })
    const former = { credentials: 'registration 1' }
    expect(story.ask('Alice query the directory', former, { contacts: [] })).toBe('RELAY-AUTH-13')
  })

  it('lays right ones that are refused to one requirement', () => {
    expect(Story.registered().ask('Alice store prekeys', {}, { status: 401 })).toBe('RELAY-AUTH-01')
  })
})

describe('registration', () => {
  it('may be refused the second time, with 417', () => {
    const story = Story.registered()
    story.ask('Alice ask for a code')
    const again = { as: 'registration 2 of Alice' }
    expect(story.ask('Alice confirm a number', again, { status: 417 })).toBeNull()
    expect(story.ask('Alice set a push id', { as: 'push id 1 of Alice' })).toBeNull()
  })

  it('takes the right code alone, and once', () => {
    const story = Story.registered()
    story.ask('Alice ask for a code')
    const wrong = { as: 'registration 2 of Alice', code: 'wrong' }
    expect(story.ask('Alice confirm a number', wrong)).toBe('RELAY-VERIFY-05')
    expect(story.ask('Alice confirm a number', wrong, { status: 403 })).toBeNull()
    expect(story.ask('Alice confirm a number', { as: 'registration 3 of Alice' })).toBeNull()
    const used = { as: 'registration 4 of Alice', code: 'used' }
    expect(story.ask('Alice confirm a number', used)).toBe('RELAY-VERIFY-21')
  })
})

describe('prekeys', () => {
  const stored = (story = Story.registered()) => {
    story.ask('Bob store prekeys', { as: 'set 1 of Bob', count: '2' })
    return story
  }
  const fetched = (story: Story, name: string, over: Partial<SeenKey> = {}) =>
    story.ask('Alice fetch prekeys', OF_BOB, { keys: [key(`Bob 1, ${name}`, over)] })

  it('come before the last resort key, which never ends', () => {
    const story = stored()
    expect(fetched(story, 'last resort')).toBe('RELAY-PREKEY-07')
    expect(fetched(story, 'key 2')).toBeNull()
    expect(fetched(story, 'key 1')).toBeNull()
    expect(fetched(story, 'last resort')).toBeNull()
    expect(fetched(story, 'last resort')).toBeNull()
  })

  it('are given twice only by a relay that was not seen to give them once', () => {
    const story = stored()
    const fetchedByBob = (name: string) =>
      story.ask('Bob fetch prekeys', OF_BOB, { keys: [key(`Bob 1, ${name}`)] })
    expect(fetched(story, 'key 2')).toBeNull()
    expect(fetched(story, 'key 2')).toBeNull()
    expect(fetchedByBob('key 2')).toBeNull()
    expect(fetchedByBob('key 1')).toBeNull()
    expect(fetched(story, 'key 1')).toBe('RELAY-PREKEY-04')
  })

  it('are those that were stored', () => {
    expect(fetched(stored(), 'key 2', { keyId: 'Bob 1, key 1' })).toBe('RELAY-KEYS-10')
    expect(fetched(stored(), 'key 2', { key: 'unknown "x"' })).toBe('RELAY-KEYS-07')
    expect(fetched(stored(), 'key 2', { key: 'Alice 1, key 2' })).toBe('RELAY-KEYS-17')
  })

  it('may be those of a device that had the id before', () => {
    const story = Story.registered()
    story.ask('Bob add a device', { as: 'watch' }, { device: 2 })
    story.ask('Bob store prekeys', { as: 'set 1 of Bob', device: 'watch' })
    story.ask('Bob ask for a code')
    story.ask('Bob confirm a number', { as: 'registration 2 of Bob' })
    story.ask('Bob add a device', { as: 'tablet' }, { device: 2 })
    const ofTablet = { ...OF_BOB, target: 'tablet' }
    const keysOf = (set: string) => ({ keys: [key(`Bob ${set}, key 1`, { device: 2 })] })
    expect(story.ask('Alice fetch prekeys', ofTablet, keysOf('1'))).toBeNull()
    expect(story.ask('Alice fetch prekeys', ofTablet, keysOf('2'))).toBe('RELAY-KEYS-17')
  })

  it('are there as long as their device is registered', () => {
    expect(stored().ask('Alice fetch prekeys', OF_BOB, { status: 404 })).toBe('RELAY-PREKEY-01')
    const story = stored()
    expect(story.ask('Bob clear a push id', { id: 'registration 1' })).toBeNull()
    expect(fetched(story, 'key 2')).toBe('RELAY-PREKEY-13')
    expect(story.ask('Alice fetch prekeys', OF_BOB, { status: 404 })).toBeNull()
  })
})

describe('messages', () => {
  it('are for the devices that there are', () => {
    const story = Story.registered()
    const extra = { ...TO_BOB, devices: '1, 9' }
    expect(story.ask('Alice send messages', extra)).toBe('RELAY-MESSAGE-08')
    const lists = { status: 409, missing: [], extra: [9] }
    expect(story.ask('Alice send messages', extra, lists)).toBeNull()
    expect(story.ask('Alice send messages', extra, { ...lists, missing: [1] })).toBe('RELAY-MESSAGE-08')
    expect(story.ask('Alice send messages', TO_BOB, lists)).toBe('RELAY-MESSAGE-01')
  })

  it('are stale under any other registration id', () => {
    const story = Story.registered()
    const stale = { ...TO_BOB, stale: '1' }
    expect(story.ask('Alice send messages', stale)).toBe('RELAY-MESSAGE-12')
    expect(story.ask('Alice send messages', stale, { status: 410, stale: [1] })).toBeNull()
    expect(story.ask('Alice send messages', stale, { status: 410, stale: [] })).toBe('RELAY-MESSAGE-15')
    expect(story.ask('Alice send messages', TO_BOB, { status: 410, stale: [1] })).toBe('RELAY-MESSAGE-17')
  })

  it.each<[string, readonly SeenPush[], string | null]>([
    ['once', [push()], null],
    ['not at all', [], 'RELAY-MESSAGE-36'],
    ['twice', [push(), push()], 'RELAY-MESSAGE-36'],
    ['in the name of another', [push({ source: 'Bob' })], 'RELAY-PUSH-12'],
    ['from another device', [push({ sourceDevice: '2' })], 'RELAY-PUSH-13'],
    ['as another type', [push({ type: '3' })], 'RELAY-MESSAGE-23'],
    ['sealed with another key', [push({ install: 'registration 2' })], 'RELAY-PUSH-18'],
    ['to another push id', [push({ to: 'gcm 2' })], 'RELAY-PUSHID-13'],
    ['with other bytes', [push({ message: 'unknown "25 bytes"' })], 'RELAY-MESSAGE-44'],
    ['beside another', [push(), push({ message: 'message 2 of Alice for 1' })], 'RELAY-MESSAGE-37'],
  ])('are pushed %s', (_, pushes, requirement) => {
    const story = Story.registered()
    expect(story.ask('Alice send messages', TO_BOB)).toBeNull()
    expect(story.ask('Bob receive what was pushed', {}, { pushes })).toBe(requirement)
  })
})

describe('the directory', () => {
  const listed = (supportsSms: boolean, owner = 'Alice') => ({
    contacts: [{ owner, relay: 'none', supportsSms }],
  })
  const query = { contacts: 'Alice' }

  it('lists who is registered, with what was last said of SMS', () => {
    const story = Story.registered()
    expect(story.ask('Bob query the directory', query, listed(true))).toBeNull()
    expect(story.ask('Bob query the directory', query, listed(false))).toBe('RELAY-DIRECTORY-12')
    expect(story.ask('Bob query the directory', query, { contacts: [] })).toBe('RELAY-DIRECTORY-16')
    expect(story.ask('Bob query the directory', query, listed(true, 'Bob'))).toBe('RELAY-DIRECTORY-04')
  })
})

describe('attachments', () => {
  const place = { as: 'attachment 1 of Alice' }
  const there = { attachment: 'attachment 1 of Alice' }

  it('come back as they were uploaded', () => {
    const story = Story.registered()
    story.ask('Alice allocate an attachment', place)
    story.ask('Alice upload to an attachment', { ...there, as: 'blob 1 of Alice' })
    expect(story.ask('Bob download an attachment', there, { blob: 'blob 1 of Alice' })).toBeNull()
    expect(story.ask('Bob download an attachment', there, { blob: 'unknown "3 bytes"' })).toBe(
      'RELAY-ATTACHMENT-24',
    )
    expect(story.ask('Bob download an attachment', there, { status: 404 })).toBe('RELAY-ATTACHMENT-08')
  })

  it('have a place of their own', () => {
    const shared = { place: 'the id of attachment 2 of Alice' }
    expect(Story.registered().ask('Alice allocate an attachment', place, shared)).toBe('RELAY-ATTACHMENT-04')
  })
})

it('reads everything in the end', () => {
  const story = Story.registered()
  story.ask('Bob store prekeys', { as: 'set 1 of Bob', count: '1' })
  expect([...new Set(story.audit)].toSorted()).toEqual([
    'fetch prekeys',
    'query the directory',
    'receive what was pushed',
    'send messages',
  ])
})

it('names requirements of the register alone', () => {
  const known = loadRegister('relay', 'documented').requirements
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts'))
  const named = files.flatMap(
    (name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8').match(/RELAY-[A-Z]+-\d+/g) ?? [],
  )
  expect([...new Set(named)].filter((id) => !known.has(id))).toEqual([])
})
