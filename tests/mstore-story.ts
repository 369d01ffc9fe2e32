import { SEEN } from '#protocol/mstore/flags.ts'
import type { Ask, Values } from '#model/ask.ts'
import type { MStoreKnown } from '#model/mstore/known.ts'
import { mstoreModel } from '#model/mstore/model.ts'
import type { MStoreSeen, SeenObject } from '#model/mstore/seen.ts'
import type { MStoreState } from '#model/mstore/state.ts'

/** The two greetings of most stories. */
export const FIRST = 'greeting 1 of Alice'
export const SECOND = 'greeting 2 of Alice'

/** An mStore of which all is known that a target file can say. */
export const MSTORE_KNOWN: MStoreKnown = {
  dialect: 'documented',
  makesMailboxes: true,
  voicemails: 'chosen',
  greetings: true,
  pins: true,
  pinBounds: true,
  pageSize: 10,
}

/** A walk by hand: each step is an ask and what is seen of it. */
export class MStoreStory {
  readonly #model
  #states: readonly MStoreState[]

  constructor(known: Partial<MStoreKnown> = {}) {
    this.#model = mstoreModel({ ...MSTORE_KNOWN, ...known })
    this.#states = [this.#model.begin(['Alice', 'Bob'])]
  }

  /** What the answer violates; null where it is allowed, in some state that may be. */
  ask(operation: string, values: Values = {}, seen: Partial<MStoreSeen> = {}): string | null {
    return this.askBy('Alice', { operation, values }, seen)
  }

  /** The same of an ask of another party. */
  askBy(party: string, asked: Omit<Ask, 'party'>, seen: Partial<MStoreSeen> = {}): string | null {
    const ask: Ask = { party, ...asked }
    const judged = this.#states.map((state) => this.#judge(state, ask, seen))
    const next = judged.flatMap((each) => (each.kind === 'allowed' ? each.next : []))
    if (next.length > 0) this.#states = next
    const [violated] = judged.flatMap((each) => (each.kind === 'violated' ? [each.requirement] : []))
    return next.length > 0 ? null : (violated ?? null)
  }

  get state(): MStoreState {
    const [state] = this.#states
    if (state === undefined) throw new Error('no state is left')
    return state
  }

  #judge(state: MStoreState, ask: Ask, seen: Partial<MStoreSeen>) {
    const operation = this.#model.operations.find(({ name }) => name === ask.operation)
    if (operation === undefined) throw new Error(`there is no operation ${ask.operation}`)
    if (!operation.applies(state, ask)) throw new Error(`${ask.operation} does not apply`)
    const { status = 200 } = seen
    return operation.judge(state, ask, { text: String(status), exchange: null, ...seen, status })
  }
}

/** A greeting as it is shown that was uploaded as usual. */
export function sight(name: string, { flags = [SEEN], ...over }: Partial<SeenObject> = {}): SeenObject {
  const given = [
    ['content-duration', '1'],
    ['date', '2020-01-01T00:00:00Z'],
    ['Message-Id', `id of ${name}`],
    ['mime-version', '1.0'],
    ['subject', name],
    ['x-cns-greeting-type', 'normal-greeting'],
  ] as const
  const facts = new Map([...given, ...(over.facts ?? [])])
  return { name, folder: 'greetings', flags, dateMs: Date.UTC(2020, 0, 1), ...over, facts }
}

/** What is seen of a page. */
export const page = (hasMore: boolean, ...objects: readonly SeenObject[]) => ({ page: { objects, hasMore } })

/** A story in which Alice has two greetings. */
export function withGreetings(known: Partial<MStoreKnown> = {}): MStoreStory {
  const story = new MStoreStory(known)
  for (const as of [FIRST, SECOND]) story.ask('upload a greeting', { as }, { status: 201 })
  return story
}
