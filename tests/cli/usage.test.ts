import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { command } from './in-process.ts'
import { touchstone, workplace, type Workplace } from './touchstone.ts'

let place: Workplace

beforeEach(() => {
  place = workplace()
})

afterEach(() => {
  place.remove()
})

it('loads for its help nothing that only a run needs', async () => {
  const { exitCode } = await touchstone(['verify', '--help'], { env: { NODE_V8_COVERAGE: place.path } })
  const loaded = readdirSync(place.path).map((file) => readFileSync(place.file(file), 'utf8'))
  expect(exitCode).toBe(0)
  expect(loaded.join()).toContain('commander')
  expect(loaded.join()).not.toMatch(/@cucumber|\/ajv\/|\/express\/|\/yaml\//)
})

it('prints its version', async () => {
  const { exitCode, stdout } = await touchstone(['--version'])
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
})

it('a process that was asked for what cannot be ends with 2', async () => {
  const { exitCode, stderr } = await touchstone(['verify', '--nothing'])
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringMatching(/^touchstone: [^\n]+\n$/),
  })
})

describe('a command that was asked for what cannot be ends with 2', () => {
  it.each([
    ['option', ['verify', '--nothing']],
    ['requirement', ['verify', '--only', 'NO-SUCH-ID']],
    ['tag', ['verify', '--tags', '@nothing']],
    ['target file', ['verify', '--target', 'none.yaml']],
  ])('unknown %s', async (_, args) => {
    const { exitCode, stdout, stderr } = await command(args, { cwd: place.path })
    expect({ exitCode, stdout, files: readdirSync(place.path) }).toEqual({
      exitCode: 2,
      stdout: '',
      files: [],
    })
    expect(stderr).toMatch(/^touchstone: [^\n]+\n$/)
  })
})

describe('an option that would do nothing is refused', () => {
  it.each([
    ['prove --runs 5', '--runs needs --explore'],
    ['prove --sample 5', '--sample needs --explore'],
    ['prove --explore --full', "'--full' cannot be used with option '--explore'"],
    ['prove --explore --variants --sample 5', "'--sample <n>' cannot be used with option '--variants'"],
    ['prove --explore --variants --fault RELAY-PUSH', 'expected faults or variants, got both'],
  ])('%s', async (line, why) => {
    const { exitCode, stdout, stderr } = await command(line.split(' '), { cwd: place.path })
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining(why),
    })
  })
})
