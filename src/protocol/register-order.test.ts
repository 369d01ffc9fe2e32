import { expect, test } from 'vitest'
import { orderErrors } from './register-order.ts'

const said = (...ids: readonly string[]): readonly string[] =>
  orderErrors(ids, 'RELAY-').map(({ index, text }) => `${index}: ${text}`)

test('passes areas one after the other, each with rising numbers, gaps allowed', () => {
  expect(said('RELAY-CODE-01', 'RELAY-CODE-03', 'RELAY-AUTH-01')).toEqual([])
})

test('refuses an id of another protocol', () => {
  expect(said('RELAY-CODE-01', 'MSTORE-CODE-02')).toEqual([
    '1: requirement MSTORE-CODE-02: expected an id that starts with RELAY-',
  ])
})

test('refuses an id that occurs twice, wherever', () => {
  expect(said('RELAY-CODE-01', 'RELAY-AUTH-01', 'RELAY-CODE-01')).toEqual([
    '2: requirement RELAY-CODE-01: the id occurs twice',
  ])
})

test('refuses a number that does not rise', () => {
  expect(said('RELAY-CODE-02', 'RELAY-CODE-01')).toEqual([
    '1: requirement RELAY-CODE-01: expected a number above that of RELAY-CODE-02',
  ])
})

test('refuses an area in two places', () => {
  expect(said('RELAY-CODE-01', 'RELAY-AUTH-01', 'RELAY-CODE-02')).toEqual([
    '2: requirement RELAY-CODE-02: expected beside the others of RELAY-CODE, got after RELAY-AUTH-01',
  ])
})

test('passes over what could not be read', () => {
  expect(said('', 'RELAY-CODE-01', '', 'RELAY-CODE-02')).toEqual([])
})
