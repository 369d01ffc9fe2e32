import { describe, expect, it } from 'vitest'
import type { Step } from '#model/ask.ts'
import type { Draw } from '#model/draw.ts'
import type { ModelOperation, ProtocolModel, Seen } from '#model/protocol-model.ts'
import { chooseStep } from './choose-step.ts'
import { Coverage } from './coverage.ts'
import type { WalkStyle } from './walk-style.ts'
import { Walk } from './walk.ts'

const operation = (
  name: string,
  part: Pick<ModelOperation<null, Seen>, 'risks' | 'weight'>,
): ModelOperation<null, Seen> => ({
  ...part,
  name,
  area: 'AREA',
  situations: ['any'],
  choose: (_, __, draw) => ({ thing: String(draw.below(20)), ...(draw.slip(50) ? { wrong: 'yes' } : {}) }),
  applies: () => true,
  situation: () => 'any',
  judge: () => ({ kind: 'allowed', next: [null], kept: [] }),
})

const model: ProtocolModel<null, Seen> = {
  protocol: 'relay',
  operations: [
    operation('make', { weight: () => 1, risks: ['writes'] }),
    operation('change', { weight: () => 1, risks: ['writes'] }),
    operation('read', { weight: () => 30, risks: ['reads'] }),
  ],
  groundwork: ['make'],
  begin: () => null,
  audit: () => [],
}

const PLAIN: WalkStyle = {
  steps: 40,
  parties: ['Alice', 'Bob'],
  favour: new Map(),
  lead: { party: 'Alice', percent: 0 },
  focus: 0,
  looks: 0,
  bursts: 0,
  again: 0,
  groundwork: 0,
  slips: 1,
}

/** Chance that is the same each time. */
function sameChance(): Draw {
  let last = 1
  const below = (bound: number): number => {
    last = (last * 48_271) % 2_147_483_647
    return last % bound
  }
  const chance = (percent: number): boolean => below(100) < percent
  return {
    below,
    chance,
    slip: chance,
    oneOf: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('one of nothing')
      return item
    },
  }
}

/** The steps of a walk of that style through a server that grants everything. */
async function walked(differs: Partial<WalkStyle>): Promise<readonly Step[]> {
  const style = { ...PLAIN, ...differs }
  const perform = () => Promise.resolve({ status: 200, text: '200', exchange: null })
  const server = { perform, putBack: () => Promise.resolve([]) }
  const walk = new Walk({ model, server, parties: style.parties, coverage: new Coverage() })
  const draw = sameChance()
  for (let taken = 0; taken < style.steps; taken += 1)
    await walk.take(chooseStep({ model, walk, draw, style, bursts: true }) ?? [])
  return walk.taken
}

const namesOf = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap((step) => step.map((ask) => ask.operation))

describe('the steps of a walk', () => {
  it('begin with the groundwork, of which nothing is wrong', async () => {
    const ground = (await walked({ groundwork: 10 })).slice(0, 10)
    expect(new Set(namesOf(ground))).toEqual(new Set(['make']))
    expect(ground.flat().filter(({ values }) => 'wrong' in values)).toEqual([])
  })

  it('do again what the one before did', async () => {
    expect(new Set(namesOf(await walked({ again: 100 })))).toHaveLength(1)
    expect(new Set(namesOf(await walked({ again: 0 }))).size).toBeGreaterThan(1)
  })

  it('mostly have nothing that only reads where they are of several asks', async () => {
    const bursts = await walked({ bursts: 100 })
    expect(bursts.every((step) => step.length > 1)).toBe(true)
    const changing = bursts.filter((step) => step.every((ask) => ask.operation !== 'read'))
    expect(changing.length).toBeGreaterThan(bursts.length / 2)
  })
})
