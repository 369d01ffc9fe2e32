import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createColors } from 'picocolors'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { BaselineEntry } from '#evidence/run-record.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { loadRegister } from '#protocol/register.ts'
import { closingText } from '#report/console.ts'
import { readRun } from '#report/run-files.ts'
import { judge } from '#verdict/judge.ts'
import { command } from '../cli/in-process.ts'
import { touchstone, workplace, type Workplace } from '../cli/touchstone.ts'
import { expectAsPlanned, type Summary } from '../deployments/deployment.ts'

const BASELINE = join(PACKAGE_ROOT, 'baselines/textsecure-server.yaml')
const TARGET = join(PACKAGE_ROOT, 'targets/textsecure-server.yaml')
/** A whole run waits half a minute for a limiter to refill. */
const RUN_MS = 240_000
const known = parse(readFileSync(BASELINE, 'utf8')) as readonly BaselineEntry[]

/**
 * What walks find wrong with it under other requirements than the suite: it refuses a malformed push id with 400, not 415, where
 * the suite meets no such route; and it never answers the confirmation of a number that asked for no code, or messages without
 * members, which the suite finds by what each of these asks.
 */
const FOUND_BY_WALKS = ['RELAY-PUSHID-05', 'RELAY-VERIFY-01', 'RELAY-MESSAGE-01']

let server: ChildProcess
let url: string
let place: Workplace

beforeAll(async () => {
  place = workplace()
  const script = join(PACKAGE_ROOT, 'tests/third-party/textsecure-server.cjs')
  const started = spawn(process.execPath, ['--no-deprecation', '--unhandled-rejections=none', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  server = started
  const [line] = (await once(createInterface(started.stdout), 'line')) as [string]
  url = (JSON.parse(line) as { readonly url: string }).url
})

afterAll(() => {
  server.kill()
  place.remove()
})

/** How the one run of the whole suite against the server is asked for, judged below with several baselines. */
function asked(): readonly string[] {
  const options = ['--url', url, '--target', TARGET, '--reports', place.file('run'), '--baseline', BASELINE]
  // Where the basic operation deviates, much of what is about it is not checked.
  return ['relay', ...options, '--min-coverage', '20']
}

test('is found healthy by doctor, which reports both a wrong URL and a missing key', async () => {
  expect(await command(['doctor', '--url', url, '--target', TARGET])).toMatchObject({ exitCode: 0 })
  const file = place.file('begun.yaml')
  writeFileSync(
    file,
    `protocol: relay\nurl: ${url}/v1\ncapabilities: { verificationCode: { fixed: '123456' } }\ntimeouts: { answerMs: 250 }\n`,
  )
  const { exitCode, stdout } = await command(['doctor', '--target', file])
  expect(exitCode).toBe(2)
  expect(stdout).toContain(`write url: ${url}`)
  expect(stdout).toContain('write reachableBy: confirmation')
})

test('is walked to an end, and what walks find wrong are known deviations', async () => {
  const options = ['--url', url, '--target', TARGET, '--reports', place.file('walked'), '--for', '30s']
  const { exitCode } = await touchstone(['explore', 'relay', ...options, '--seed', 'quay'])
  expect(exitCode).toBe(1)
  const { walks = [] } = readRun(place.file('walked')).run
  const found = walks.flatMap(({ counterexamples }) => counterexamples.map(({ requirement }) => requirement))
  expect(found.length).toBeGreaterThan(2)
  const ids = new Set([...known.map(({ requirement }) => requirement), ...FOUND_BY_WALKS])
  expect(found.filter((id) => !ids.has(id))).toEqual([])
})

test(
  'has its known deviations and no others, and is non-conformant without the baseline',
  async () => {
    const { exitCode, stdout } = await touchstone(['verify', ...asked()])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('known deviation')
    await expectAsPlanned(asked(), (place.json('run/summary.json') as Summary).scenarios, place.path)
    const cleanup = ['cleanup', '--ledger', place.file('run/ledger.ndjson'), '--url', url, '--target', TARGET]
    expect(await command(cleanup)).toMatchObject({
      exitCode: 0,
      stdout: '0 changes put back, 0 left\n',
    })

    const { run, envelopes } = readRun(place.file('run'))
    const { requirements } = loadRegister('relay')
    const judged = (entries: readonly BaselineEntry[]) =>
      judge(envelopes, { ...run, baseline: { file: BASELINE, entries } }, requirements)
    for (const entry of known) {
      const others = known.filter((other) => other !== entry)
      expect(judged(others).exitCode, `without ${String(entry.requirement)}: ${entry.expect}`).toBe(1)
    }
    const stale = { requirement: 'RELAY-CODE-01', expect: 'expected 200, got 500', reason: 'none' }
    expect(judged([...known, stale]).exitCode).toBe(1)

    const bare = { ...run, baseline: null }
    const verdicts = judge(envelopes, bare, requirements)
    expect(verdicts.exitCode).toBe(1)
    const violated = verdicts.requirements.filter(({ verdict }) => verdict === 'violated')
    const ids = violated.map(({ requirement }) => requirement.id)
    expect(ids.toSorted()).toEqual([...new Set(known.map(({ requirement }) => requirement))].toSorted())
    const text = closingText(verdicts, bare, { colors: createColors(false), columns: 80, reports: 'reports' })
    for (const id of ids) expect(text).toContain(id)
  },
  RUN_MS,
)
