import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import type { JournalEntry } from '#mocks/edge/journal-entry.ts'
import { logLine, requestLog } from './request-log.ts'

const ENTRY: JournalEntry = {
  id: 0,
  at: 0,
  socket: 1,
  remote: '127.0.0.1:5',
  bytes: 1,
  raw: Buffer.from('x'),
  method: 'GET',
  target: '/v1/keys/+14155550100',
  operation: 'get-prekey',
  outcome: 'unknown-number',
  status: 404,
  durationMs: 1.6,
  answer: null,
  notes: ['get-prekey: unknown-number', 'two'],
}
const LINE =
  '1970-01-01T00:00:00.000Z 127.0.0.1:5 GET /v1/keys/+14155550100 404 2ms get-prekey: unknown-number; two'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-log-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

it('has a line for each request, whatever the client sent', () => {
  expect(logLine(ENTRY)).toBe(LINE)
  const hostile = {
    ...ENTRY,
    method: null,
    target: null,
    status: null,
    durationMs: null,
    notes: ['a\nb\u001b[2J'],
  }
  expect(logLine(hostile)).toMatch(/^1970-01-01T00:00:00\.000Z 127\.0\.0\.1:5 no request - - a.*b/)
  for (const character of ['\n', '\u001b']) expect(logLine(hostile)).not.toContain(character)
  expect(logLine({ ...ENTRY, target: 'x'.repeat(10_000) }).length).toBeLessThan(400)
})

it('is written to stderr, or at the end of a file', () => {
  const stderr = new PassThrough({ encoding: 'utf8' })
  const environment = { cwd: folder, stderr } as unknown as Parameters<typeof requestLog>[1]
  requestLog(true, environment)(ENTRY)
  expect(stderr.read()).toBe(`${LINE}\n`)
  for (const log of [requestLog('a.log', environment), requestLog('a.log', environment)]) log(ENTRY)
  expect(readFileSync(join(folder, 'a.log'), 'utf8')).toBe(`${LINE}\n${LINE}\n`)
  expect(() => requestLog('no/a.log', environment)).toThrow(UsageError)
})
