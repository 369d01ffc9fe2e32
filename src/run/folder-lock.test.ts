import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { lockFolder, type Unlock, type WritingProcess } from './folder-lock.ts'

const NOW = Date.parse('2026-03-01T12:00:00.000Z')

let path: string
/** What is to be done when the process of the test exits. */
let lastActions: Set<() => void>

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'touchstone-lock-'))
  lastActions = new Set()
})

afterEach(() => {
  rmSync(path, { recursive: true, force: true })
})

const file = () => join(path, 'run.lock')

/** The lock as a process takes it beside which those of `running` are there. */
function locked(pid: number, running: readonly number[] = [], host = 'here'): Unlock {
  const writer: WritingProcess = {
    pid,
    host,
    isRunning: (other) => running.includes(other),
    atExit: (action) => {
      lastActions.add(action)
      return () => lastActions.delete(action)
    },
  }
  return lockFolder({ path, shown: 'reports' }, writer, NOW)
}

/** What a second process is told. */
function refusal(pid: number, running: readonly number[] = [], host = 'here'): string {
  try {
    locked(pid, running, host)
  } catch (error) {
    if (error instanceof UsageError) return error.message
  }
  throw new Error('expected a UsageError')
}

describe('a folder', () => {
  it('says by which process it is locked, and is free after it', () => {
    const unlock = locked(7)
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({
      pid: 7,
      host: 'here',
      since: '2026-03-01T12:00:00.000Z',
    })
    unlock()
    expect([readdirSync(path), lastActions.size]).toEqual([[], 0])
  })

  it('is refused to a second process while the first is there, and left as it was', () => {
    locked(7)
    expect(refusal(8, [7])).toBe(
      '--reports: a run is going on in reports, by process 7 since 2026-03-01T12:00:00.000Z; wait for its end, name another folder, or remove reports/run.lock where that process is no run',
    )
    expect(readFileSync(file(), 'utf8')).toContain('"pid":7')
  })

  it('is taken over from a process that is gone', () => {
    locked(7)
    const unlock = locked(8)
    expect(readFileSync(file(), 'utf8')).toContain('"pid":8')
    unlock()
    expect(readdirSync(path)).toEqual([])
  })

  it('is taken over from a process of the same id, which is gone since this one is here', () => {
    locked(7)
    locked(7, [7])()
    expect(existsSync(file())).toBe(false)
  })

  it('is refused where its process is on another machine', () => {
    locked(7)
    expect(refusal(7, [], 'there')).toMatch(
      /by process 7 on here since .*; name another folder, or remove reports\/run\.lock where that run is over$/,
    )
  })

  it.each(['', 'x', '{"pid":"7"}'])('is refused where its lock says nothing: %j', (text) => {
    writeFileSync(file(), text)
    expect(refusal(7)).toMatch(/^--reports: reports is locked, and reports\/run\.lock does not say by which/)
  })

  it('is free after a process that exits halfway', () => {
    locked(7)
    for (const action of lastActions) action()
    expect(readdirSync(path)).toEqual([])
  })

  it('is not taken from the next owner by one that lost it', () => {
    const unlock = locked(7)
    locked(8)
    unlock()
    expect(readFileSync(file(), 'utf8')).toContain('"pid":8')
  })

  it('may be gone before its lock is given back', () => {
    const unlock = locked(7)
    rmSync(path, { recursive: true })
    expect(unlock).not.toThrow()
  })
})
