import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { REQUIREMENTS, RUN, sampleStream } from '../../tests/golden/sample-run.ts'
import { keepRecord, keepText } from '../../tests/golden/kept-run.ts'
import { readRun } from './run-files.ts'
import { writeRecord } from './write-record.ts'
import { writeReports } from './write.ts'

const register = { requirements: REQUIREMENTS }
const REPORTS = ['summary.json', 'junit.xml', 'summary.md', 'report.html']
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-'))
  keepRecord(folder, RUN, sampleStream())
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(file: string, text: string): void {
  writeFileSync(join(folder, file), text)
}

function read(file: string): string {
  return readFileSync(join(folder, file), 'utf8')
}

describe('the record of a run', () => {
  test('gives the same reports from disk as from memory', async () => {
    const verdicts = await writeReports(folder, RUN, { envelopes: sampleStream(), register })
    const before = REPORTS.map(read)
    const { run, envelopes } = readRun(folder)
    REPORTS.forEach((report) => {
      rmSync(join(folder, report))
    })
    expect(await writeReports(folder, run, { envelopes, register })).toEqual(verdicts)
    expect(REPORTS.map(read)).toEqual(before)
  })

  test('says nothing that would steer a terminal which shows it', async () => {
    const hostile = {
      source: { data: '\u009b2J\u202e', uri: 'a', mediaType: 'text/x.cucumber.gherkin+plain' },
    }
    const envelopes = [hostile] as unknown as Envelope[]
    const run = { ...RUN, selection: { ...RUN.selection, only: ['\u009b'] } }
    await writeRecord(folder, run, envelopes)
    expect(read('messages.ndjson') + read('run.json')).not.toMatch(/[\u0080-\u009f\u202e]/)
    expect([...readRun(folder).envelopes]).toEqual(envelopes)
    expect(readRun(folder).run.selection).toEqual(run.selection)
  })

  test('is read in pieces without tearing a character', () => {
    const long = { source: { data: 'é'.repeat(1_500_000) } }
    keepText(folder, RUN, `${JSON.stringify(long)}\n${JSON.stringify(long)}\n`)
    expect([...readRun(folder).envelopes]).toEqual([long, long])
  })

  test('may end in half a line', () => {
    keepText(folder, { ...RUN, finishedAt: null }, '{"meta":{}}\n{"pick')
    expect([...readRun(folder).envelopes]).toEqual([{ meta: {} }])
  })

  test('may not have half a line in its midst', () => {
    keepText(folder, RUN, '{"meta":{}}\n{"pick\n{"meta":{}}\n')
    const { envelopes } = readRun(folder, 'there')
    expect(() => [...envelopes]).toThrow(
      new UsageError('there/messages.ndjson:2: expected a message in JSON, got "{"pick"'),
    )
  })

  test.each([
    ['run.json', '{', /^there\/run.json: not JSON/],
    [
      'run.json',
      '{"schemaVersion":2}',
      /^there\/run.json: expected the record of a run with schemaVersion 1/,
    ],
    ['run.json', null, /^there\/run.json: cannot be read \(there is no such file\)/],
    ['messages.ndjson', null, /^there\/messages.ndjson: cannot be read \(there is no such file\)/],
  ])('with a bad %s (%s) is a usage fault of one line', (file, text, message) => {
    rmSync(join(folder, file))
    const spoil = (): void => {
      write(file, text ?? '')
    }
    const nothing = (): void => undefined
    ;(text === null ? nothing : spoil)()
    expect(() => readRun(folder, 'there')).toThrow(UsageError)
    expect(() => readRun(folder, 'there')).toThrow(message)
  })

  test('of a run that executed nothing needs no messages', () => {
    keepText(folder, { ...RUN, preflight: 'no answer' }, '')
    rmSync(join(folder, 'messages.ndjson'))
    expect([...readRun(folder).envelopes]).toEqual([])
  })
})

describe('a record that was edited after the run', () => {
  const refused = (message: RegExp): void => {
    expect(() => readRun(folder, 'there')).toThrow(UsageError)
    expect(() => readRun(folder, 'there')).toThrow(message)
  }

  test('is refused where a message is missing', () => {
    const [first = '', ...rest] = read('messages.ndjson').split('\n')
    write('messages.ndjson', rest.join('\n'))
    refused(
      /^there\/messages\.ndjson: was edited after the run: expected SHA-256 [0-9a-f]{12}…, got [0-9a-f]{12}…; run/,
    )
    write('messages.ndjson', [first, ...rest].join('\n'))
    expect([...readRun(folder).envelopes]).toEqual(sampleStream())
  })

  test.each<[string, Partial<RunRecord>]>([
    ['an option', { options: { ...RUN.options, failOn: 'must' } }],
    ['a selection', { selection: { ...RUN.selection, scenarios: [] } }],
    ['a baseline', { baseline: null }],
    ['a shard that is called the whole', { selection: { ...RUN.selection, shard: '1/1' } }],
  ])('is refused where run.json has another value in %s', (_, changes) => {
    write('run.json', JSON.stringify({ ...(JSON.parse(read('run.json')) as RunRecord), ...changes }))
    refused(/^there\/run\.json: was edited after the run: expected SHA-256/)
  })

  test('is refused where it lost its digests', () => {
    write('run.json', JSON.stringify(RUN))
    refused(/^there\/run\.json: has no digests, so an edit could not be seen/)
  })

  test('is not asked for digests where the run was killed, which no report calls conformant', () => {
    write('run.json', JSON.stringify({ ...RUN, finishedAt: null }))
    expect([...readRun(folder).envelopes]).toEqual(sampleStream())
  })
})
