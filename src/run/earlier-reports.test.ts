import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRun } from '#report/run-files.ts'
import { keepRecord } from '../../tests/golden/kept-run.ts'
import { RUN, sampleStream } from '../../tests/golden/sample-run.ts'
import { LONE_PROCESS } from '../../tests/lone-process.ts'
import { putAside, removeEarlier } from './earlier-reports.ts'
import { lockFolder } from './folder-lock.ts'

let path: string

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'touchstone-earlier-'))
})

afterEach(() => {
  rmSync(path, { recursive: true })
})

const folder = () => ({ path, shown: 'reports' })
const files = () => readdirSync(path).sort()

function leaveRun(): void {
  keepRecord(path, RUN, sampleStream())
  for (const file of ['junit.xml', 'statement.json', 'summary.json', 'notes.txt'])
    writeFileSync(join(path, file), file)
}

describe('the reports of an earlier run', () => {
  it('are marked by their names and lose nothing', () => {
    leaveRun()
    expect(putAside(folder(), LONE_PROCESS, 0)).toBe(true)
    expect(files()).toEqual([
      'junit.xml.earlier',
      'messages.ndjson.earlier',
      'notes.txt',
      'run.json.earlier',
      'statement.json.earlier',
      'summary.json.earlier',
    ])
    expect(readFileSync(join(path, 'junit.xml.earlier'), 'utf8')).toBe('junit.xml')
    expect(() => readRun(path, 'reports')).toThrow(
      /^reports: holds the record of an earlier run, for the last/,
    )
  })

  it('are marked once', () => {
    leaveRun()
    putAside(folder(), LONE_PROCESS, 0)
    const before = files()
    expect(putAside(folder(), LONE_PROCESS, 0)).toBe(false)
    expect(files()).toEqual(before)
  })

  it('are left alone while a run is going on', () => {
    leaveRun()
    lockFolder(folder(), { ...LONE_PROCESS, pid: 2 }, 0)
    const before = files()
    expect(putAside(folder(), { ...LONE_PROCESS, isRunning: () => true }, 0)).toBe(false)
    expect(files()).toEqual(before)
  })

  it('are not what lies in a folder without a record', () => {
    writeFileSync(join(path, 'junit.xml'), 'of something else')
    expect(putAside(folder(), LONE_PROCESS, 0)).toBe(false)
    expect(files()).toEqual(['junit.xml'])
  })

  it('go when the next run begins', () => {
    leaveRun()
    putAside(folder(), LONE_PROCESS, 0)
    removeEarlier(path)
    expect(files()).toEqual(['notes.txt'])
  })
})
