import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnvelope } from '@cucumber/messages'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RunRecord } from '#evidence/run-record.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { LONE_PROCESS } from '../../tests/lone-process.ts'
import { openRunFolder } from './run-folder.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-run-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

const text = (file: string) => readFileSync(join(folder, file), 'utf8')
const opened = (path: string, shown: string) => openRunFolder({ path, shown }, LONE_PROCESS, 0)
const record = (seed: string) => ({ seed }) as RunRecord

it('has each message and each description on disk at once', () => {
  const run = opened(folder, 'reports')
  run.describe(record('first'))
  run.add(parseEnvelope('{"testRunStarted":{"id":"1"}}'))
  run.add(parseEnvelope('{"testRunStarted":{"id":"2"}}'))
  expect(text('messages.ndjson').split('\n')).toEqual([
    expect.stringContaining('"id":"1"'),
    expect.stringContaining('"id":"2"'),
    '',
  ])
  expect(JSON.parse(text('run.json'))).toEqual({ seed: 'first' })
  run.describe(record('second'))
  expect(JSON.parse(text('run.json'))).toEqual({ seed: 'second' })
  run.close()
})

it('takes away what an earlier run left, and nothing else', () => {
  for (const file of ['summary.json', 'report.html', 'messages.ndjson', 'README.md'])
    writeFileSync(join(folder, file), 'old')
  opened(folder, 'reports').close()
  expect(['summary.json', 'report.html', 'README.md'].map((file) => existsSync(join(folder, file)))).toEqual([
    false,
    false,
    true,
  ])
  expect(text('messages.ndjson')).toBe('')
})

it('makes the folder where there is none', () => {
  opened(join(folder, 'a/b'), 'a/b').close()
  expect(text('a/b/messages.ndjson')).toBe('')
})

it('refuses a place that is no folder', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => opened(join(folder, 'file'), 'file')).toThrow(UsageError)
  expect(() => opened(join(folder, 'file'), 'file')).toThrow(/^--reports: cannot write in file \(EEXIST\)/)
})

it('is of one run at a time, and gives itself back', () => {
  const alive = { ...LONE_PROCESS, pid: 2, isRunning: () => true }
  const first = opened(folder, 'reports')
  first.add(parseEnvelope('{"testRunStarted":{"id":"1"}}'))
  expect(() => openRunFolder({ path: folder, shown: 'reports' }, alive, 0)).toThrow(
    /^--reports: a run is going on in reports, by process 1 /,
  )
  expect(text('messages.ndjson')).toContain('"id":"1"')
  first.close()
  openRunFolder({ path: folder, shown: 'reports' }, alive, 0).close()
  expect(existsSync(join(folder, 'run.lock'))).toBe(false)
})

it('is free again where its messages cannot be written', () => {
  mkdirSync(join(folder, 'messages.ndjson'))
  expect(() => opened(folder, 'reports')).toThrow(/^--reports: cannot write in reports \(EISDIR\)/)
  expect(existsSync(join(folder, 'run.lock'))).toBe(false)
})
