import { describe, expect, test } from 'vitest'
import { CLAIMS, isClaimed, type Claim } from './claims.ts'
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
    const idsOf = (claim: Claim): readonly string[] =>
      [...requirements.values()].filter((one) => isClaimed(one, claim)).map(({ id }) => id)

    test('each asks all that the one before asks, and more', () => {
      const asked = CLAIMS.flatMap((name) => (claims[name] === undefined ? [] : [idsOf(claims[name])]))
      expect(asked.length).toBeGreaterThan(1)
      for (const [index, ids] of asked.entries()) {
        const before = asked[index - 1] ?? []
        expect(ids).toEqual(expect.arrayContaining([...before]))
        expect(ids.length).toBeGreaterThan(before.length)
      }
    })
  },
)
