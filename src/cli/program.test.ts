import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commandLine } from './program.ts'
import { LONE_PROCESS } from '../../tests/lone-process.ts'

let cwd: string

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'touchstone-usage-'))
})

afterEach(() => {
  rmSync(cwd, { recursive: true })
})

function collector(): { readonly stream: Writable; readonly text: () => string } {
  let text = ''
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk)
      done()
    },
  })
  return { stream, text: () => text }
}

async function touchstone(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  const stdout = collector()
  const stderr = collector()
  const exitCode = await commandLine.run(args, {
    cwd,
    env,
    stdout: stdout.stream,
    stderr: stderr.stream,
    interactive: false,
    columns: 80,
    interrupted: new AbortController().signal,
    now: () => 0,
    nonce: () => '0123456789abcdef',
    node: 'v20.19.0',
    platform: 'linux',
    writer: LONE_PROCESS,
  })
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() }
}

const COMMANDS = [
  ...['verify', 'explore', 'plan', 'init', 'doctor', 'mock', 'requirements', 'faults', 'variants', 'prove'],
  ...['report', 'replay', 'cleanup', 'compare', 'matrix', 'trend', 'export', 'statement'],
]

describe('help', () => {
  it.each([[], ...COMMANDS.map((command) => [command])])(
    'of touchstone %s fits 80 columns and has examples',
    async (...command) => {
      const { exitCode, stdout, stderr } = await touchstone([...command, '--help'])
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
      expect(stdout).toContain('Examples:')
    },
  )
})

describe('help and version', () => {
  it('of a command, and of a command of it, are those that --help prints', async () => {
    for (const names of [['verify'], ['statement', 'sign'], []])
      expect(await touchstone(['help', ...names])).toEqual(await touchstone([...names, '--help']))
  })

  it('of a misspelt command suggest one, in one line', async () => {
    expect(await touchstone(['help', 'verfy'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "touchstone: unknown command 'verfy'; did you mean verify? see touchstone --help\n",
    })
  })

  it('say what it is and runs on', async () => {
    expect((await touchstone(['version'])).stdout).toMatch(
      /^touchstone \d+\.\d+\.\d+, Node\.js v20\.19\.0, linux\n$/,
    )
  })
})

describe('in the log of a workflow', () => {
  it('no line that people read is a command', async () => {
    const env = { GITHUB_ACTIONS: 'true' }
    const { stderr } = await touchstone(['report', '##[error]forged'], env)
    expect(stderr).toContain('[error]forged')
    expect(stderr).not.toContain('##[')
  })
})

describe('a fault of usage ends with 2 and one line, and nothing is written', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['command', ['verfy'], /unknown command 'verfy'; did you mean verify\? see touchstone --help/],
    ['protocol', ['verify', 'imap'], /'imap' is invalid.*Allowed choices are relay, mstore, all/],
    [
      'server of no protocol',
      ['verify', '--url', 'http://127.0.0.1:1'],
      /127\.0\.0\.1:1 is one server, of one protocol: expected relay or mstore behind the command, got none/,
    ],
    [
      'server of all protocols',
      ['plan', 'all', '--url', 'http://127.0.0.1:1'],
      /expected relay or mstore behind the command, got all/,
    ],
    ['URL in place of the protocol', ['doctor', 'http://127.0.0.1:1'], /Expected --url in front of it/],
    ['file in place of the protocol', ['plan', 'mine.yaml'], /Expected --target in front of it/],
    ['mock', ['mock', 'imap'], /Allowed choices are relay, mstore/],
    ['option of another mock', ['mock', 'relay', '--plain'], /mock relay has no option '--plain'/],
    ['option of the relay mock', ['mock', 'mstore', '--name', 'a'], /mock mstore has no option '--name'/],
    ['peer without a name', ['mock', 'relay', '--peer', '=http://127.0.0.1:1'], /Expected NAME=URL/],
    [
      'form of a uri',
      ['mock', 'mstore', '--accept-uri', 'relative'],
      /--accept-uri relative: expected one of absolute, path, /,
    ],
    [
      'requirement of the other protocol',
      ['plan', 'relay', '--only', 'MSTORE-PROFILE-01'],
      /--only MSTORE-PROFILE-01: it is of mstore, and this command of relay/,
    ],
    [
      'option',
      ['verify', '--urll', 'x'],
      /unknown option '--urll'; did you mean --url\? see touchstone verify --help/,
    ],
    ['option of another command', ['plan', '--parallel', '2'], /unknown option '--parallel'/],
    ['number', ['verify', '--parallel', 'many'], /Expected a whole number from 0 to 64/],
    ['rate', ['verify', '--rate', '0'], /Expected requests in a second/],
    ['bound of requests', ['verify', '--max-requests', '0'], /Expected a whole number from 1/],
    ['bound of time', ['explore', '--max-time', '10'], /Expected a time such as 30s/],
    [
      'bound for several processes',
      ['verify', '--max-requests', '9', '--parallel', '2'],
      /--parallel: expected none beside --max-requests/,
    ],
    ['time-out', ['verify', '--timeout', '0'], /Expected a whole number from 1 to 600000/],
    ['dialect', ['verify', '--dialect', 'strict'], /Allowed choices are documented, deployed/],
    ['risk', ['verify', '--allow', 'writes,all'], /Expected risks from reads, writes/],
    ['pair', ['verify', '--quiet', '--verbose'], /'--quiet' cannot be used with option '--verbose'/],
    ['requirement', ['verify', '--only', 'NO-SUCH-ID'], /--only NO-SUCH-ID: unknown requirement/],
    ['misspelt requirement', ['verify', '--only', 'RELAY-MESAGE-07'], /did you mean RELAY-MESSAGE-0\d\?/],
    ['empty name', ['verify', '--only', ''], /Expected a name, got nothing/],
    ['tag', ['verify', '--tags', '@nothing'], /no scenario has the tag @nothing/],
    ['tag expression', ['verify', '--tags', '@sends and'], /is no tag expression/],
    ['empty tag expression', ['verify', '--tags', ' '], /expected a tag expression/],
    ['shard', ['verify', '--shard', '9/2'], /--shard: expected I\/N/],
    ['shard past the end', ['verify', '--only', 'RELAY-CODE-01', '--shard', '9/9'], /use fewer shards/],
    [
      'shard without a seed',
      ['verify', '--only', 'RELAY-CODE-03', '--shard', '1/2'],
      /--shard 1\/2: needs --seed, the same in all shards/,
    ],
    ['shard of no CI system', ['verify', '--shard', 'auto'], /--shard auto: no variable says which shard/],
    ['order', ['verify', '--order', 'backwards'], /--order: expected defined/],
    ['target file', ['verify', '--target', 'none.yaml'], /cannot read none\.yaml: there is no such file/],
    ['baseline file', ['verify', '--baseline', 'none.yaml'], /--baseline: cannot read none\.yaml/],
    ['url', ['verify', 'relay', '--url', 'not a url'], /--url: expected a URL such as/],
    [
      'url with credentials',
      ['verify', 'relay', '--url', 'http://a:b@127.0.0.1'],
      /expected a URL without credentials/,
    ],
    [
      'certificate file',
      ['verify', 'mstore', '--url', 'https://127.0.0.1', '--ca', 'none.pem'],
      /--ca: cannot read/,
    ],
    [
      'control plane without a server',
      ['verify', '--control', 'http://127.0.0.1:1'],
      /--control needs --url/,
    ],
    ['plan', ['plan', '--only', 'RELAY-NOTHING'], /unknown requirement/],
    ['folder', ['report'], /missing required argument 'folder'/],
  ])('wrong %s', async (_, args, message) => {
    const { exitCode, stdout, stderr } = await touchstone(args)
    expect(stderr).toMatch(message)
    expect(stderr).toMatch(/^touchstone: [^\n]+\n$/)
    expect({ exitCode, stdout, files: readdirSync(cwd) }).toEqual({
      exitCode: 2,
      stdout: '',
      files: [],
    })
  })

  it('reports all errors of a target file, a line each', async () => {
    writeFileSync(join(cwd, 'mine.yaml'), 'protocol: relay\nulr: http://127.0.0.1\ndialect: free\n')
    const { exitCode, stderr } = await touchstone(['verify', '--target', 'mine.yaml'])
    expect(exitCode).toBe(2)
    expect(stderr).toBe(
      'touchstone: mine.yaml:2: ulr: unknown key; did you mean url?\n' +
        'touchstone: mine.yaml:3: dialect: expected one of documented, deployed\n',
    )
  })

  it('reports a baseline entry that names nothing', async () => {
    writeFileSync(join(cwd, 'known.yaml'), '- requirement: RELAY-CODE-99\n  expect: a\n  reason: b\n')
    const { exitCode, stderr } = await touchstone(['verify', '--baseline', 'known.yaml'])
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/^touchstone: known\.yaml:1: unknown requirement RELAY-CODE-99; did you mean/)
  })

  it('refuses a place for reports that cannot be written', async () => {
    writeFileSync(join(cwd, 'reports'), '')
    const { exitCode, stderr } = await touchstone(['verify', '--only', 'RELAY-CODE-01'])
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(/^touchstone: --reports: cannot write in reports/),
    })
  })
})

it('without a command prints help and ends with 2', async () => {
  const { exitCode, stderr } = await touchstone([])
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('Usage: touchstone') })
})

describe('a command that was refused', () => {
  const left = (name: string): readonly string[] => readdirSync(join(cwd, name)).sort()

  beforeEach(() => {
    for (const name of ['reports', 'mine']) {
      mkdirSync(join(cwd, name))
      for (const file of ['run.json', 'junit.xml']) writeFileSync(join(cwd, name, file), '{}')
    }
  })

  it.each([
    ['reports', ['verify', '--only', 'NO-SUCH-ID']],
    ['reports', ['verify', '--nothing']],
    ['reports', ['explore', 'imap']],
    ['mine', ['verify', '--reports', 'mine', '--nothing']],
    ['mine', ['verify', '--reports=mine', '--only', 'NO-SUCH-ID']],
  ])('marks the reports in %s as those of an earlier run: %j', async (name, args) => {
    const { exitCode, stderr } = await touchstone(args)
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(
      new RegExp(
        `\\ntouchstone: the reports in ${name} are of an earlier run; each is marked now, by \\.earlier\\n$`,
      ),
    )
    expect(left(name)).toEqual(['junit.xml.earlier', 'run.json.earlier'])
    expect(left(name === 'mine' ? 'reports' : 'mine')).toEqual(['junit.xml', 'run.json'])
  })

  it.each([[['plan', '--nothing']], [['report', 'reports']], [['verify', '--help']]])(
    'leaves alone what it would not have written: %j',
    async (args) => {
      await touchstone(args)
      expect([left('reports'), left('mine')]).toEqual([
        ['junit.xml', 'run.json'],
        ['junit.xml', 'run.json'],
      ])
    },
  )
})
