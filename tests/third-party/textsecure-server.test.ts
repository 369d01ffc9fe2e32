import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { BaselineEntry } from '#evidence/run-record.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { loadRegister } from '#protocol/register.ts'
import { readRun } from '#report/run-files.ts'
import { judge } from '#verdict/judge.ts'
import { touchstone, workplace, type Ended, type Workplace } from '../cli/touchstone.ts'

const BASELINE = join(PACKAGE_ROOT, 'baselines/textsecure-server.yaml')
const TARGET = join(PACKAGE_ROOT, 'targets/textsecure-server.yaml')
const known = parse(readFileSync(BASELINE, 'utf8')) as readonly BaselineEntry[]

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

/** Verifies the server by its URL; the reports go to a folder of that name. */
function verify(name: string, ...options: readonly string[]): Promise<Ended> {
  const args = ['verify', 'relay', '--url', url, '--target', TARGET, '--reports', place.file(name)]
  return touchstone([...args, ...options])
}

interface Summary {
  readonly requirements: readonly { readonly id: string; readonly verdict: string }[]
}

test('has its known deviations and no others', async () => {
  const { exitCode, stdout } = await verify('run', '--baseline', BASELINE)
  expect(exitCode).toBe(0)
  expect(stdout).toContain('known deviation')

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
})

test('is non-conformant without the baseline, and each deviation is named', async () => {
  const { exitCode, stdout } = await verify('bare')
  expect(exitCode).toBe(1)
  const { requirements } = place.json('bare/summary.json') as Summary
  const violated = requirements.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)
  expect(violated.toSorted()).toEqual([...new Set(known.map(({ requirement }) => requirement))].toSorted())
  for (const id of violated) expect(stdout).toContain(id)
})
