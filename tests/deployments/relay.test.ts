import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startRelayPair, type RelayPair } from '#mocks/relay/pair.ts'
import { LIMITERS } from '#protocol/relay/limiters.ts'
import { askControl, shownBy } from '../control-client.ts'
import { workplace, type Workplace } from '../cli/touchstone.ts'
import { verifyDeployment } from './deployment.ts'

interface RawEntry {
  readonly raw: string
}

let pair: RelayPair
let place: Workplace

beforeAll(async () => {
  place = workplace()
  pair = await startRelayPair({ seed: '1' })
})

afterAll(async () => {
  await pair.close()
  place.remove()
})

beforeEach(async () => {
  for (const { control } of [pair.relay, pair.peer]) await askControl(control, 'POST /reset', {})
})

/** A target file of the relay with those capabilities. */
const target = (capabilities: object) => ({ protocol: 'relay', url: pair.relay.url, capabilities })
const plane = () => ({ control: pair.relay.control })

/** Areas in which limits and codes matter. */
const AREAS = [
  'RELAY-CODE',
  'RELAY-VERIFY-08',
  'RELAY-VERIFY-09',
  'RELAY-VERIFY-21',
  'RELAY-MESSAGE-06',
  'RELAY-MESSAGE-36',
  'RELAY-PREKEY-16',
  'RELAY-PUSHID-11',
]
const areas = AREAS.flatMap((area) => ['--only', area])

describe('a relay of which the target file says little', () => {
  it('is verified by codes alone, and the rest is skipped by name', async () => {
    const { exitCode, skips } = await verifyDeployment(place, target({ verificationCode: plane() }), ...areas)
    expect(exitCode).toBe(0)
    expect(skips.join('\n')).toMatch(/capabilities\.pushes: .*command.*\n?/)
    expect(skips.join('\n')).toContain('capabilities.limits: { fixed:')
  })

  it('is verified where nothing is known of its limits', async () => {
    const all = { verificationCode: plane(), pushes: plane(), devices: plane() }
    const { exitCode, verdicts } = await verifyDeployment(place, target(all), ...areas)
    expect(exitCode).toBe(0)
    expect(verdicts.get('RELAY-CODE-05')).toBe('not-verified')
  })

  it('is verified where two of its limits are known', async () => {
    const fixed = { sms: { burst: 2, refillMs: 30_000 }, verify: { burst: 2, refillMs: 30_000 } }
    const capabilities = { verificationCode: plane(), pushes: plane(), limits: { fixed } }
    const { exitCode, verdicts } = await verifyDeployment(
      place,
      { ...target(capabilities), allow: ['writes', 'sends', 'destroys', 'exhausts'] },
      ...areas,
    )
    expect(exitCode).toBe(0)
    expect(verdicts.get('RELAY-CODE-05')).toBe('verified')
    expect(verdicts.get('RELAY-CODE-06')).toBe('not-verified')
  })
})

describe('a relay with limits of burst 1', () => {
  const run = async (refillMs: number, ...only: readonly string[]) => {
    const names = LIMITERS.filter((name) => !name.endsWith('Device'))
    const limits = Object.fromEntries(names.map((name) => [name, { burst: 1, refillMs }]))
    await askControl(pair.relay.control, 'PUT /limits', { limits })
    const all = { verificationCode: plane(), pushes: plane(), devices: plane(), limits: { fixed: limits } }
    return verifyDeployment(place, target(all), ...only.flatMap((term) => ['--only', term]))
  }

  it('is verified by waiting, and what no such limit lets through is skipped with the reason', async () => {
    const { exitCode, skips } = await run(
      40,
      'RELAY-VERIFY-11',
      'RELAY-CODE',
      'RELAY-PREKEY-01',
      'RELAY-DIRECTORY-15',
      'delivers ten messages that Alice sends at once',
    )
    expect(exitCode).toBe(0)
    expect(skips).toContainEqual(expect.stringMatching(/^a wider limit of contacts: .*burst 1/))
    expect(skips).toContainEqual(expect.stringMatching(/^a slower limit of sms: .*burst 1/))
  })

  it('shows that its limits hold, where they refill slowly enough to be seen', async () => {
    const { exitCode, verdicts } = await run(4000, 'RELAY-CODE-05', 'RELAY-VERIFY-08')
    expect(exitCode).toBe(0)
    expect(verdicts.get('RELAY-VERIFY-08')).toBe('verified')
  })
})

describe('a limiter that the relay has not', () => {
  it('is declared absent, which completeness does not take of a MUST', async () => {
    const file = target({ verificationCode: plane(), limits: { fixed: { retrievals: 'none' } } })
    const only = ['--only', 'RELAY-ATTACHMENT-08', '--only', 'RELAY-ATTACHMENT-10']
    const run = await verifyDeployment(place, file, ...only)
    expect(run.exitCode).toBe(0)
    expect(run.stdout).toContain('declared absent: capabilities.limits.fixed.retrievals: none')
    const complete = await verifyDeployment(place, file, ...only, '--require-complete')
    expect(complete.stdout).toContain('1 testable requirement not verified, and completeness is required')
  })
})

describe('a relay of which nothing but its address is known', () => {
  it('is no conformant one, however little is wrong with it, and no violating one either', async () => {
    const bare = { protocol: 'relay', url: pair.relay.url }
    const { exitCode, stdout } = await verifyDeployment(place, bare)
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/\? INCOMPLETE \(verified \d of 2\d\d requirements that could be checked\)\n/)
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /- \d of 1\d\d testable MUSTs of the relay checked \(\d %\), and --min-coverage is 50 %/,
    )
    const least = await verifyDeployment(place, bare, '--min-coverage', '1')
    expect([least.exitCode, least.stdout]).toEqual([
      0,
      expect.stringMatching(/✓ CONFORMANT in \d of 2\d\d requirements that could be checked\n/),
    ])
  })
})

describe('a seed that an earlier run has used', () => {
  it('gives the same verdicts again', async () => {
    const file = target({ verificationCode: plane(), pushes: plane(), devices: plane(), limits: plane() })
    const first = await verifyDeployment(place, file, '--seed', 'again', ...areas)
    const second = await verifyDeployment(place, file, '--seed', 'again', ...areas)
    expect([first.exitCode, second.exitCode]).toEqual([0, 0])
    expect(second.verdicts).toEqual(first.verdicts)
  })
})

describe('a code of the target file that is wrong', () => {
  it('is tried once, and named by its line', async () => {
    const file = target({ pushes: plane(), verificationCode: { fixed: '999' } })
    const { exitCode, stdout } = await verifyDeployment(
      place,
      file,
      '--only',
      'RELAY-MESSAGE-01',
      '--only',
      'RELAY-VERIFY-01',
    )
    expect(exitCode).toBe(3)
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'target.yaml:5: capabilities.verificationCode: expected the code',
    )
    const { entries } = (await shownBy(pair.relay.control, '/journal')) as {
      readonly entries: readonly RawEntry[]
    }
    const lines = entries.map(({ raw }) => Buffer.from(raw, 'base64').toString('latin1').split('\r\n')[0])
    expect(lines.filter((line) => /^PUT \/v1\/accounts\/code\//.test(line ?? ''))).toHaveLength(1)
  })
})
