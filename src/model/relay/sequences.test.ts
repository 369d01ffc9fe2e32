import { describe, expect, it } from 'vitest'
import type { Draw } from '../draw.ts'
import { push, Story } from '../../../tests/relay-story.ts'
import { SET_PUSH_ID } from './push-ids.ts'

const TO_BOB = { to: 'Bob', as: 'message 1 of Alice' }

/** Bob registered a second time, with what he keeps of the first. */
function registeredAgain(keeps: string): Story {
  const story = Story.registered()
  story.ask('Bob ask for a code')
  story.ask('Bob confirm a number', { as: 'registration 2 of Bob', keeps })
  story.ask('Bob set a push id', { as: 'push id 2 of Bob' })
  return story
}

describe('a client that registers again', () => {
  it.each([
    ['registration id of 1', null],
    ['signaling key of 1', 'RELAY-MESSAGE-12'],
  ])('with the %s has a session that goes on or not', (keeps, requirement) => {
    const sent = (status: number) =>
      registeredAgain(keeps).ask('Alice send messages', { ...TO_BOB, session: '1' }, { status, stale: [1] })
    expect(sent(200)).toBe(requirement)
    expect(sent(410)).toBe(requirement === null ? 'RELAY-MESSAGE-17' : null)
  })

  it.each([
    ['registration id of 1', 'registration 2'],
    ['signaling key of 1', 'registration 1'],
  ])('with the %s is sent pushes under its key', (keeps, install) => {
    const story = registeredAgain(keeps)
    story.ask('Alice send messages', TO_BOB)
    const pushes = [push({ to: 'gcm 2', install })]
    expect(story.ask('Bob receive what was pushed', {}, { pushes })).toBeNull()
  })

  it('keeps nothing of a registration that there was not', () => {
    expect(() => registeredAgain('registration id of 2')).toThrow('does not apply')
  })
})

describe('a device whose id another got', () => {
  it('has a password that works no more', () => {
    const story = Story.registered()
    story.ask('Bob add a device', { as: 'tablet' }, { device: 2 })
    story.ask('Bob ask for a code')
    story.ask('Bob confirm a number', { as: 'registration 2 of Bob' })
    story.ask('Bob add a device', { as: 'laptop' }, { device: 2 })
    const asked = { device: 'laptop', credentials: 'device tablet' }
    expect(story.ask('Bob query the directory', asked, { contacts: [] })).toBe('RELAY-AUTH-13')
    expect(story.ask('Bob query the directory', asked, { status: 401 })).toBeNull()
  })
})

describe('a push id', () => {
  it('is set again now and then', () => {
    const story = Story.registered()
    story.ask('Bob set a push id', { as: 'push id 4 of Bob' })
    const [state] = story.states
    const draw: Draw = {
      below: () => 0,
      oneOf: (items) => items.at(-1) ?? expect.fail('nothing to draw from'),
      chance: (percent) => percent === 30,
      slip: () => false,
    }
    expect(state && SET_PUSH_ID.choose(state, 'Bob', draw)).toEqual({ as: 'push id 4 of Bob' })
  })
})

describe('a body that is spoilt behind its beginning', () => {
  it.each([
    ['store prekeys', 'the first one-time key without publicKey', 'RELAY-KEYS-06'],
    ['store prekeys', 'the last one-time key without identityKey', 'RELAY-KEYS-06'],
    ['send messages', 'the last message without body', 'RELAY-MESSAGE-05'],
  ])('is refused by %s: %s', (operation, body, requirement) => {
    const story = Story.registered()
    expect(story.ask(`Alice ${operation}`, { ...TO_BOB, body })).toBe(requirement)
    expect(story.ask(`Alice ${operation}`, { ...TO_BOB, body }, { status: 422 })).toBeNull()
  })

  it('has something to spoil', () => {
    const none = { count: '0', body: 'the first one-time key without publicKey' }
    expect(() => Story.registered().ask('Alice store prekeys', none)).toThrow('does not apply')
  })
})
