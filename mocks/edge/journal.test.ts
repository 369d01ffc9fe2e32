import { expect, it } from 'vitest'
import { Journal } from './journal.ts'
import { MAX_RAW_BYTES } from './journal-entry.ts'

const FROM = { socket: 1, remote: '' }

function bytes(text: string): Uint8Array {
  return Buffer.from(text)
}

function journal(entries = 3, bytes = 10) {
  let now = 1000
  return new Journal(() => now++, { entries, bytes })
}

it('has of a request what came, when, and what became of it', () => {
  const log = journal()
  const entry = log.open({ socket: 7, remote: '127.0.0.1:1' })
  entry.add(bytes('ab'))
  entry.add(bytes('c'))
  entry.name('GET', '/')
  entry.note(['one'])
  entry.note(['two'])
  entry.answered(200)
  expect(log.read(0, 10)).toEqual([
    {
      id: 1,
      at: 1000,
      socket: 7,
      remote: '127.0.0.1:1',
      bytes: 3,
      raw: Buffer.from('abc'),
      method: 'GET',
      target: '/',
      operation: null,
      outcome: null,
      status: 200,
      durationMs: 1,
      answer: null,
      notes: ['one', 'two'],
    },
  ])
})

it('drops the oldest when there are too many entries or bytes, and says how many', () => {
  const log = journal()
  for (const text of ['1', '2', '3', '4']) log.open(FROM).add(bytes(text))
  expect(log.read(0, 10).map(({ id }) => id)).toEqual([2, 3, 4])
  log.open(FROM).add(bytes('x'.repeat(9)))
  expect(log.read(0, 10).map(({ id }) => id)).toEqual([4, 5])
  expect(log.dropped).toBe(3)
})

it('keeps requests apart that come in at the same time', () => {
  const log = journal(3, 100)
  const [left, right] = [log.open(FROM), log.open(FROM)]
  for (const text of ['a', 'bc', 'd']) {
    left.add(bytes(text))
    right.add(bytes(text.toUpperCase()))
    right.add(bytes('-'))
  }
  expect(log.read(0, 10).map(({ raw }) => Buffer.from(raw).toString())).toEqual(['abcd', 'A-BC-D-'])
})

it('drops a request whose beginning has given way, and takes no more of it', () => {
  const log = journal(3, 10)
  const slow = log.open(FROM)
  slow.add(bytes('begun'))
  log.open(FROM).add(bytes('123456'))
  slow.add(bytes('and over at last'))
  slow.answered(200)
  expect(log.read(0, 10).map(({ id, raw }) => [id, Buffer.from(raw).toString()])).toEqual([[2, '123456']])
})

it('is read from a number on, a page at a time', () => {
  const log = journal(10)
  for (const text of ['1', '2', '3', '4']) log.open(FROM).add(bytes(text))
  expect(log.read(1, 2).map(({ id }) => id)).toEqual([2, 3])
})

it('keeps the beginning of a request that is too long, and its true length', () => {
  const log = journal(3, 2 * MAX_RAW_BYTES)
  const entry = log.open(FROM)
  entry.add(bytes('x'.repeat(MAX_RAW_BYTES - 1)))
  entry.add(bytes('x'.repeat(5)))
  const [read] = log.read(0, 1)
  expect(read?.raw.length).toBe(MAX_RAW_BYTES)
  expect(read?.bytes).toBe(MAX_RAW_BYTES + 4)
})

it('forgets all, and what was open then does no harm', () => {
  const log = journal()
  const entry = log.open(FROM)
  log.clear()
  log.open(FROM).add(bytes('x'))
  entry.add(bytes('x'.repeat(10)))
  entry.answered(200)
  expect(log.read(0, 10).map(({ id, bytes, status }) => ({ id, bytes, status }))).toEqual([
    { id: 1, bytes: 1, status: null },
  ])
})

it('keeps a request that comes byte by byte, and the copy that was read', () => {
  const log = journal(3, 100)
  const entry = log.open(FROM)
  const chunk = Buffer.from('x')
  for (const letter of 'abcdefghi') {
    chunk.write(letter)
    entry.add(chunk)
  }
  const [read] = log.read(0, 1)
  entry.add(bytes('j'))
  chunk.write('-')
  expect(Buffer.from(read?.raw ?? []).toString()).toBe('abcdefghi')
  expect(log.read(0, 1).map(({ raw }) => Buffer.from(raw).toString())).toEqual(['abcdefghij'])
})

it('has room for as many bytes again once it was cleared', () => {
  const log = journal(3, 10)
  log.open(FROM).add(bytes('0123456789'))
  log.clear()
  log.open(FROM).add(bytes('ab'))
  log.open(FROM).add(bytes('cdefghij'))
  expect(log.read(0, 10).map(({ id }) => id)).toEqual([1, 2])
})

it('drops a request that alone is more than there is room for', () => {
  const log = journal(3, 10)
  log.open(FROM).add(bytes('0123456789x'))
  expect(log.read(0, 10)).toEqual([])
  expect(log.dropped).toBe(1)
})

it('keeps what was answered, and counts its bytes', () => {
  const log = journal(3, 10)
  const [first, second] = [log.open(FROM), log.open(FROM)]
  const answered = (body: string) => ({
    outcome: { operation: 'read', kind: 'found' },
    answer: { kind: 'reply', status: 200, headers: [], body: bytes(body) } as const,
    notes: [`said ${body}`],
  })
  first.record(answered('12345'))
  second.record(answered('x'))
  second.record(answered('67890'))
  expect(log.dropped).toBe(0)
  expect(log.read(1, 1)).toMatchObject([
    {
      operation: 'read',
      outcome: 'found',
      answer: { body: bytes('67890') },
      notes: ['said x', 'said 67890'],
    },
  ])
  second.add(bytes('a'))
  expect(log.dropped).toBe(1)
})

it('reports each request that is complete', () => {
  const log = journal()
  const heard: unknown[] = []
  log.listen(({ method, status }) => heard.push([method, status]))
  const entry = log.open(FROM)
  entry.name('GET', '/')
  expect(heard).toEqual([])
  entry.answered(404)
  expect(heard).toEqual([['GET', 404]])
})
