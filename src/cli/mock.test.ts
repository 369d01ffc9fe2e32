import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { mockCommand } from './mock.ts'
import type { MockOptions, MockRelayOptions } from './mock-format.ts'

const OPTIONS: MockRelayOptions = {
  protocol: 'relay',
  port: 0,
  controlPort: 0,
  host: '127.0.0.1',
  controlHost: '127.0.0.1',
  seed: 'cli',
  dialect: 'documented',
  faults: [],
  variants: [],
  json: true,
}

/** Runs the command; `printed` is what is on stdout once it is ready. */
function started(options: Partial<MockRelayOptions> = {}) {
  return running({ ...OPTIONS, ...options })
}

function running(options: MockOptions) {
  const stop = new AbortController()
  const stdout = new PassThrough({ encoding: 'utf8' })
  const printed = new Promise<string>((resolve) => stdout.once('data', resolve))
  const exitCode = mockCommand(options, {
    cwd: '/',
    env: {},
    stdout,
    stderr: new PassThrough(),
    interactive: false,
    columns: 80,
    interrupted: stop.signal,
  })
  return { stop, stdout, printed, exitCode }
}

describe('touchstone mock', () => {
  it('prints one line of JSON when it is ready and nothing else, and ends well when it is interrupted', async () => {
    const { stop, stdout, printed, exitCode } = started()
    const line = await printed
    expect(line).toMatch(/^\{.*\}\n$/)
    const ready = JSON.parse(line) as Record<string, string>
    expect(ready).toEqual({
      ready: true,
      protocol: 'relay',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      control: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    })
    const health = await fetch(`${ready['control'] ?? ''}/health`)
    expect(await health.json()).toMatchObject({ status: 'ok', seed: 'cli' })
    stop.abort()
    expect(await exitCode).toBe(0)
    expect(stdout.read()).toBeNull()
    await expect(fetch(ready['url'] ?? '')).rejects.toThrow()
  })

  it('runs as a node with a name and peers', async () => {
    const north = started({ name: 'north' })
    const { url, control } = JSON.parse(await north.printed) as Record<string, string>
    const south = started({ name: 'south', peers: { north: url ?? '' }, json: false })
    const text = await south.printed
    expect(text).toContain(`\npeer     north ${url ?? ''}\n`)
    const peersOf = async (plane = '') => (await (await fetch(`${plane}/peers`)).json()) as unknown
    expect(await peersOf(control)).toMatchObject({ name: 'north', peers: { south: { failure: null } } })
    expect(await peersOf(/control +(\S+)/.exec(text)?.[1])).toMatchObject({
      name: 'south',
      peers: { north: { url } },
    })
    for (const { stop } of [north, south]) stop.abort()
    expect(await Promise.all([north.exitCode, south.exitCode])).toEqual([0, 0])
    await expect(started({ peers: { north: 'north' } }).exitCode).rejects.toThrow(UsageError)
  })

  it('says where it is, how it behaves, and how to use and to stop it', async () => {
    const faults = ['RELAY-PUSH-01/pads-the-payload']
    const { stop, printed, exitCode } = started({ json: false, dialect: 'deployed', faults })
    const text = await printed
    expect(text).toMatch(
      /^relay +http:.*\ncontrol +http:.*\ndialect +deployed\nseed +cli\nfault +RELAY-PUSH-01/,
    )
    expect(text).toMatch(/\n {2}curl -i http:/)
    expect(text).toMatch(/\nCtrl-C stops it\.\n$/)
    stop.abort()
    expect(await exitCode).toBe(0)
  })

  it('ends at once when it was interrupted before it began', async () => {
    const { stop, exitCode } = started()
    stop.abort()
    expect(await exitCode).toBe(0)
  })

  it('begins with the data of a file, and says what is wrong with one', async () => {
    const { stop, printed, exitCode } = started({ data: join(PACKAGE_ROOT, 'examples/relay.yaml') })
    const { control } = JSON.parse(await printed) as Record<string, string>
    expect(await (await fetch(`${control ?? ''}/accounts`)).json()).toMatchObject({ accounts: [{}, {}] })
    stop.abort()
    expect(await exitCode).toBe(0)
  })

  it.each([
    [
      'a file that is not there',
      '/nowhere.yaml',
      /^--data: cannot read \/nowhere\.yaml: there is no such file$/,
    ],
    ['data that is no YAML', 'wrong.yaml', /^--data \S*wrong\.yaml:2: \S.*$/],
    ['data of another protocol', 'mstore.yaml', /^--data: body: expected member accounts, got none$/],
  ])('refuses %s', async (...row) => {
    const [, file, message] = row
    const folder = mkdtempSync(join(tmpdir(), 'touchstone-data-'))
    writeFileSync(join(folder, 'wrong.yaml'), 'accounts: []\naccounts: []\n')
    writeFileSync(join(folder, 'mstore.yaml'), 'subscribers: []\n')
    const failure = await started({ data: resolve(folder, file) }).exitCode.catch((error: unknown) => error)
    rmSync(folder, { recursive: true })
    expect(failure).toBeInstanceOf(UsageError)
    expect((failure as UsageError).message).toMatch(message)
  })

  it.each([
    [
      'an unknown fault',
      { faults: ['RELAY-PUSH-01/nonsense'] },
      /^fault RELAY-PUSH-01\/nonsense: there is no such fault /,
    ],
  ] as const)('refuses %s', async (_case, options, message) => {
    const failure = await started(options).exitCode.catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UsageError)
    expect((failure as UsageError).message).toMatch(message)
  })
})

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
  json: true,
}

describe('touchstone mock mstore', () => {
  it('prints where it is, its BSF, and the file of the authority to trust', async () => {
    const { stop, printed, exitCode } = running(MSTORE)
    const ready = JSON.parse(await printed) as Record<string, string>
    expect(ready).toEqual({
      ready: true,
      protocol: 'mstore',
      url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      control: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      bsf: { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), fqdn: expect.any(String) },
      ca: expect.stringMatching(/\/authority\.pem$/),
    })
    expect(readFileSync(ready['ca'] ?? '', 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----/)
    stop.abort()
    expect(await exitCode).toBe(0)
  })

  it('names no authority where it runs without TLS', async () => {
    const { stop, printed, exitCode } = running({ ...MSTORE, plain: true })
    const ready = JSON.parse(await printed) as Record<string, string>
    expect(ready['url']).toMatch(/^http:/)
    expect(ready).not.toHaveProperty('ca')
    stop.abort()
    expect(await exitCode).toBe(0)
  })

  it('refuses a form of the uri that there is not', async () => {
    const { exitCode } = running({ ...MSTORE, acceptUri: ['relative'] })
    await expect(exitCode).rejects.toThrow(/^--accept-uri relative: expected one of absolute, path, /)
  })
})
