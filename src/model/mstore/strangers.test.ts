import { describe, expect, it } from 'vitest'
import { GREETING_ON, SEEN } from '#protocol/mstore/flags.ts'
import type { MStoreSeen } from './seen.ts'
import { FIRST, type MStoreStory, sight, withGreetings } from '../../../tests/mstore-story.ts'

const REFUSED = { status: 404 }
const OF_BOB = 'greeting 3 of Bob'

function withBobs(): MStoreStory {
  const story = withGreetings()
  story.askBy('Bob', { operation: 'upload a greeting', values: { as: OF_BOB } }, { status: 201 })
  readByBob(story, { object: sight(OF_BOB) })
  return story
}

function readByBob(story: MStoreStory, seen: Partial<MStoreSeen>): string | null {
  return story.askBy('Bob', { operation: 'read an object', values: { object: OF_BOB } }, seen)
}

describe("under a party's own URLs the model", () => {
  it.each([
    ['read an object', 'MSTORE-OBJECT-45'],
    ['download audio', 'MSTORE-PAYLOAD-18'],
    ['set a flag', 'MSTORE-FLAG-22'],
    ['clear a flag', 'MSTORE-FLAG-22'],
  ])("wants to %s of another's refused", (operation, requirement) => {
    const values = { object: OF_BOB, 'object of': 'Bob' }
    expect(withBobs().ask(operation, values)).toBe(requirement)
    expect(withBobs().ask(operation, values, REFUSED)).toBeNull()
  })

  it("expects no effect on another's objects", () => {
    const story = withBobs()
    expect(story.ask('set a flag', { object: OF_BOB, 'object of': 'Bob' }, REFUSED)).toBeNull()
    const active = { object: sight(OF_BOB, { flags: [SEEN, GREETING_ON] }) }
    expect(readByBob(story, active)).toBe('MSTORE-FLAG-22')
    const list = { objects: `${FIRST}, ${OF_BOB}`, "others' objects": 'under its own URLs' }
    const results = [
      { object: FIRST, isSuccess: true },
      { object: OF_BOB, isSuccess: true },
    ]
    expect(story.ask('delete in bulk', list, { results })).toBeNull()
    expect(readByBob(story, REFUSED)).not.toBeNull()
  })
})

it.each(['with a digit more', 'with a character less', 'with another last character'])(
  'expects nothing at a path %s',
  (way) => {
    const object = `${FIRST} ${way}`
    expect(withGreetings().ask('read an object', { object }, REFUSED)).toBeNull()
    expect(withGreetings().ask('read an object', { object }, { object: sight(FIRST) })).toBe(
      'MSTORE-OBJECT-35',
    )
  },
)
