import { execFile } from 'node:child_process'
import { PassThrough } from 'node:stream'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { mockCommand } from '../../src/cli/mock.ts'
import type { MockOptions } from '../../src/cli/mock-format.ts'

const MSTORE: MockOptions = {
  protocol: 'mstore',
  port: 0,
  controlPort: 0,
  bsfPort: 0,
  host: '127.0.0.1',
  controlHost: '127.0.0.1',
  seed: 'cli',
  dialect: 'documented',
  faults: [],
  variants: [],
  json: false,
}

it.each([
  ['over TLS', {}, ['401 Unauthorized', '200 OK']],
  ['in clear', { plain: true }, ['401 Unauthorized', '200 OK']],
  ['and refuses the form of the uri it shall not accept', { acceptUri: ['absolute'] }, ['401 Unauthorized']],
] as const)(
  'touchstone mock mstore prints commands that read a profile %s',
  async (_case, options, statuses) => {
    const stop = new AbortController()
    const stdout = new PassThrough({ encoding: 'utf8' })
    const printed = new Promise<string>((resolve) => stdout.once('data', resolve))
    const exitCode = mockCommand(
      { ...MSTORE, ...options },
      {
        cwd: '/',
        env: {},
        stdout,
        stderr: new PassThrough(),
        interactive: false,
        columns: 80,
        interrupted: stop.signal,
      },
    )
    const commands = (await printed).split('\n').filter((line) => line.startsWith('  '))
    const answers = await promisify(execFile)('sh', ['-c', commands.join('\n')])
    const found = answers.stdout.match(/(?<=HTTP\/1\.0 )\d+ \w+/g)
    expect([...new Set(found)]).toEqual(statuses)
    stop.abort()
    expect(await exitCode).toBe(0)
  },
)
