import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import type { PlannedScenario } from './features.ts'
import { select, type SelectionRequest } from './selection.ts'

const REQUIREMENTS = ['RELAY-CODE-01', 'RELAY-CODE-02', 'RELAY-MESSAGE-07', 'RELAY-MESSAGE-08']

function scenario(line: number, name: string, ...tags: string[]): PlannedScenario {
  const uri = 'features/relay/codes.feature'
  return {
    protocol: 'relay',
    uri,
    line,
    location: `${uri}:${line}`,
    name,
    tags,
    feature: 'Codes',
    rule: null,
  }
}

const SCENARIOS = [
  scenario(3, 'sends a code', 'RELAY-CODE-01', 'sends'),
  scenario(7, 'refuses a transport', 'RELAY-CODE-02'),
  scenario(11, 'reports extra devices', 'RELAY-MESSAGE-07', 'RELAY-CODE-01'),
  scenario(20, 'reports missing devices', 'RELAY-MESSAGE-07'),
]

const ALL: SelectionRequest = { only: [], tags: null, shard: null, order: 'defined' }

function chosen(request: Partial<SelectionRequest>, scenarios: readonly PlannedScenario[] = SCENARIOS) {
  return select(
    { ...ALL, ...request },
    { scenarios, requirements: REQUIREMENTS, newSeed: () => 'fresh' },
  ).scenarios.map(({ line }) => line)
}

describe('select', () => {
  it.each<[string, Partial<SelectionRequest>, number[]]>([
    ['everything', {}, [3, 7, 11, 20]],
    ['a requirement', { only: ['RELAY-CODE-01'] }, [3, 11]],
    ['a requirement in lower case', { only: ['relay-code-01'] }, [3, 11]],
    ['an area', { only: ['RELAY-MESSAGE'] }, [11, 20]],
    ['an area without its protocol', { only: ['message'] }, [11, 20]],
    ['a protocol', { only: ['RELAY'] }, [3, 7, 11, 20]],
    ['a name', { only: ['refuses a transport'] }, [7]],
    ['a place', { only: ['features/relay/codes.feature:20'] }, [20]],
    ['several terms, once each and in order', { only: ['RELAY-MESSAGE-07', 'RELAY-CODE'] }, [3, 7, 11, 20]],
    ['a tag expression', { tags: '@RELAY-CODE-01 and not @sends' }, [11]],
    ['terms and tags together', { only: ['RELAY-CODE'], tags: '@RELAY-MESSAGE-07' }, [11]],
    ['a shard', { shard: '2/3' }, [7]],
  ])('takes %s', (_, request, expected) => {
    expect(chosen(request)).toEqual(expected)
  })

  it.each<[string, Partial<SelectionRequest>, RegExp]>([
    [
      'unknown id',
      { only: ['RELAY-CODE-09'] },
      /^--only RELAY-CODE-09: unknown requirement; did you mean RELAY-CODE-01\?$/,
    ],
    ['unknown area', { only: ['RELAY-MESAGE'] }, /did you mean RELAY-MESSAGE\?$/],
    [
      'a requirement of another protocol',
      { only: ['MSTORE-FLAG-01'] },
      /: it is of mstore, and this command of relay$/,
    ],
    ['several in one', { only: ['RELAY-CODE,RELAY-MESSAGE'] }, /give the option once for each$/],
    ['known id without a scenario', { only: ['RELAY-MESSAGE-08'] }, /no scenario is tagged with it$/],
    ['unknown name', { only: ['sends the code'] }, /no scenario has this name; did you mean sends a code\?$/],
    ['unknown tag', { tags: '@nothing' }, /^--tags: no scenario has the tag @nothing$/],
    ['misspelt tag', { tags: 'not @sendz' }, /did you mean @sends\?$/],
    ['word that is no tag', { tags: 'sends' }, /no scenario has the tag sends; did you mean @sends\?$/],
    ['bad expression', { tags: '@sends and' }, /is no tag expression/],
    ['unclosed expression', { tags: '(@sends' }, /is no tag expression/],
    [
      'nothing in common',
      { only: ['RELAY-CODE-02'], tags: '@sends' },
      /^nothing is selected: .*--only.* and --tags/,
    ],
    ['shard past the end', { shard: '9/2' }, /expected I\/N with 1 <= I <= N/],
    ['shard zero', { shard: '0/2' }, /expected I\/N/],
    ['shard of words', { shard: 'one/two' }, /expected I\/N/],
    ['empty shard', { shard: '5/5' }, /only 4 scenarios are selected; use fewer shards$/],
    [
      'unknown order',
      { order: 'reverse' },
      /^--order: expected defined, random or random:SEED, got "reverse"$/,
    ],
    ['order without its seed', { order: 'random:' }, /^--order: expected/],
  ])('refuses %s', (_, request, message) => {
    expect(() => chosen(request)).toThrow(UsageError)
    expect(() => chosen(request)).toThrow(message)
  })

  it('refuses a package without features', () => {
    expect(() => chosen({}, [])).toThrow(/^nothing is selected: .*no features$/)
  })

  it('says the seed of a random order, its own or the one given', () => {
    const order = (asked: string) =>
      select({ ...ALL, order: asked }, { scenarios: SCENARIOS, requirements: [], newSeed: () => 'fresh' })
        .order
    expect([order('random'), order('random:7'), order('defined')]).toEqual([
      'random:fresh',
      'random:7',
      'defined',
    ])
  })
})

const many = fc
  .uniqueArray(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 60 })
  .map((lines) => lines.sort((a, b) => a - b).map((line) => scenario(line, `scenario ${line}`)))
const seeds = fc.stringMatching(/^[\w.-]{1,12}$/)

test.prop([many, fc.integer({ min: 1, max: 12 }), seeds])(
  'shards never overlap and together are the whole, in whatever order',
  (scenarios, asked, seed) => {
    const count = Math.min(asked, scenarios.length)
    const parts = Array.from({ length: count }, (_, index) =>
      chosen({ shard: `${index + 1}/${count}`, order: `random:${seed}` }, scenarios),
    )
    expect(parts.flat().sort((a, b) => a - b)).toEqual(scenarios.map(({ line }) => line))
  },
)

test.prop([many, seeds])(
  'a random order holds each scenario once and comes again with its seed',
  (scenarios, seed) => {
    const once = chosen({ order: `random:${seed}` }, scenarios)
    expect(once).toEqual(chosen({ order: `random:${seed}` }, scenarios))
    expect([...once].sort((a, b) => a - b)).toEqual(scenarios.map(({ line }) => line))
  },
)

it('orders otherwise with another seed', () => {
  const scenarios = Array.from({ length: 30 }, (_, index) => scenario(index, 'x'))
  expect(chosen({ order: 'random:1' }, scenarios)).not.toEqual(chosen({ order: 'random:2' }, scenarios))
})
