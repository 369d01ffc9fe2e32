import { closeSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { touchstone, workplace, type Workplace } from './touchstone.ts'

let place: Workplace

beforeEach(() => {
  place = workplace()
})

afterEach(() => {
  place.remove()
})

const ONE = ['verify', '--only', 'RELAY-CODE-01']
const ALL = ['junit.xml', 'messages.ndjson', 'report.html', 'run.json', 'summary.json', 'summary.md']
const files = () => readdirSync(place.file('reports')).sort()

/** Runs with standard output at a device that is full. */
async function onFullDevice(args: readonly string[]) {
  const stdout = openSync('/dev/full', 'w')
  try {
    return await touchstone(args, { cwd: place.path, stdout })
  } finally {
    closeSync(stdout)
  }
}

const LOST =
  'touchstone: standard output cannot be written (ENOSPC: no space left on device); the rest is lost\n'

describe('standard output that cannot be written', () => {
  it('leaves a run its reports and its exit code', async () => {
    const { exitCode, stderr } = await onFullDevice(ONE)
    expect({ exitCode, stderr, files: files() }).toEqual({ exitCode: 0, stderr: LOST, files: ALL })
  })

  it('makes a command that only prints end with 4', async () => {
    const { exitCode, stderr } = await onFullDevice(['requirements', 'list'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 4, stderr: LOST })
  })

  it('is no loss where its reader has left', async () => {
    const { exitCode, stderr } = await touchstone(['requirements', 'list'], {
      onStart: (child) => child.stdout?.destroy(),
    })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  })
})

it('a folder that is removed during the run is made again at its end', async () => {
  const { exitCode, stderr } = await touchstone([...ONE, '--verbose'], {
    cwd: place.path,
    onStart: (child) =>
      child.stdout?.once('data', () => {
        rmSync(place.file('reports'), { recursive: true })
      }),
  })
  expect({ exitCode, files: files() }).toEqual({ exitCode: 0, files: ALL })
  expect(stderr).toMatch(/^touchstone: cannot write in reports any more \(ENOENT: [^\n]*\n$/)
})

it('a folder that becomes a file during the run is replaced by another, which is named', async () => {
  const { exitCode, stdout } = await touchstone([...ONE, '--verbose'], {
    cwd: place.path,
    env: { TMPDIR: place.path },
    onStart: (child) =>
      child.stdout?.once('data', () => {
        rmSync(place.file('reports'), { recursive: true })
        writeFileSync(place.file('reports'), '')
      }),
  })
  const [other = ''] = readdirSync(place.path).filter((name) => name.startsWith('touchstone-'))
  expect({ exitCode, files: readdirSync(place.file(other)).sort() }).toEqual({ exitCode: 4, files: ALL })
  expect(stdout).toContain(`${other}/report.html`)
  expect(stdout).toContain('HARNESS ERROR')
})

/** Sets the clock back by an hour when the run has begun, that is, when it was asked for the time a few times. */
const SET_BACK = `
  const RealDate = Date
  let asked = 0
  const now = () => RealDate.now() - ((asked += 1) > 20 ? 3_600_000 : 0)
  globalThis.Date = class extends RealDate {
    constructor(...given) { given.length === 0 ? super(now()) : super(...given) }
    static now() { return now() }
  }`

it('a clock that is set back during the run makes no time negative', async () => {
  writeFileSync(place.file('set-back.mjs'), SET_BACK)
  const { exitCode, stderr } = await touchstone(['verify', '--only', 'RELAY-CODE-03', '--quiet'], {
    cwd: place.path,
    env: { NODE_OPTIONS: `--import ${place.file('set-back.mjs')}` },
  })
  expect({ exitCode, stderr, files: files() }).toEqual({ exitCode: 0, stderr: '', files: ALL })
  const texts = ALL.map((name) => JSON.stringify(place.text(`reports/${name}`)))
  expect(texts.join('\n')).not.toMatch(/durationMs[\\":, ]*-\d|time=\\"-|-\d[\d.]* m?s\b/)
})
