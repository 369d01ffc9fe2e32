import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { command } from './in-process.ts'
import { touchstone, workplace, type Ended, type Workplace } from './touchstone.ts'

const FAULT = 'RELAY-CODE-03/takes-anything'

let place: Workplace
let relay: RelayMock
let verified: Ended

beforeAll(async () => {
  place = workplace()
  relay = await startRelayMock({ faults: [FAULT] })
  const at = ['--url', relay.url, '--control', relay.control]
  verified = await touchstone(['verify', 'relay', ...at, '--only', 'RELAY-CODE-03', '--format', 'ndjson'], {
    cwd: place.path,
    env: { GITHUB_STEP_SUMMARY: place.file('step.md'), GITHUB_ACTIONS: 'true' },
  })
})

afterAll(async () => {
  await relay.close()
  place.remove()
})

function report(format: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return command(['report', 'reports', '--format', format], { cwd: place.path, env })
}

describe('touchstone verify --format ndjson', () => {
  it('has lines of JSON alone on standard output, and what people read on stderr', () => {
    const { exitCode, stdout, stderr } = verified
    expect(exitCode).toBe(1)
    const kinds = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind)
    expect(new Set(kinds)).toEqual(new Set(['run', 'scenario', 'verdict']))
    expect([kinds[0], kinds.at(-1)]).toEqual(['run', 'verdict'])
    expect(stderr).toContain('✗ NON-CONFORMANT')
  })

  it('adds the summary of the run to the page of the step', () => {
    expect(place.text('step.md')).toBe(place.text('reports/summary.md'))
  })
})

describe('touchstone report --format', () => {
  it('json prints the summary and nothing else', async () => {
    const { exitCode, stdout, stderr } = await report('json')
    expect({ exitCode, summary: JSON.parse(stdout) as unknown }).toEqual({
      exitCode: 1,
      summary: place.json('reports/summary.json'),
    })
    expect(stderr).toContain('✗ NON-CONFORMANT')
  })

  it('github prints an annotation for each failure, at its line of the feature', async () => {
    const { stdout } = await report('github', { GITHUB_ACTIONS: 'true' })
    const lines = stdout.trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines)
      expect(line).toMatch(/^::error file=features\/relay\/codes\.feature,line=\d+,title=RELAY-CODE-03%3A /)
  })

  it('text prints what people read', async () => {
    const { stdout, stderr } = await report('text')
    expect(stderr).toBe('')
    expect(stdout).toContain('Violated in requesting a verification code (1 of 1 checked)\n')
    expect(stdout.trimEnd().split('\n').slice(-3)[0]).toContain('✗ NON-CONFORMANT')
  })
})
