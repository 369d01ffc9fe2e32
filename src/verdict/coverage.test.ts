import { describe, expect, it } from 'vitest'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Requirement } from '#protocol/register.ts'
import { requirements, runRecord } from '../../tests/golden/message-stream.ts'
import { coverageGaps, coverageOf } from './coverage.ts'
import type { RequirementResult, RequirementVerdict } from './requirement-verdict.ts'

type Row = readonly [
  verdict: RequirementVerdict,
  reason?: string | null,
  changes?: Partial<Omit<Requirement, 'id'>>,
]

/** Results of as many requirements, each a server's MUST unless changed. */
function results(protocol: 'RELAY' | 'MSTORE', ...rows: readonly Row[]): readonly RequirementResult[] {
  return rows.flatMap(([verdict, reason = null, changes = {}], index) =>
    [...requirements({ ...changes, id: `${protocol}-CODE-${10 + index}` }).values()].map((requirement) => ({
      requirement,
      verdict,
      reason,
      scenarios: [],
    })),
  )
}

const record = (selection: Partial<RunRecord['selection']> = {}, minCoverage: number | null = null) => {
  const run = runRecord([])
  return { ...run, selection: { ...run.selection, ...selection }, options: { ...run.options, minCoverage } }
}

const MIXED = results(
  'RELAY',
  ['verified'],
  ['violated', 'x'],
  ['known-deviation', 'x'],
  ['not-verified', 'skipped:capability: pushes'],
  ['not-verified', 'not-selected'],
  ['verified', null, { level: 'SHOULD' }],
  ['verified', null, { level: 'MAY' }],
  ['not-verified', 'client: x', { binds: 'client' }],
  ['not-verified', 'untestable: x', { untestable: 'it is inside the server' }],
)

describe('the coverage of a run', () => {
  it('counts what a server can show, without what it may do', () => {
    expect(coverageOf(record(), MIXED)).toEqual({
      checkable: 6,
      checked: 4,
      verified: 2,
      isNarrowed: false,
      musts: [{ protocol: 'relay', checkable: 5, checked: 3 }],
    })
  })

  it.each([{ only: ['RELAY-CODE'] }, { tags: '@x' }, { shard: '1/2' }, { isPart: true }])(
    'leaves out what was not asked for: %j',
    (selection) => {
      expect(coverageOf(record(selection), MIXED)).toMatchObject({ checkable: 5, isNarrowed: true })
    },
  )

  it('counts the MUSTs of each protocol apart', () => {
    const both = [
      ...results('MSTORE', ['verified']),
      ...results('RELAY', ['not-verified', 'skipped:risk: x']),
    ]
    expect(coverageOf(record(), both).musts).toEqual([
      { protocol: 'relay', checkable: 1, checked: 0 },
      { protocol: 'mstore', checkable: 1, checked: 1 },
    ])
  })
})

describe('a run that covers less than it should', () => {
  const half = results('RELAY', ['verified'], ['not-verified', 'skipped:capability: pushes'])
  const gaps = (least: number | null, changes: Partial<RunRecord> = {}) => {
    const run = { ...record({}, least), ...changes }
    return coverageGaps(run, coverageOf(run, half))
  }

  it('says so in a line for each protocol', () => {
    expect(gaps(51)).toEqual([
      '1 of 2 testable MUSTs of the relay checked (50 %), and --min-coverage is 51 %',
    ])
  })

  it.each([50, 0, null])('is one that checked less than it was to, not as much: %s', (least) => {
    expect(gaps(least)).toEqual([])
  })

  it.each([{ preflight: 'no answer' }, { finishedAt: null }])(
    'is not one that did not execute all: %j',
    (run) => {
      expect(gaps(51, run)).toEqual([])
    },
  )

  it('is not a shard alone', () => {
    expect(gaps(51, { selection: { ...record().selection, shard: '1/2' } })).toEqual([])
  })
})
