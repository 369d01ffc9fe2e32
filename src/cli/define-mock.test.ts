import { PassThrough } from 'node:stream'
import { afterEach, expect, it, vi } from 'vitest'
import { MOCK_FORMATS } from './mock-formats.ts'
import type { RunningMock } from './mock-format.ts'
import { commandLine } from './mock-program.ts'
import { LONE_PROCESS } from '../../tests/lone-process.ts'

const RUNNING: RunningMock = {
  seed: 's',
  ready: {},
  places: [],
  beside: [],
  usage: [],
  close: () => Promise.resolve(),
}

afterEach(() => {
  vi.restoreAllMocks()
})

/** The options that the mock is started with for these arguments. */
async function optionsFor(protocol: 'relay' | 'mstore', ...args: readonly string[]): Promise<unknown> {
  const start = vi.spyOn(MOCK_FORMATS[protocol], 'start').mockResolvedValue(RUNNING)
  const exitCode = await commandLine.run(['mock', protocol, ...args], {
    cwd: '/',
    env: {},
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    interactive: false,
    columns: 80,
    interrupted: AbortSignal.abort(),
    now: () => 0,
    nonce: () => '',
    node: 'v20.19.0',
    platform: 'linux',
    writer: LONE_PROCESS,
  })
  expect(exitCode).toBe(0)
  return start.mock.calls[0]?.[0]
}

const COMMON = {
  host: '127.0.0.1',
  controlHost: '127.0.0.1',
  cert: undefined,
  key: undefined,
  rsa: undefined,
  log: undefined,
  seed: undefined,
  dialect: 'documented',
  faults: [],
  variants: [],
  json: false,
}

it('starts each mock at ports of its own where none are named', async () => {
  expect(await optionsFor('relay')).toEqual({
    ...COMMON,
    protocol: 'relay',
    port: 8080,
    controlPort: 8081,
    name: undefined,
    peers: undefined,
    tls: undefined,
  })
  expect(await optionsFor('mstore')).toEqual({
    ...COMMON,
    protocol: 'mstore',
    port: 8443,
    controlPort: 8444,
    bsfPort: 8445,
    plain: undefined,
    naf: undefined,
    acceptUri: undefined,
  })
})

it('hands each mock what is said of it on the command line', async () => {
  const peers = ['--peer', 'south=http://a', '--peer', 'west=http://b?c=d']
  expect(await optionsFor('relay', '--port', '0', '--name', 'north', ...peers)).toMatchObject({
    port: 0,
    controlPort: 8081,
    name: 'north',
    peers: { south: 'http://a', west: 'http://b?c=d' },
  })
  const own = ['--plain', '--bsf-port', '1', '--accept-uri', 'path', '--accept-uri', 'absolute']
  expect(await optionsFor('mstore', '--control-port', '2', ...own)).toMatchObject({
    port: 8443,
    controlPort: 2,
    bsfPort: 1,
    plain: true,
    acceptUri: ['path', 'absolute'],
  })
})
