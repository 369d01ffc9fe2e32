import { describe, expect, test } from 'vitest'
import type { Verdicts } from '#verdict/judge.ts'
import { runRecord } from '../../tests/golden/message-stream.ts'
import { sampleVerdicts } from '../../tests/golden/sample-run.ts'
import { duration, meaning, requirementCounts, scenarioCounts, subject, verdictScope } from './wording.ts'

const sample = sampleVerdicts()

function verdicts(
  verdict: Verdicts['verdict'],
  { violated = 0, known = 0, failed = 0 }: { violated?: number; known?: number; failed?: number } = {},
): Verdicts {
  const { totals } = sample
  return {
    ...sample,
    verdict,
    totals: {
      ...totals,
      scenarios: { ...totals.scenarios, failed },
      requirements: { ...totals.requirements, violated, 'known-deviation': known },
    },
  }
}

describe('the meaning of a verdict', () => {
  test.each([
    [verdicts('conformant'), 'The server does what its documentation says in all that was checked.'],
    [
      verdicts('conformant', { known: 2 }),
      'The server does what its documentation says in all that was checked, except for 2 known deviations.',
    ],
    [
      verdicts('conformant', { violated: 1 }),
      'No MUST is violated in what was checked; 1 SHOULD requirement violated, which this run does not count.',
    ],
    [verdicts('non-conformant', { failed: 1 }), 'The server does not do what its documentation says.'],
    [
      verdicts('non-conformant'),
      'The server shows no new violation, but the baseline does not fit what it does.',
    ],
    [verdicts('incomplete'), 'Nothing that was checked is wrong, but less was checked than is required.'],
    [
      verdicts('inconclusive'),
      'Too little was seen of the server to say whether it does what its documentation says.',
    ],
    [
      verdicts('harness-error'),
      'Touchstone itself failed somewhere, so this run is no judgement of the server.',
    ],
    [verdicts('interrupted'), 'The run was stopped before its end; what it had found until then is below.'],
  ])('is a sentence: %#', (given, sentence) => {
    expect(meaning(given)).toBe(sentence)
  })
})

describe('numbers in words', () => {
  test('have a part for each outcome that there was, and flaky ones beside those that passed', () => {
    expect(scenarioCounts(sample)).toBe(
      '10 scenarios: 3 passed (1 flaky), 2 failed, 1 known deviation, 1 unexpected pass, 1 skipped, 1 inconclusive, 1 harness error',
    )
    const steady = { ...sample, scenarios: sample.scenarios.map((one) => ({ ...one, flaky: false })) }
    expect(scenarioCounts(steady)).toMatch(/^10 scenarios: 3 passed, 2 failed/)
    expect(requirementCounts(sample)).toBe(
      '11 requirements: 1 violated, 1 known deviation, 3 verified, 6 not verified (1 skipped, 1 untestable, 1 of the client, 1 inconclusive, 1 optional and absent, 1 harness error)',
    )
  })

  test('are the whole alone where there are no parts', () => {
    const { totals } = sample
    const none = { ...totals.requirements, violated: 0, verified: 0, 'known-deviation': 0, 'not-verified': 0 }
    expect(
      requirementCounts({ ...sample, requirements: [], totals: { ...totals, requirements: none } }),
    ).toBe('0 requirements')
  })
})

test.each([
  [null, 'unknown'],
  [0, '0 ms'],
  [999, '999 ms'],
  [1_000, '1.0 s'],
  [59_900, '59.9 s'],
  [60_000, '1 min 0 s'],
  [125_400, '2 min 5 s'],
])('a duration of %s ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text)
})

test('the subject of a run is its targets, the bundled ones so called', () => {
  const target = { url: 'http://127.0.0.1:1', control: true } as const
  const targets = [
    { ...target, protocol: 'relay', kind: 'bundled' },
    { ...target, protocol: 'mstore', kind: 'deployment' },
  ] as const
  expect(subject(runRecord([], { targets }))).toBe(
    'bundled relay at http://127.0.0.1:1, mstore at http://127.0.0.1:1',
  )
})

describe('how much a verdict rests on', () => {
  const scope = (
    verdict: Verdicts['verdict'],
    coverage: Partial<Verdicts['coverage']>,
    shard: string | null = null,
  ): string => {
    const run = runRecord([])
    return verdictScope(
      { ...sample, verdict, coverage: { ...sample.coverage, ...coverage } },
      { ...run, selection: { ...run.selection, shard } },
    )
  }
  const part = { checkable: 208, checked: 6, verified: 6, isNarrowed: false }

  test.each([
    ['conformant', part, ' in 6 of 208 requirements that could be checked'],
    ['conformant', { ...part, checked: 208, verified: 208 }, ''],
    ['incomplete', part, ' (verified 6 of 208 requirements that could be checked)'],
    ['conformant', { ...part, isNarrowed: true }, ' in 6 of 208 requirements of the selection'],
    [
      'conformant',
      { checkable: 2, checked: 2, verified: 2, isNarrowed: true },
      ' in all 2 requirements of the selection',
    ],
    [
      'conformant',
      { checkable: 1, checked: 1, verified: 1, isNarrowed: true },
      ' in the one requirement of the selection',
    ],
    ['conformant', { checkable: 0, checked: 0, verified: 0, isNarrowed: true }, ''],
    ['non-conformant', part, ''],
    ['inconclusive', part, ''],
  ] as const)('is said behind it: %s %j', (verdict, coverage, said) => {
    expect(scope(verdict, coverage)).toBe(said)
  })

  test('is a shard where the run is one', () => {
    expect(scope('conformant', { ...part, isNarrowed: true }, '1/3')).toBe(
      ' in 6 of 208 requirements of shard 1/3',
    )
  })
})
