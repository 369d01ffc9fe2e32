import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { lockFolder, type Unlock, type WritingProcess } from './folder-lock.ts'

const NOW = Date.parse('2026-03-01T12:00:00.000Z')

let path: string
/** What is to be done when the process of the test exits. */
let lastActions: Set<() => void>
/** What each owner of a lock does again and again. */
let beats: Set<(now: number) => void>

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'touchstone-lock-'))
  lastActions = new Set()
  beats = new Set()
})

afterEach(() => {
  rmSync(path, { recursive: true, force: true })
})

const file = () => join(path, 'run.lock')

/** What is known to a process that takes the lock: those of `running` are there beside it. */
interface Claim {
  readonly running?: readonly number[]
  readonly host?: string
  readonly space?: string
  readonly now?: number
}

function locked(pid: number, { running = [], host = 'here', space = 'one', now = NOW }: Claim = {}): Unlock {
  const writer: WritingProcess = {
    pid,
    host,
    space,
    isRunning: (other) => running.includes(other),
    repeat: (_, action) => {
      beats.add(action)
      return () => beats.delete(action)
    },
    atExit: (action) => {
      lastActions.add(action)
      return () => lastActions.delete(action)
    },
  }
  return lockFolder({ path, shown: 'reports' }, writer, now)
}

/** The error of a second process. */
function refusal(pid: number, claim: Claim = {}): string {
  try {
    locked(pid, claim)
  } catch (error) {
    if (error instanceof UsageError) return error.message
  }
  throw new Error('expected a UsageError')
}

describe('a folder', () => {
  it('says by which process it is locked, and is free after it', () => {
    const unlock = locked(7)
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({
      pid: 7,
      host: 'here',
      since: '2026-03-01T12:00:00.000Z',
    })
    unlock()
    expect([readdirSync(path), lastActions.size, beats.size]).toEqual([[], 0, 0])
  })

  it('is refused to a second process while the first is there, and left as it was', () => {
    locked(7)
    expect(refusal(8, { running: [7] })).toBe(
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
    locked(7, { running: [7] })()
    expect(existsSync(file())).toBe(false)
  })

  it('is refused where its process is on another machine', () => {
    locked(7)
    expect(refusal(7, { host: 'there' })).toMatch(
      /by process 7 on here since .*; name another folder, or remove reports\/run\.lock where that run is over$/,
    )
  })

  it('is refused to a container of the same name while the one that has it shows itself', () => {
    locked(1)
    const other = { space: 'two', running: [1] }
    expect(refusal(1, { ...other, now: NOW + 59_000 })).toMatch(/^--reports: a run is going on in reports/)
    for (const beat of beats) beat(NOW + 50_000)
    expect(refusal(1, { ...other, now: NOW + 109_000 })).toMatch(/^--reports: a run is going on in reports/)
  })

  it('is taken over from a container that has not shown itself for a minute, and does not go back to it', () => {
    const unlock = locked(1)
    const late = [...beats]
    locked(1, { space: 'two', now: NOW + 60_000 })
    const taken = readFileSync(file(), 'utf8')
    for (const beat of late) beat(NOW + 600_000)
    unlock()
    expect(readFileSync(file(), 'utf8')).toBe(taken)
    expect(statSync(file()).mtimeMs).toBe(NOW + 60_000)
    expect(readdirSync(path)).toEqual(['run.lock'])
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
