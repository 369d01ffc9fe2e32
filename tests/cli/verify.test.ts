import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FAULTS } from '#mocks/relay/faults.ts'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { loadFeatures } from '#run/features.ts'
import { schemaValidator } from '#protocol/schema-validator.ts'
import { command } from './in-process.ts'
import { fallingSilent } from './servers.ts'
import { touchstone, workplace, type Ended, type Workplace } from './touchstone.ts'

let place: Workplace
let mock: RelayMock | null

beforeEach(() => {
  place = workplace()
  mock = null
})

afterEach(async () => {
  await mock?.close()
  place.remove()
})

interface Summary {
  readonly verdict: string
  readonly totals: { readonly scenarios: Readonly<Record<string, number>> }
}

const summary = () => place.json('reports/summary.json') as Summary
const run = () =>
  place.json('reports/run.json') as {
    readonly interrupted: boolean
    readonly selection: { readonly scenarios: readonly string[] }
  }
const verify = (...args: readonly string[]) => touchstone(['verify', ...args], { cwd: place.path })

/** Longer than two signals may lie apart that are taken for one. */
const ANOTHER_SIGNAL_MS = 400
const ONE = ['--only', 'RELAY-CODE-01']
const REPORTS = ['junit.xml', 'messages.ndjson', 'report.html', 'run.json', 'summary.json', 'summary.md']

describe('verify on the bundled mocks', () => {
  it('is conformant for what is right, and leaves all reports', async () => {
    const { exitCode, stdout, stderr } = await verify(...ONE)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(/CONFORMANT/)
    expect(readdirSync(place.file('reports')).sort()).toEqual(REPORTS)
    expect(summary()).toMatchObject({ verdict: 'conformant', exitCode: 0, target: { kind: 'bundled' } })
    expect(schemaValidator('summary')(summary())).toBe(true)
  })

  it('says one line where it is quiet', async () => {
    const { stdout } = await verify(...ONE, '--quiet')
    expect(stdout).toMatch(
      /^CONFORMANT in the one requirement of the selection: \d+ scenarios?: [^\n]*passed[^\n]*\n$/,
    )
  })

  it('prints each scenario where it is verbose', async () => {
    const { stdout } = await verify(...ONE, '--verbose')
    expect(stdout).toContain('passed          Verification codes: sends a code by SMS (')
  })

  it('has no colour in a pipe, unless asked', async () => {
    const plain = await verify(...ONE)
    const forced = await touchstone(['verify', ...ONE], { cwd: place.path, env: { FORCE_COLOR: '1' } })
    expect([plain.stdout.includes('\u001b['), forced.stdout.includes('\u001b[')]).toEqual([false, true])
  })

  it('runs in worker processes too', async () => {
    const { exitCode } = await verify('--only', 'RELAY-CODE-03', '--parallel', '2')
    expect(exitCode).toBe(0)
  })

  it('runs in an order that its seed brings back', async () => {
    await verify('--only', 'RELAY-CODE-03', '--order', 'random:7')
    const first = run().selection.scenarios
    await verify('--only', 'RELAY-CODE-03', '--order', 'random:7')
    expect(run().selection).toMatchObject({ scenarios: first, order: 'random:7' })
    expect(first).not.toEqual([...first].sort())
  })

  it('runs shards that together are the whole', async () => {
    const shards: string[] = []
    for (const shard of ['1/2', '2/2']) {
      await verify('--only', 'RELAY-CODE-03', '--shard', shard, '--seed', '7')
      shards.push(...run().selection.scenarios)
    }
    const whole = loadFeatures('relay').filter(({ tags }) => tags.includes('RELAY-CODE-03'))
    expect(shards.sort()).toEqual(whole.map(({ location }) => location).sort())
  })

  it('verifies nothing where nothing is allowed that it takes', async () => {
    const { exitCode } = await verify(...ONE, '--allow', 'reads')
    expect(exitCode).toBe(3)
    expect(summary()).toMatchObject({
      verdict: 'inconclusive',
      totals: { scenarios: { skipped: 1, passed: 0 } },
    })
  })

  it('ends as it would have where its output is not read to the end', async () => {
    const { exitCode } = await touchstone(['verify', ...ONE], {
      cwd: place.path,
      onStart: (child) => child.stdout?.once('data', () => child.stdout?.destroy()),
    })
    expect(exitCode).toBe(0)
  })
})

describe('verify on a server that is wrong', () => {
  const fault = FAULTS.find(({ requirement }) => requirement.startsWith('RELAY-CODE'))
  const requirement = fault?.requirement ?? ''

  async function faulty(): Promise<readonly string[]> {
    mock = await startRelayMock({ faults: [fault?.id ?? ''] })
    return ['relay', '--url', mock.url, '--control', mock.control, '--only', requirement]
  }

  it('is non-conformant, and says which requirement, what was expected and how to run it again', async () => {
    const target = await faulty()
    const { exitCode, stdout } = await verify(...target)
    expect(exitCode).toBe(1)
    expect(stdout).toContain(requirement)
    expect(stdout).toContain(`touchstone verify relay --url ${mock?.url ?? ''}`)
    expect(stdout).toMatch(/NON-CONFORMANT/)
  })

  it('is conformant with the baseline that it wrote and that was edited since, until it is corrected', async () => {
    const target = await faulty()
    const written = await verify(...target, '--write-baseline', 'known.yaml')
    expect(written.stdout).toContain('were written to known.yaml: write a reason into each')
    const args = ['verify', '--only', requirement, '--baseline', 'known.yaml']
    const unedited = await command(args, { cwd: place.path })
    expect(unedited.stderr).toMatch(/known\.yaml:4: expected a reason of your own/)
    const entries = readFileSync(place.file('known.yaml'), 'utf8')
    writeFileSync(place.file('known.yaml'), entries.replaceAll('why this deviation is accepted', 'known'))
    const deviating = await verify(...target, '--baseline', 'known.yaml')
    const right = await verify('--only', requirement, '--baseline', 'known.yaml')
    const codes = [written, unedited, deviating, right].map(({ exitCode }) => exitCode)
    expect(codes).toEqual([1, 2, 0, 1])
  })

  it('keeps the code of the target file to itself', async () => {
    const code = '918273'
    const target = await faulty()
    writeFileSync(
      place.file('mine.yaml'),
      'protocol: relay\ncapabilities: { verificationCode: { fixed: { env: RELAY_CODE } } }\n',
    )
    const args = [
      'verify',
      ...target.slice(0, 3),
      '--target',
      'mine.yaml',
      '--only',
      'RELAY-VERIFY-01',
      '--verbose',
    ]
    const { stdout, stderr } = await touchstone(args, { cwd: place.path, env: { RELAY_CODE: code } })
    const kept = REPORTS.map((file) => readFileSync(place.file(`reports/${file}`), 'utf8'))
    expect([stdout, stderr, ...kept].join('\n')).not.toContain(code)
  })
})

describe('verify interrupted', () => {
  it('ends after the running scenario with what it has', async () => {
    const { exitCode, stderr } = await touchstone(['verify', '--verbose'], {
      cwd: place.path,
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
    })
    expect(exitCode).toBe(130)
    expect(stderr).toContain('stopping after the running scenario')
    expect(summary()).toMatchObject({ verdict: 'interrupted', exitCode: 130 })
    expect(run().interrupted).toBe(true)
    expect(existsSync(place.file('reports/report.html'))).toBe(true)
  })

  it('ends at once at the second signal', async () => {
    const stuck = await fallingSilent(6)
    const { exitCode, durationMs } = await touchstone(
      ['verify', 'relay', '--url', stuck.url, '--timeout', '60000', ...ONE],
      {
        cwd: place.path,
        onStart: (child) => {
          child.stdout?.once('data', () => child.kill('SIGTERM'))
          // Once the first is seen to have arrived, and no third: Node is deaf to it while it exits, and dies of it
          child.stderr?.once('data', () => setTimeout(() => child.kill('SIGTERM'), ANOTHER_SIGNAL_MS))
        },
      },
    )
    await stuck.close()
    expect(exitCode).toBe(130)
    expect(durationMs).toBeLessThan(30_000)
    expect(place.has('reports/run.lock')).toBe(false)
  })
})

it('verify refuses a folder in which a run is going on, and takes one whose run was killed', async () => {
  const stuck = await fallingSilent(2)
  const target = ['relay', '--url', stuck.url, '--timeout', '60000', ...ONE]
  const { first, second } = await new Promise<{ first: Promise<Ended>; second: Ended }>((resolve) => {
    const first = touchstone(['verify', ...target], {
      cwd: place.path,
      onStart: (child) =>
        child.stdout?.once('data', () => {
          void verify(...ONE).then((second) => {
            child.kill('SIGKILL')
            resolve({ first, second })
          })
        }),
    })
  })
  const { exitCode, stdout, stderr } = second
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toMatch(
    /^touchstone: --reports: a run is going on in reports, by process \d+ since [^\n]+\n$/,
  )
  await first
  expect([place.has('reports/run.lock'), (await verify(...ONE)).exitCode]).toEqual([true, 0])
  expect(place.has('reports/run.lock')).toBe(false)
  await stuck.close()
})
