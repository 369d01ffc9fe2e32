import { expect, it } from 'vitest'
import { readResult } from './bulk-results.ts'

const success = { resourceURL: 'https://wsg.example/a' }
const failure = { serviceException: { variables: ['https://wsg.example/a'] } }

it.each([
  ['204', 'success'],
  [204, 'success'],
  ['400', 'failure'],
  [{ toString: 0, valueOf: 0 }, 'failure'],
  [null, 'failure'],
])('reads a result that is both with the code %j as a %s', (code, kind) => {
  expect(readResult({ code, success, failure })).toMatchObject({ kind, url: 'https://wsg.example/a' })
})
