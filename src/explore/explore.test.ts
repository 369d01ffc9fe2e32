import { describe, expect, it } from 'vitest'
import type { Ask } from '#model/ask.ts'
import type { Judged, ModelOperation, ProtocolModel, Seen } from '#model/protocol-model.ts'
import type { ExploreOptions } from './exploration.ts'
import { explore } from './explore.ts'
import type { WalkedServer } from './walked-server.ts'

/** A shelf on which each party keeps one number: `put` and `look`. */
interface ShelfSeen extends Seen {
  readonly value?: string
}

type Shelf = ReadonlyMap<string, string>

const answer = (value?: string): ShelfSeen => ({
  status: 200,
  text: '200',
  exchange: null,
  ...(value === undefined ? {} : { value }),
})

const put: ModelOperation<Shelf, ShelfSeen> = {
  name: 'put',
  area: 'PUT',
  risks: ['writes'],
  situations: ['nothing there', 'something there'],
  weight: () => 1,
  choose: (_, __, draw) => ({ value: String(draw.below(3)) }),
  applies: () => true,
  situation: (shelf, { party }) => (shelf.has(party) ? 'something there' : 'nothing there'),
  judge: (shelf, { party, values }) => ({
    kind: 'allowed',
    next: [new Map([...shelf, [party, values['value'] ?? '']])],
    kept: ['SHELF-PUT-01'],
  }),
}

const look: ModelOperation<Shelf, ShelfSeen> = {
  ...put,
  name: 'look',
  area: 'LOOK',
  choose: (shelf, party) => (shelf.has(party) ? {} : null),
  applies: (shelf, { party }) => shelf.has(party),
  situation: () => 'something there',
  situations: ['something there'],
  judge: (shelf, { party }, { value = 'nothing' }): Judged<Shelf> => {
    const expected = shelf.get(party) ?? 'nothing'
    return value === expected
      ? { kind: 'allowed', next: [shelf], kept: ['SHELF-LOOK-01'] }
      : { kind: 'violated', requirement: 'SHELF-LOOK-01', thing: 'number', expected, got: value }
  },
}

const model: ProtocolModel<Shelf, ShelfSeen> = {
  protocol: 'relay',
  operations: [put, look],
  groundwork: ['put'],
  begin: () => new Map(),
  audit: (shelf) => [...shelf.keys()].map((party) => ({ party, operation: 'look', values: {} })),
}

type Behaviour = (kept: Map<string, string>, ask: Ask) => ShelfSeen

const right: Behaviour = (kept, { party, operation, values }) => {
  if (operation === 'look') return answer(kept.get(party))
  kept.set(party, values['value'] ?? '')
  return answer()
}

/** Forgets what Alice keeps once Bob has put down a 2 behind her. */
const forgetful: Behaviour = (kept, ask) => {
  const seen = right(kept, ask)
  if (ask.party === 'Bob' && ask.values['value'] === '2') kept.delete('Alice')
  return seen
}

/** Loses one of two puts that are under way at once. */
function overtaken(): () => WalkedServer<ShelfSeen> {
  return () => {
    const kept = new Map<string, string>()
    let underWay = 0
    return {
      perform: async (ask) => {
        if (ask.operation === 'look') return answer(kept.get(ask.party))
        underWay += 1
        await Promise.resolve()
        if (underWay < 2) kept.set(ask.party, ask.values['value'] ?? '')
        underWay -= 1
        return answer()
      },
      putBack: () => Promise.resolve([]),
    }
  }
}

const serving = (behaviour: Behaviour) => (): WalkedServer<ShelfSeen> => {
  const kept = new Map<string, string>()
  return { perform: (ask) => Promise.resolve(behaviour(kept, ask)), putBack: () => Promise.resolve([]) }
}

const OPTIONS: ExploreOptions = {
  seed: 'shelf',
  runs: 50,
  forMs: 10_000,
  steps: 40,
  parties: 3,
  area: null,
  bursts: true,
  shrinkMs: 5000,
  mostCounterexamples: 3,
}

const exploring = (open: () => WalkedServer<ShelfSeen>, options: Partial<ExploreOptions> = {}) =>
  explore(
    {
      model,
      open,
      now: () => performance.now(),
      interrupted: new AbortController().signal,
      onWalk: () => undefined,
    },
    { ...OPTIONS, ...options },
  )

describe('walks', () => {
  it('find nothing wrong with a right server, and say what they reached', async () => {
    const { counterexamples, sequences, reached, sampleKept } = await exploring(serving(right))
    expect(counterexamples).toEqual([])
    expect(sequences).toBe(50)
    expect(new Set(reached.map(({ operation }) => operation))).toEqual(new Set(['put', 'look']))
    expect(sampleKept).toEqual(['SHELF-LOOK-01', 'SHELF-PUT-01'])
  })

  it('shrink a violation to the steps that it needs', async () => {
    const { counterexamples } = await exploring(serving(forgetful))
    expect(counterexamples).toHaveLength(1)
    const [{ violated, steps, foundIn } = { violated: null, steps: [], foundIn: 0 }] = counterexamples
    expect(violated).toMatchObject({ requirement: 'SHELF-LOOK-01', got: 'nothing' })
    expect(foundIn).toBeGreaterThan(3)
    expect(steps.flat().map(({ party, operation }) => `${party} ${operation}`)).toEqual([
      'Alice put',
      'Bob put',
      'Alice look',
    ])
  })

  it('are the same for the same seed', async () => {
    const one = await exploring(serving(forgetful))
    expect(await exploring(serving(forgetful))).toEqual(one)
    expect(await exploring(serving(forgetful), { seed: 'another' })).not.toEqual(one)
  })

  it('judge requests at once by whether some order explains the answers', async () => {
    const { counterexamples } = await exploring(overtaken())
    expect(counterexamples).not.toEqual([])
    expect(counterexamples[0]?.steps.some((step) => step.length === 2)).toBe(true)
    expect((await exploring(overtaken(), { bursts: false })).counterexamples).toEqual([])
  })

  it('end where nothing can be said of the server', async () => {
    const dead = (): WalkedServer<ShelfSeen> => ({
      perform: () => Promise.reject(new Error('unreachable: refused')),
      putBack: () => Promise.resolve([]),
    })
    const { inconclusive, sequences, sampleKept } = await exploring(dead)
    expect({ inconclusive, sequences, sampleKept }).toEqual({
      inconclusive: 'unreachable: refused',
      sequences: 1,
      sampleKept: [],
    })
  })
})
