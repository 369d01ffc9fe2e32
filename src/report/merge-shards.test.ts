import { describe, expect, test } from 'vitest'
import type { WalkRecord } from '#evidence/walk-record.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { judge } from '#verdict/judge.ts'
import {
  badStep,
  goodStep,
  messageStream,
  requirements,
  runRecord,
  type ScriptedScenario,
} from '../../tests/golden/message-stream.ts'
import { mergeShards, type ShardFiles } from './merge-shards.ts'

const ID = 'RELAY-MESSAGE-07'
const passes: ScriptedScenario = { line: 1, tags: [ID], attempts: [[goodStep(ID)]] }
const fails: ScriptedScenario = { line: 2, tags: [ID], attempts: [[badStep(ID)]] }
const skipped: ScriptedScenario = { line: 2, tags: [ID] }

function shard(
  part: string,
  scenarios: readonly ScriptedScenario[],
  changes: Partial<RunRecord> = {},
): ShardFiles {
  const executed = scenarios.filter(({ attempts }) => attempts !== undefined)
  const record = runRecord(executed)
  const run = { ...record, selection: { ...record.selection, shard: part }, ...changes }
  return { folder: `shard-${part}`, run, envelopes: messageStream(scenarios) }
}

describe('the shards of a run', () => {
  test('make one run', () => {
    const later = { startedAt: '2026-03-01T12:01:00.000Z', finishedAt: '2026-03-01T12:01:30.000Z' }
    const { run, envelopes } = mergeShards([shard('2/2', [fails], later), shard('1/2', [passes, skipped])])
    expect(run).toMatchObject({
      startedAt: '2026-03-01T12:00:00.000Z',
      finishedAt: '2026-03-01T12:01:30.000Z',
      durationMs: 90_000,
      selection: { shard: null, scenarios: [expect.stringMatching(/:2$/), expect.stringMatching(/:1$/)] },
    })
    const verdicts = judge(envelopes, run, requirements({ id: ID }))
    expect(verdicts).toMatchObject({ verdict: 'non-conformant', harnessErrors: [] })
    expect(verdicts.scenarios.map(({ outcome }) => outcome)).toEqual(['passed', 'failed'])
  })

  test('of which one was killed make a run without an end', () => {
    const killed = shard('2/2', [fails], { finishedAt: null, durationMs: null })
    expect(mergeShards([shard('1/2', [passes]), killed]).run).toMatchObject({
      finishedAt: null,
      durationMs: null,
    })
  })

  test('keep what the walks of each found, and what all of them sent', () => {
    const walk = { protocol: 'relay', inconclusive: 'gone' } as unknown as WalkRecord
    const of = (requests: number): Partial<RunRecord> => ({
      walks: [walk],
      budget: { maxRequests: 9, maxTimeMs: null, requests },
    })
    const merged = mergeShards([shard('1/2', [passes], of(4)), shard('2/2', [fails], of(5))]).run
    expect(merged).toMatchObject({ walks: [walk, walk], budget: { requests: 9 } })
    expect(mergeShards([shard('1/2', [passes]), shard('2/2', [fails])]).run.walks).toBeUndefined()
  })

  test('are inconclusive where one server accepted everything after its scenarios', () => {
    const doubted = shard('2/2', [{ ...passes, line: 2 }], { recheck: 'accepts everything' })
    const { run, envelopes } = mergeShards([shard('1/2', [passes]), doubted])
    expect(judge(envelopes, run, requirements({ id: ID }))).toMatchObject({
      verdict: 'inconclusive',
      reasons: ['accepts everything'],
    })
  })

  test('of a bundled mock may differ in its port', () => {
    const at = (port: number): Partial<RunRecord> => ({
      targets: [{ protocol: 'relay', url: `http://127.0.0.1:${port}`, kind: 'bundled', control: true }],
    })
    expect(mergeShards([shard('1/2', [passes], at(1)), shard('2/2', [fails], at(2))]).run.protocols).toEqual([
      'relay',
    ])
  })

  test('may begin within a day', () => {
    const last = shard('2/2', [fails], { startedAt: '2026-03-02T12:00:00.000Z' })
    expect(mergeShards([shard('1/2', [passes]), last]).run.startedAt).toBe('2026-03-01T12:00:00.000Z')
  })

  const of = (features: string): Partial<RunRecord> => ({
    digests: { features, messages: null, record: null },
  })
  const other = { protocol: 'relay', url: 'http://elsewhere', kind: 'deployment', control: false } as const
  test.each([
    ['missing', [shard('1/3', [passes]), shard('3/3', [fails])], /^shard 2\/3 is missing/],
    ['given twice', [shard('1/2', [passes]), shard('1/2', [fails])], /^shard 1\/2 is given twice/],
    ['of another count', [shard('1/2', [passes]), shard('2/3', [fails])], /^shard-2\/3: expected one of 2/],
    ['no shard', [shard('1/2', [passes]), shard('', [fails])], /^shard-: not a shard/],
    ['overlapping', [shard('1/2', [passes]), shard('2/2', [passes])], /is in shard-1\/2 too/],
    [
      'of another dialect',
      [shard('1/2', [passes]), shard('2/2', [fails], { dialect: 'deployed' })],
      /dialect: expected "documented", got "deployed"/,
    ],
    [
      'of another target',
      [shard('1/2', [passes]), shard('2/2', [fails], { targets: [other] })],
      /targets: expected/,
    ],
    [
      'of another version',
      [shard('1/2', [passes]), shard('2/2', [fails], { tool: { name: 'touchstone', version: '9' } })],
      /version: expected "0.1.0", got "9"/,
    ],
    [
      'of another seed',
      [shard('1/2', [passes]), shard('2/2', [fails], { seed: '8' })],
      /^shard-2\/2: not a shard of the same run as shard-1\/2: seed: expected "seed", got "8"$/,
    ],
    [
      'of other feature files',
      [shard('1/2', [passes], of('a')), shard('2/2', [fails], of('b'))],
      /feature files \(SHA-256\): expected "a", got "b"$/,
    ],
    [
      'begun too late',
      [shard('2/2', [fails], { startedAt: '2026-03-02T13:00:00.000Z' }), shard('1/2', [passes])],
      /^shard-2\/2: begun 25 h after shard-1\/2; shards of one run begin within 24 h of each other: run all of them again$/,
    ],
    ['alone', [shard('1/2', [passes])], /^shard 2\/2 is missing: name its folder too$/],
  ])('of which one is %s are refused', (_, shards, message) => {
    expect(() => mergeShards(shards)).toThrow(UsageError)
    expect(() => mergeShards(shards)).toThrow(message)
  })
})
