import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Ledger } from '#driver/ledger.ts'
import { beginLedger, pendingChanges, type LedgerRun } from './ledger-file.ts'

const RUN: LedgerRun = { protocol: 'mstore', startedAt: '2026-03-01T12:00:00Z', named: { url: 'http://a' } }

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-ledger-'))
  path = join(folder, 'ledger.ndjson')
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

const pending = () => pendingChanges(readFileSync(path, 'utf8'), 'ledger.ndjson')

describe('a ledger', () => {
  it('has pending what was not undone, the last first, with its target', () => {
    beginLedger(path, RUN)
    const ledger = new Ledger(path)
    const folderId = ledger.begin({ kind: 'folder', folder: 'greetings', objects: [], mayUpload: true })
    const pinId = ledger.begin({ kind: 'pin' })
    const profileId = ledger.begin({ kind: 'profile', attributes: [] })
    ledger.undone(pinId)
    expect(pending().map(({ id }) => id)).toEqual([profileId, folderId])
    expect(pending()[0]).toMatchObject({ protocol: 'mstore', named: { url: 'http://a' } })
  })

  it('of an earlier run is kept by the next one while something is pending', () => {
    beginLedger(path, RUN)
    const id = new Ledger(path).begin({ kind: 'pin' })
    expect(beginLedger(path, { ...RUN, named: {} }).map((change) => change.id)).toEqual([id])
    expect(pending()[0]?.named).toEqual({ url: 'http://a' })
    new Ledger(path).undone(id)
    expect(beginLedger(path, RUN)).toEqual([])
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(1)
  })

  it('leaves out a last line that was cut off', () => {
    expect(pendingChanges(`${JSON.stringify({ kind: 'run', ...RUN })}\n{"kind":"cha`, 'a')).toEqual([])
  })

  it('goes on behind a line that was cut off', () => {
    beginLedger(path, RUN)
    const id = new Ledger(path).begin({ kind: 'pin' })
    appendFileSync(path, '{"kind":"cha')
    const later = new Ledger(path).begin({ kind: 'profile', attributes: [] })
    expect(pending().map((change) => change.id)).toEqual([later, id])
  })

  it('is refused where a line is of something else', () => {
    expect(() => pendingChanges('{"kind":"run"}\nhello\n', 'mine.ndjson')).toThrow(
      'mine.ndjson:2: expected a line of a ledger, got something else',
    )
  })

  it('that cannot be written keeps a change from being made', () => {
    expect(() => new Ledger(join(folder, 'none', 'ledger')).begin({ kind: 'pin' })).toThrow(
      /cannot be written \(ENOENT\)/,
    )
  })
})
