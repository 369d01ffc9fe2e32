import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { REQUIREMENTS, RUN, sampleStream } from '../../tests/golden/sample-run.ts'
import { readRun } from './run-files.ts'
import { writeReports } from './write.ts'

const register = { requirements: REQUIREMENTS }
const REPORTS = ['summary.json', 'junit.xml', 'summary.md', 'report.html']
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-'))
  write('run.json', JSON.stringify(RUN))
  write(
    'messages.ndjson',
    sampleStream()
      .map((envelope) => `${JSON.stringify(envelope)}\n`)
      .join(''),
  )
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

  test('is read in pieces without tearing a character', () => {
    const long = { source: { data: 'é'.repeat(1_500_000) } }
    write('messages.ndjson', `${JSON.stringify(long)}\n${JSON.stringify(long)}\n`)
    expect([...readRun(folder).envelopes]).toEqual([long, long])
  })

  test('may end in half a line', () => {
    write('messages.ndjson', '{"meta":{}}\n{"pick')
    expect([...readRun(folder).envelopes]).toEqual([{ meta: {} }])
  })

  test('may not have half a line in its midst', () => {
    write('messages.ndjson', '{"meta":{}}\n{"pick\n{"meta":{}}\n')
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
    ['run.json', null, /^there\/run.json: cannot be read \(ENOENT\)/],
    ['messages.ndjson', null, /^there\/messages.ndjson: cannot be read \(ENOENT\)/],
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
    write('run.json', JSON.stringify({ ...RUN, preflight: 'no answer' }))
    rmSync(join(folder, 'messages.ndjson'))
    expect([...readRun(folder).envelopes]).toEqual([])
  })
})
