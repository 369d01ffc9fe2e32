import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readRun } from '#report/run-files.ts'
import { REQUIREMENTS, RUN, sampleStream, sampleVerdicts } from '../../tests/golden/sample-run.ts'
import { keepRun, type RunRemains } from './keep-run.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-keep-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

const ALL = ['junit.xml', 'messages.ndjson', 'report.html', 'run.json', 'summary.json', 'summary.md']
const remains = (isRecorded: boolean): RunRemains => ({
  run: RUN,
  envelopes: sampleStream(),
  register: { requirements: REQUIREMENTS },
  isRecorded,
})
const at = (name: string) => ({ path: join(folder, name), shown: name })

it('writes the reports of a record that is there', async () => {
  const { reports, run } = await keepRun(at('reports'), remains(true))
  expect({ reports, run, files: readdirSync(join(folder, 'reports')).sort() }).toEqual({
    reports: 'reports',
    run: RUN,
    files: ALL.filter((name) => !['messages.ndjson', 'run.json'].includes(name)),
  })
})

it('writes a record that was lost again', async () => {
  const { reports, run } = await keepRun(at('reports'), remains(false))
  expect({ reports, run, files: readdirSync(join(folder, 'reports')).sort() }).toEqual({
    reports: 'reports',
    run: RUN,
    files: ALL,
  })
  expect([...readRun(join(folder, 'reports')).envelopes]).toHaveLength(sampleStream().length)
})

it('writes all of it elsewhere where the folder cannot be written, and says so', async () => {
  writeFileSync(join(folder, 'reports'), 'a file')
  const { reports, run, verdicts } = await keepRun(at('reports'), remains(true), folder)
  expect(reports).toMatch(/touchstone-\w+$/)
  expect(run.harnessErrors.at(-1)).toBe(
    `the reports could not be written in reports (EEXIST: file already exists); they are in ${reports ?? ''}`,
  )
  expect(verdicts).toMatchObject({ verdict: 'harness-error', exitCode: 4 })
  expect(readdirSync(reports ?? '').sort()).toEqual(ALL)
  expect(JSON.parse(readFileSync(join(reports ?? '', 'summary.json'), 'utf8'))).toMatchObject({ exitCode: 4 })
})

it('leaves what can be written where it belongs', async () => {
  await keepRun(at('reports'), remains(false), folder)
  symlinkSync('/dev/full', join(folder, 'reports/report.html.new'))
  rmSync(join(folder, 'reports/summary.json'))
  const { reports } = await keepRun(at('reports'), remains(true), folder)
  expect(readdirSync(join(folder, 'reports')).sort()).toEqual(ALL)
  expect(readdirSync(reports ?? '').sort()).toEqual(ALL)
})

it('judges what cannot be written anywhere', async () => {
  writeFileSync(join(folder, 'reports'), 'a file')
  const { reports, verdicts, run } = await keepRun(at('reports'), remains(true), join(folder, 'none'))
  expect({ reports, exitCode: verdicts.exitCode }).toEqual({ reports: null, exitCode: 4 })
  expect(verdicts.scenarios).toHaveLength(sampleVerdicts().scenarios.length)
  expect(run.harnessErrors.at(-1)).toMatch(
    /^the reports could not .* \(EEXIST: .*\), nor in .*none \(ENOENT: /,
  )
})
