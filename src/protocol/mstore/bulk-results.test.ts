import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  bulkDeleteBody,
  bulkUpdateBody,
  isBulkOperation,
  readBulkDelete,
  readBulkUpdate,
} from './bulk-requests.ts'
import type { BulkResult } from './bulk-results.ts'
import {
  bulkAnswer,
  matchResults,
  readBulkAnswer,
  shownFailure,
  shownSuccess,
  wrappedBulkAnswer,
} from './bulk-results.ts'
import { NETWORK_ERROR_BODY, isNetworkError } from './network-error.ts'

const BASE = 'https://wsg.t-mobile.com/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B11234567890/objects/'
const [A, B, C] = ['a%3A1', 'b%3A2', 'c%3A3'].map((path) => `${BASE}${path}`) as [string, string, string]

/** The mStore spec's own example, its placeholders filled in. */
const SHOWN = {
  bulkResponseList: {
    response: [
      { code: '200', reason: 'OK', success: { resourceURL: A } },
      {
        code: '400',
        reason: 'Internal server error',
        failure: {
          serviceException: {
            messageId: 'SVC3000',
            text: 'Internal Server Error for %1 Address',
            variables: [B],
          },
        },
      },
    ],
  },
}
const READ = [shownSuccess(A), shownFailure(B)]

const result: fc.Arbitrary<BulkResult> = fc
  .nat(20)
  .chain((number) =>
    fc.constantFrom(shownSuccess(`${BASE}x%3A${number}`), shownFailure(`${BASE}x%3A${number}`)),
  )
const results = fc.uniqueArray(result, { selector: ({ url }) => url })

describe('a bulk request', () => {
  test('MSTORE-BULKUPDATE-25: names objects, operation and flags as the mStore spec shows', () => {
    const body = bulkUpdateBody({ urls: [A], operation: 'RemoveFlag', flags: ['\\Seen'] })
    expect(JSON.stringify(body)).toBe(
      `{"bulkUpdate":{"objects":{"objectReference":[{"resourceURL":"${A}"}]},"operation":"RemoveFlag","flags":{"flag":["\\\\Seen"]}}}`,
    )
    expect(readBulkUpdate(body)).toEqual({
      kind: 'bulk-update',
      urls: [A],
      operation: 'RemoveFlag',
      flags: ['\\Seen'],
    })
    expect(['AddFlag', 'RemoveFlag', 'Nonsense'].map(isBulkOperation)).toEqual([true, true, false])
  })

  test('MSTORE-BULKDELETE-15: to delete names objects as the mStore spec shows', () => {
    const body = bulkDeleteBody([A, A, B])
    expect(body).toEqual({
      bulkDelete: {
        objects: { objectReference: [{ resourceURL: A }, { resourceURL: A }, { resourceURL: B }] },
      },
    })
    expect(readBulkDelete(body)).toEqual({ kind: 'bulk-delete', urls: [A, A, B] })
  })

  test.each([
    null,
    {},
    { bulkUpdate: { operation: 'AddFlag', flags: { flag: [] } } },
    { bulkUpdate: { objects: { objectReference: [{}] }, operation: 'AddFlag', flags: { flag: [] } } },
    { bulkUpdate: { objects: { objectReference: [] }, flags: { flag: [] } } },
    { bulkUpdate: { objects: { objectReference: [] }, operation: 'AddFlag', flags: { flag: '\\Seen' } } },
  ])('to update is not %j', (body) => {
    expect(readBulkUpdate(body)).toMatchObject({ kind: 'parse-error' })
  })

  test.each([
    null,
    {},
    { bulkDelete: { objectReference: [] } },
    { bulkDelete: { objects: { objectReference: {} } } },
  ])('MSTORE-BULKDELETE-15: to delete is not %j', (body) => {
    expect(readBulkDelete(body)).toMatchObject({ kind: 'parse-error' })
  })
})

describe('the answer to a bulk request', () => {
  test('is as the mStore spec shows', () => {
    expect(readBulkAnswer(SHOWN)).toEqual({ kind: 'results', results: READ, wrapped: false, stringified: 0 })
    expect(bulkAnswer(READ)).toEqual(SHOWN)
  })

  test('MSTORE-BULKUPDATE-12, MSTORE-BULKDELETE-07: is unpacked from NWK_RSP', () => {
    expect(wrappedBulkAnswer(READ)).toEqual({ NWK_RSP: JSON.stringify(SHOWN) })
    expect(readBulkAnswer({ NWK_RSP: JSON.stringify(SHOWN) })).toEqual({
      kind: 'results',
      results: READ,
      wrapped: true,
      stringified: 1,
    })
    expect(readBulkAnswer({ NWK_RSP: SHOWN })).toMatchObject({ wrapped: true, stringified: 0 })
  })

  test.prop([results, fc.nat(6), fc.nat(6)])(
    'is unpacked at any depth of quoting, in and around NWK_RSP',
    (list, inside, outside) => {
      const quote = (value: unknown, times: number) =>
        Array.from({ length: times }).reduce<unknown>((text) => JSON.stringify(text), value)
      const body = quote({ NWK_RSP: quote(bulkAnswer(list), inside) }, outside)
      expect(readBulkAnswer(body)).toEqual({
        kind: 'results',
        results: list,
        wrapped: true,
        stringified: inside + outside,
      })
    },
  )

  test('MSTORE-BULKUPDATE-23: may have numbers as codes', () => {
    const [first] = SHOWN.bulkResponseList.response
    expect(readBulkAnswer({ bulkResponseList: { response: [{ ...first, code: 200 }] } })).toMatchObject({
      results: [shownSuccess(A)],
    })
  })

  test('MSTORE-ERROR-11: may be the error without results', () => {
    expect(readBulkAnswer({ error: 'MSTORE_RLY-MST_NWKERR' })).toEqual({ kind: 'network-error' })
    expect(readBulkAnswer({ NWK_RSP: JSON.stringify(NETWORK_ERROR_BODY) })).toEqual({ kind: 'network-error' })
    expect(
      [NETWORK_ERROR_BODY, { error: 'other' }, { ...NETWORK_ERROR_BODY, detail: 1 }, null].map(
        isNetworkError,
      ),
    ).toEqual([true, false, false, false])
  })

  test.each([
    [null, 'bulkResponseList.response'],
    ['', 'expected JSON in the text'],
    [{ NWK_RSP: 'not JSON' }, 'expected JSON in the text, got "not JSON"'],
    [{ NWK_RSP: null }, 'bulkResponseList.response'],
    [{ bulkResponseList: [] }, 'bulkResponseList.response'],
    [{ bulkResponseList: { response: [{}] } }, 'expected code and reason'],
    [{ bulkResponseList: { response: [{ code: '200', reason: 'OK' }] } }, 'either success or failure'],
    [
      { bulkResponseList: { response: [{ code: '1', reason: '', success: {}, failure: {} }] } },
      'either success or failure',
    ],
    [{ bulkResponseList: { response: [{ code: '200', reason: 'OK', success: {} }] } }, 'success.resourceURL'],
    [
      { bulkResponseList: { response: [{ code: '400', reason: '', failure: {} }] } },
      'failure.serviceException',
    ],
  ])('is not %j', (body, reason) => {
    expect(readBulkAnswer(body)).toEqual({ kind: 'parse-error', reason: expect.stringContaining(reason) })
  })

  test('is not read without end', () => {
    const nested = Array.from({ length: 1000 }).reduce<unknown>((inner) => ({ NWK_RSP: inner }), SHOWN)
    expect(readBulkAnswer(nested)).toEqual({
      kind: 'parse-error',
      reason: 'bulk answer: expected at most 16 layers, got more',
    })
  })

  test.prop([fc.anything()])('never breaks the reader', (body) => {
    expect(['results', 'network-error', 'parse-error']).toContain(readBulkAnswer(body).kind)
    expect(['results', 'network-error', 'parse-error']).toContain(
      readBulkAnswer({ bulkResponseList: { response: [body] } }).kind,
    )
  })
})

describe('results', () => {
  test.prop([fc.shuffledSubarray(READ, { minLength: 2 })])(
    'MSTORE-BULKUPDATE-10, MSTORE-BULKDELETE-05: are matched by URL whatever their order',
    (shuffled) => {
      const { byUrl, missing, unasked } = matchResults([A, B, A], shuffled)
      expect([byUrl.get(A)?.kind, byUrl.get(B)?.kind]).toEqual(['success', 'failure'])
      expect([byUrl.size, missing, unasked]).toEqual([2, [], []])
    },
  )

  test('are missing, unasked or there twice', () => {
    const nameless: BulkResult = { ...shownFailure(A), kind: 'failure', url: null, messageId: '', text: '' }
    const { byUrl, missing, unasked } = matchResults(
      [A, B],
      [shownSuccess(A), shownSuccess(A), shownSuccess(C), nameless],
    )
    expect([...byUrl.keys()]).toEqual([A])
    expect(missing).toEqual([B])
    expect(unasked).toEqual([shownSuccess(A), shownSuccess(C), nameless])
  })

  test('match when their URLs decode alike (E-39)', () => {
    expect(matchResults([A], [shownSuccess(A.replace('tel%3A%2B', 'tel:+'))]).missing).toEqual([])
  })
})
