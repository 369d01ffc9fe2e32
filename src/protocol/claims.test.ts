import { describe, expect, test } from 'vitest'
import type { CLAIMS } from './claims.ts'
import { isClaimed, type Claim } from './claims.ts'
import { loadRegister, type Requirement } from './register.ts'
import { DIALECTS, PROTOCOLS } from './requirements.ts'

const CLAIM: Claim = { sentence: 's', levels: ['MUST'], risks: ['reads', 'writes'], without: ['mock'] }

const requirement = (
  changes: Partial<Requirement> = {},
): Pick<Requirement, 'level' | 'binds' | 'risks' | 'needs' | 'untestable'> => ({
  ...{ level: 'MUST', binds: 'server', risks: ['reads'], needs: [], untestable: null },
  ...changes,
})

describe('isClaimed', () => {
  test.each<[string, Partial<Requirement>, boolean]>([
    ['a MUST that only reads', {}, true],
    ['one that binds both', { binds: 'both' }, true],
    ['all its risks', { risks: ['reads', 'writes'] }, true],
    ['a level that it leaves out', { level: 'SHOULD' }, false],
    ['what binds the client', { binds: 'client' }, false],
    ['what no answer shows', { untestable: 'no answer shows it' }, false],
    ['a risk that it leaves out', { risks: ['writes', 'destroys'] }, false],
    ['what a server may lack', { needs: ['gba', 'mock'] }, false],
  ])('%s', (_, changes, belongs) => {
    expect(isClaimed(requirement(changes), CLAIM)).toBe(belongs)
  })
})

describe.each(PROTOCOLS.flatMap((protocol) => DIALECTS.map((dialect) => [protocol, dialect] as const)))(
  'the claims of %s, %s',
  (protocol, dialect) => {
    const { claims, requirements } = loadRegister(protocol, dialect)
    const idsOf = (name: (typeof CLAIMS)[number]): readonly string[] =>
      [...requirements.values()].filter((one) => isClaimed(one, claims[name])).map(({ id }) => id)

    test('each asks all that the one before asks, and more', () => {
      const [reads, core, full] = [idsOf('reads'), idsOf('core'), idsOf('full')]
      expect(reads.length).toBeGreaterThan(0)
      expect(core).toEqual(expect.arrayContaining([...reads]))
      expect(full).toEqual(expect.arrayContaining([...core]))
      expect(core.length).toBeGreaterThan(reads.length)
      expect(full.length).toBeGreaterThan(core.length)
    })
  },
)
