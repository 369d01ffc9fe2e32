import { expect, it } from 'vitest'
import { ObjectNames } from './object-names.ts'

const FIRST = 'greeting 1 of Alice'
const SECOND = 'greeting 2 of Alice'

function declared(): ObjectNames {
  const names = new ObjectNames(false)
  names.declare(FIRST, '11')
  names.declare(SECOND, '22')
  return names
}

it('knows an object by its Message-Id first, and by its path from then on', () => {
  const names = declared()
  expect(names.nameOf({ path: 'a', messageId: '22', subject: FIRST })).toBe(SECOND)
  expect(names.nameOf({ path: 'a', messageId: '22', subject: FIRST })).toBe(SECOND)
  expect(names.nameOf({ path: 'a', messageId: null, subject: null })).toBe(SECOND)
  expect(names.pathOf(FIRST)).toBeNull()
})

it('knows it by its subject where its Message-Id is another', () => {
  expect(declared().nameOf({ path: 'a', messageId: '33', subject: FIRST })).toBe(FIRST)
})

it('has no name for what no step put there, unless the mailbox outlives the walk', () => {
  expect(declared().nameOf({ path: 'a', messageId: '33', subject: null })).toBeNull()
  const kept = new ObjectNames(true)
  expect(kept.nameOf({ path: 'a', messageId: '33', subject: null })).toBe('the object at a')
  expect(kept.pathOf('the object at a')).toBe('a')
})

it('takes a path for that of the object that is shown there', () => {
  const names = declared()
  names.place(FIRST, 'a')
  expect(names.nameOf({ path: 'a', messageId: '22', subject: null })).toBe(SECOND)
  expect(names.pathOf(FIRST)).not.toBe('a')
})
