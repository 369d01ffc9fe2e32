import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '../journal-entry.ts'
import { decodedEntry } from './decoded-entry.ts'
import { journalFilter } from './journal-filter.ts'

function entry(head: string, over: Partial<JournalEntry> = {}): JournalEntry {
  return {
    id: 1,
    at: 0,
    socket: 1,
    remote: '',
    bytes: head.length,
    raw: Buffer.from(head, 'latin1'),
    method: 'PUT',
    target: head.split(' ')[1] ?? '',
    operation: 'submit-messages',
    outcome: 'accepted',
    status: 200,
    durationMs: 1,
    answer: null,
    notes: [],
    ...over,
  }
}

const BASIC = `Authorization: Basic ${Buffer.from('+14155550100.2:x').toString('base64')}`
const MESSAGE = `PUT /v1/messages/+14155550199 HTTP/1.1\r\n${BASIC}\r\n\r\n`
const MAILBOX = 'GET /phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B15555558264/objects HTTP/1.1\r\n\r\n'

describe('the journal is filtered', () => {
  it.each([
    ['an addressee', MESSAGE, { number: '+14155550199' }, true],
    ['who sent', MESSAGE, { number: '+14155550100' }, true],
    ['a mailbox', MAILBOX, { number: '+15555558264' }, true],
    ['another number', MESSAGE, { number: '+1415555019' }, false],
    ['an operation', MESSAGE, { operation: 'submit-messages' }, true],
    ['another operation', MESSAGE, { operation: 'search' }, false],
    ['a status', MESSAGE, { status: '200' }, true],
    ['a class of statuses', MESSAGE, { status: '2xx' }, true],
    ['another class', MESSAGE, { status: '4xx', number: '+14155550100' }, false],
    ['no answer', MESSAGE, { status: 'none' }, false],
  ] as const)('by %s', (...row) => {
    const [, head, query, isWanted] = row
    expect(journalFilter(query)(entry(head))).toBe(isWanted)
  })
})

describe('an entry is decoded', () => {
  it('into headers and JSON whose numbers keep their digits', () => {
    const head =
      'PUT / HTTP/1.1\r\nContent-Type: application/json\r\nX-A:  b \r\n\r\n{"id":4611686018427387905}'
    const { request, answer } = decodedEntry(
      entry(head, { answer: { kind: 'reply', status: 200, headers: [['A', 'b']], body: Buffer.from('ok') } }),
    ) as Record<string, Record<string, unknown>>
    expect(request?.['headers']).toEqual([
      ['Content-Type', 'application/json'],
      ['X-A', 'b'],
    ])
    expect(JSON.stringify(request?.['body'], (_key, value: unknown) => value)).toContain(
      '4611686018427387905',
    )
    expect(answer).toEqual({ kind: 'reply', status: 200, headers: [['A', 'b']], body: { text: 'ok' } })
  })

  it.each([
    ['text where it is no JSON', 'POST / HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{', { text: '{' }],
    ['Base64 where it is no text', 'POST / HTTP/1.1\r\n\r\n\xff', { base64: '/w==' }],
    [
      'its chunks',
      'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n',
      { text: 'abc' },
    ],
    ['nothing where there is none', 'GET / HTTP/1.1\r\n\r\n', null],
    ['nothing where the head is cut short', 'GET / HTTP/1.1\r\nHost', null],
  ])('into %s', (_case, head, body) => {
    expect(
      (decodedEntry(entry(head)) as Record<string, Record<string, unknown>>)['request']?.['body'],
    ).toEqual(body)
  })
})
