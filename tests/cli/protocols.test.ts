import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startMStoreMock } from '#mocks/mstore/start.ts'
import { schemaValidator } from '#protocol/schema-validator.ts'
import { command } from './in-process.ts'
import { httpServer } from './servers.ts'
import { touchstone, workplace, type Workplace } from './touchstone.ts'

let place: Workplace

beforeEach(() => {
  place = workplace()
})

afterEach(() => {
  place.remove()
})

const run = (...args: readonly string[]) => touchstone(args, { cwd: place.path })
const summary = () => place.json('reports/summary.json')

const RELAY = ['--only', 'RELAY-CODE-01']
const MSTORE = ['--only', 'MSTORE-PROFILE-01']

interface Plan {
  readonly protocols: readonly string[]
  readonly scenarios: readonly { readonly uri: string; readonly skip: unknown }[]
}

async function planned(...args: readonly string[]): Promise<Plan> {
  const { stdout } = await command(['plan', ...args, '--json'], { cwd: place.path })
  return JSON.parse(stdout) as Plan
}

describe('verify', () => {
  it('reports both protocols in one record', async () => {
    const { exitCode, stdout, stderr } = await run('verify', 'all', ...RELAY, ...MSTORE)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(
      /^Verifying relay at the bundled mock \(.*\)\n {2}and mstore at the bundled mock \(https:/,
    )
    expect(schemaValidator('summary')(summary())).toBe(true)
    expect(summary()).toMatchObject({
      protocols: ['relay', 'mstore'],
      targets: [
        { protocol: 'relay', kind: 'bundled' },
        { protocol: 'mstore', kind: 'bundled', control: true },
      ],
      requirements: expect.arrayContaining([
        expect.objectContaining({ id: 'RELAY-CODE-01', verdict: 'verified' }),
        expect.objectContaining({ id: 'MSTORE-PROFILE-01', verdict: 'verified' }),
      ]),
    })
  })

  it.each([
    ['relay', RELAY],
    ['mstore', MSTORE],
  ])(
    'takes in the %s alone where nothing else is selected and no protocol is named',
    async (protocol, only) => {
      await run('verify', ...only)
      expect(summary()).toMatchObject({ protocols: [protocol] })
    },
  )

  it('takes in both where both are named, whatever is selected', async () => {
    await run('verify', 'all', ...RELAY)
    expect(summary()).toMatchObject({ protocols: ['relay', 'mstore'], exitCode: 0 })
  })

  it('is of the same protocols in every shard', async () => {
    const shards = ['1/2', '2/2'].map((shard) => [
      '--shard',
      shard,
      '--seed',
      '7',
      '--reports',
      `shard-${shard[0] ?? ''}`,
    ])
    for (const shard of shards) await run('verify', ...RELAY, ...MSTORE, ...shard)
    const { exitCode } = await run('report', 'shard-1', 'shard-2', '--reports', 'whole')
    expect(exitCode).toBe(0)
    expect(place.json('whole/summary.json')).toMatchObject({ protocols: ['relay', 'mstore'] })
  })

  it('runs both in worker processes', async () => {
    const { exitCode } = await run('verify', ...RELAY, ...MSTORE, '--parallel', '2')
    expect(exitCode).toBe(0)
  })

  it('takes the protocol of a server from its target file', async () => {
    const mock = await startMStoreMock()
    writeFileSync(place.file('ca.pem'), mock.ca ?? '')
    writeFileSync(
      place.file('mine.yaml'),
      `protocol: mstore\nurl: ${mock.url}\ncapabilities: { gba: { control: "${mock.control}" } }\ntls: { ca: ca.pem }\n`,
    )
    const { exitCode } = await run('verify', '--target', 'mine.yaml', ...MSTORE)
    await mock.close()
    expect(exitCode).toBe(0)
    expect(summary()).toMatchObject({ protocols: ['mstore'], target: { url: mock.url, kind: 'deployment' } })
  })

  it('does not take a relay for an mStore', async () => {
    const server = await httpServer((_, response) => response.writeHead(404).end())
    const { exitCode, stdout } = await run('verify', 'mstore', '--url', server.url, '--quiet')
    await server.close()
    expect({ exitCode, stdout }).toEqual({
      exitCode: 3,
      stdout: expect.stringMatching(/^INCONCLUSIVE: .*expected 401 with a Digest challenge, got 404/),
    })
  })
})

describe('plan', () => {
  it('is of all protocols, with all that the bundled mocks are capable of', async () => {
    const { protocols, scenarios } = await planned()
    expect(protocols).toEqual(['relay', 'mstore'])
    expect(new Set(scenarios.map(({ uri }) => uri.split('/')[1]))).toEqual(new Set(protocols))
    expect(scenarios.filter(({ skip }) => skip !== null)).toEqual([])
  })

  it('says of an mStore without credentials which capabilities are missing', async () => {
    const { scenarios } = await planned('mstore', '--url', 'https://wsg.example.org', '--allow', 'writes')
    expect(scenarios.map(({ skip }) => skip)).toContainEqual({
      code: 'capability',
      name: 'gba',
      enable: expect.stringMatching(/^capabilities\.gba: /),
    })
  })
})

describe('prove', () => {
  it('reports a mock that the check before a run would refuse', async () => {
    const { exitCode, stdout } = await run('prove', 'mstore', '--fault', 'MSTORE-AUTH-01/answers-403')
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^killed /) })
  })

  it('knows the faults of the protocol that is named alone', async () => {
    const { exitCode, stderr } = await command(['prove', 'mstore', '--fault', 'RELAY-PUSH-01'])
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('fault RELAY-PUSH-01: it is of relay, and this command of mstore'),
    })
  })
})

describe('mock', () => {
  it.each([
    ['relay', 'mstore'],
    ['mstore', 'relay'],
  ])('%s loads nothing of the %s', async (protocol, other) => {
    const ports = ['--port', '0', '--control-port', '0', '--json']
    const bsf = protocol === 'mstore' ? ['--bsf-port', '0'] : []
    const { exitCode } = await touchstone(['mock', protocol, ...ports, ...bsf], {
      env: { NODE_V8_COVERAGE: place.path },
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGTERM')),
    })
    expect(exitCode).toBe(0)
    const loaded = loadedFiles()
    expect(loaded.length).toBeLessThan(7)
    expect(loaded.join('\n')).not.toMatch(/node_modules\/(express|ajv)\//)
    const modules = loaded.map((file) => readFileSync(file, 'utf8')).join('\n')
    expect(modules).toContain(`// dist/mocks/${protocol}/`)
    expect(modules).not.toMatch(/^\/\/#region node_modules\/(express|ajv)\//m)
    expect(modules).not.toMatch(new RegExp(`^// dist/(mocks|src/protocol)/${other}/`, 'm'))
    expect(modules).not.toMatch(new RegExp(`^// dist/mocks/${protocol}/(?:faults/|[\\w-]+\\.faults\\.)`, 'm'))
  })
})

interface Coverage {
  readonly result: readonly { readonly url: string }[]
}

/** The files that were loaded. Each names the modules that the build has joined in it. */
function loadedFiles(): readonly string[] {
  const coverages = readdirSync(place.path).map((file) => place.json(file) as Coverage)
  const urls = coverages.flatMap(({ result }) => result.map(({ url }) => url))
  return urls.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url))
}
