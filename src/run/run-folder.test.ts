import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnvelope } from '@cucumber/messages'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunRecord } from '#evidence/run-record.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { readRun } from '#report/run-files.ts'
import { RUN, sampleStream } from '../../tests/golden/sample-run.ts'
import { LONE_PROCESS } from '../../tests/lone-process.ts'
import { openRunFolder, type RunFolder } from './run-folder.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-run-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

const text = (file: string) => readFileSync(join(folder, file), 'utf8')
const opened = (path: string, shown: string) => openRunFolder({ path, shown }, LONE_PROCESS, 0)
const record = (seed: string) => ({ seed, finishedAt: null }) as RunRecord

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
  expect(JSON.parse(text('run.json'))).toEqual({ seed: 'first', finishedAt: null })
  run.describe(record('second'))
  expect(JSON.parse(text('run.json'))).toEqual({ seed: 'second', finishedAt: null })
  run.close()
})

it('seals the record of a run that is over, which then reads as it was written', () => {
  const run = opened(folder, 'reports')
  run.describe({ ...RUN, finishedAt: null })
  expect(text('run.json')).not.toContain('digests')
  for (const envelope of sampleStream()) run.add(envelope)
  run.describe(RUN)
  run.close()
  const kept = readRun(folder)
  expect([...kept.envelopes]).toEqual(sampleStream())
  expect(kept.run).toEqual({ ...RUN, digests: expect.objectContaining({ features: null }) })
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

it('leaves an earlier run as it is where what comes first is refused', () => {
  for (const file of ['run.json', 'summary.json', 'messages.ndjson']) writeFileSync(join(folder, file), 'old')
  const onTaken = () => {
    throw new UsageError('no ledger')
  }
  expect(() => openRunFolder({ path: folder, shown: 'reports', onTaken }, LONE_PROCESS, 0)).toThrow(
    'no ledger',
  )
  expect(['run.json', 'summary.json', 'messages.ndjson'].map(text)).toEqual(['old', 'old', 'old'])
  expect(existsSync(join(folder, 'run.lock'))).toBe(false)
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

describe('a folder that cannot be written any more', () => {
  const message = parseEnvelope('{"testRunStarted":{"id":"1"}}')

  function begun(): { readonly run: RunFolder; readonly losses: readonly string[] } {
    const losses: string[] = []
    const onLoss = (reason: string) => losses.push(reason)
    const place = { path: join(folder, 'reports'), shown: 'reports', onLoss }
    return { run: openRunFolder(place, LONE_PROCESS, 0), losses }
  }

  it('is said once on a full disk, and ends no run', () => {
    mkdirSync(join(folder, 'reports'))
    symlinkSync('/dev/full', join(folder, 'reports/messages.ndjson'))
    const { run, losses } = begun()
    expect(run.isWhole()).toBe(true)
    run.add(message)
    run.add(message)
    run.describe(record('last'))
    expect({ losses, whole: run.isWhole() }).toEqual({
      losses: ['ENOSPC: no space left on device'],
      whole: false,
    })
    run.close()
  })

  it('is noticed where it was removed', () => {
    const { run, losses } = begun()
    rmSync(join(folder, 'reports'), { recursive: true })
    run.add(message)
    expect({ losses, whole: run.isWhole() }).toEqual({ losses: [], whole: false })
    run.describe(record('last'))
    expect(losses).toEqual(['ENOENT: no such file or directory'])
    run.close()
  })
})
