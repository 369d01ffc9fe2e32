import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import type { SavedCounterexample } from '#evidence/walk-record.ts'
import { command } from '../cli/in-process.ts'
import { UNJUDGED, type TestServer } from '../cli/servers.ts'
import { touchstone, workplace, type Workplace } from '../cli/touchstone.ts'

let place: Workplace
let server: TestServer | null

beforeEach(() => {
  place = workplace()
  server = null
})

afterEach(async () => {
  await server?.close()
  place.remove()
})

const explore = (...args: readonly string[]) => touchstone(['explore', ...args, '--reports', place.path])

interface Summary {
  readonly verdict: string
  readonly walks: readonly {
    readonly sequences: number
    readonly counterexamples: readonly SavedCounterexample[]
  }[]
  readonly scenarios: readonly {
    readonly outcome: string
    readonly exchanges: number
    readonly assertions: number
  }[]
}

const NONE = { requirement: '', steps: 0, file: '' }

describe('explore', () => {
  it('walks the bundled mock, and keeps a sequence as evidence', async () => {
    const { exitCode, stdout } = await explore('relay', '--runs', '3', '--seed', 'quay')
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('CONFORMANT') })
    expect(stdout).toMatch(/Walked the relay server: 3 sequences, \d+ requests/)
    const { walks, scenarios } = place.json('summary.json') as Summary
    expect(walks).toMatchObject([{ sequences: 3, counterexamples: [] }])
    expect(scenarios).toMatchObject([{ outcome: 'passed' }])
    expect(scenarios[0]?.exchanges).toBeGreaterThan(20)
    expect(scenarios[0]?.assertions).toBeGreaterThan(5)
  })

  it('draws the same sequences for the same seed', async () => {
    const read = () => readFileSync(join(place.path, 'explored/relay-walk.feature'), 'utf8')
    await explore('relay', '--runs', '2', '--seed', 'quay')
    const first = read()
    await explore('relay', '--runs', '2', '--seed', 'quay')
    expect(read()).toBe(first)
    await explore('relay', '--runs', '2', '--seed', 'pier')
    expect(read()).not.toBe(first)
  })
})

describe.each(['relay', 'mstore'])('walks of the %s that are written down', (protocol) => {
  it('are green on the bundled mock', async () => {
    const file = join(PACKAGE_ROOT, `tests/explore/${protocol}-walks.feature`)
    const { exitCode } = await touchstone(['verify', protocol, '--features', file, '--reports', place.path])
    expect(exitCode).toBe(0)
    expect((place.json('summary.json') as Summary).scenarios.map(({ outcome }) => outcome)).toEqual([
      'passed',
      'passed',
    ])
  })
})

describe('explore of what cannot be walked', () => {
  it.each(UNJUDGED)('%s', async (_, start, reason) => {
    server = await start()
    const bounds = ['--timeout', '500', '--quiet', '--runs', '2']
    const { exitCode, stdout } = await explore('relay', '--url', server.url, ...bounds)
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: expect.stringMatching(reason) })
  })

  it('a server that is not on this machine and allows reads alone: nothing is sent', async () => {
    const { exitCode, stderr } = await explore('relay', '--url', 'http://relay.invalid', '--runs', '2')
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(
        /walks write, and http:\/\/relay\.invalid allows reads: expected --allow writes,sends/,
      ),
    })
  })
})

describe('a counterexample', () => {
  const at = ({ url, control }: RelayMock) => ['relay', '--url', url, '--control', control]

  it('is a short scenario that is red with the fault and green without', async () => {
    const faulty = await startRelayMock({ faults: ['RELAY-KEYS-17/forgets-the-number'] })
    const faultless = await startRelayMock()
    try {
      const found = await explore(...at(faulty), '--runs', '4', '--seed', '1')
      expect({ exitCode: found.exitCode, stdout: found.stdout }).toMatchObject({
        exitCode: 1,
        stdout: expect.stringContaining('NON-CONFORMANT'),
      })
      const { walks } = place.json('summary.json') as Summary
      const [{ requirement, steps, file } = NONE] = walks[0]?.counterexamples ?? []
      expect(requirement).toBe('RELAY-KEYS-17')
      expect(steps).toBeLessThanOrEqual(6)
      expect(found.stdout).toContain(`touchstone verify ${at(faulty).join(' ')} --features '${file}'`)
      expect((await verify(faulty, file)).exitCode).toBe(1)
      expect((await verify(faultless, file)).exitCode).toBe(0)
    } finally {
      await Promise.all([faulty.close(), faultless.close()])
    }
  })

  const verify = (mock: RelayMock, file: string) =>
    touchstone(['verify', ...at(mock), '--features', file, '--reports', join(place.path, 'again')])

  it('in a file that is not there, or says nothing of a requirement, is refused in one line', async () => {
    const file = join(place.path, 'own.feature')
    expect(await command(['verify', '--features', file])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^touchstone: --features .*own\.feature: there is no such file\n$/),
    })
    writeFileSync(file, 'Feature: own\n  Scenario: mine\n    Then the server answers 200\n')
    expect(await command(['verify', '--features', file])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(':2: "mine" must begin with the tag of a requirement'),
    })
  })
})
