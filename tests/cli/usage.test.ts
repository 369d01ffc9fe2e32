import { readdirSync, readFileSync } from 'node:fs'
import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
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
    ['prove --explore --full', '--full with --explore needs --together: walks run no scenarios'],
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

describe('a command that there is not', () => {
  it.each([
    ['verfy', "unknown command 'verfy'; did you mean verify? see touchstone --help"],
    ['help verfy', "unknown command 'verfy'; did you mean verify? see touchstone --help"],
    ['foo --help', "unknown command 'foo'; see touchstone --help"],
    ['statement chek reports', "unknown command 'chek'; did you mean check? see touchstone statement --help"],
    ['help statement chek', "unknown command 'chek'; did you mean check? see touchstone statement --help"],
  ])('%s is refused in one form', async (line, why) => {
    const { exitCode, stdout, stderr } = await command(line.split(' '), { cwd: place.path })
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: `touchstone: ${why}\n` })
  })

  it.each(['--help', 'verify --help', 'help', 'help statement check', 'statement --help'])(
    '%s asks for the help of what there is',
    async (line) => {
      const { exitCode, stdout } = await command(line.split(' '), { cwd: place.path })
      expect({ exitCode, stdout }).toEqual({
        exitCode: 0,
        stdout: expect.stringContaining('Usage: touchstone'),
      })
    },
  )
})

describe('the help', () => {
  /** The commands whose examples send nothing and need no file. */
  const HARMLESS = /^(plan (?!--target)|plan$|requirements (?!coverage)|faults|variants)/

  async function helpOf(name: string): Promise<string> {
    return (await command([...name.split(' '), '--help'].filter(Boolean), { cwd: place.path })).stdout
  }

  async function names(): Promise<readonly string[]> {
    const [, list = ''] = (await helpOf('')).split('\nCommands:\n')
    return [...list.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name)
  }

  /** The examples of a help text as arguments; what a shell does behind them is left out. */
  function examplesIn(text: string): readonly string[] {
    return [
      ...text.replaceAll(/\\\n\s+/g, '').matchAll(/^ {2}\$ touchstone (\S.*?)(?: {2,}.*| [|>].*)?$/gm),
    ].map(([, line = '']) => line)
  }

  it('has examples that can be parsed, and run where nothing is sent', async () => {
    const texts = await Promise.all(['', ...(await names())].map(helpOf))
    const examples = [...new Set(texts.flatMap(examplesIn))]
    expect(examples.length).toBeGreaterThan(50)
    for (const line of examples.filter((each) => HARMLESS.test(each)))
      expect({ line, ...(await command(line.split(' '), { cwd: place.path })) }).toMatchObject({
        line,
        exitCode: 0,
      })
    const parsed = vi.spyOn(Command.prototype, 'action').mockReturnThis()
    for (const line of examples)
      expect({ line, ...(await command(line.split(' '), { cwd: place.path })) }).toMatchObject({
        line,
        exitCode: 0,
        stderr: '',
      })
    parsed.mockRestore()
  }, 60_000)

  it('is filled to its width, not broken amid a sentence', async () => {
    const texts = await Promise.all((await names()).map(helpOf))
    const descriptions = texts.map((text) => /\n\n([^:]*?)\n\n/.exec(text)?.[1]?.split('\n') ?? [])
    const short = descriptions.flatMap((lines) =>
      lines
        .slice(0, -1)
        .filter((line, index) => line.length + (lines[index + 1]?.split(' ')[0] ?? '').length < 79),
    )
    expect(short).toEqual([])
  })
})
