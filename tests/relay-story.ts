import type { Values } from '#model/ask.ts'
import type { RelayKnown } from '#model/relay/known.ts'
import { relayModel } from '#model/relay/model.ts'
import type { RelaySeen, SeenKey, SeenPush } from '#model/relay/seen.ts'
import type { RelayState } from '#model/relay/state.ts'

/** A relay of which all is known that a target file can say. */
export const RELAY_KNOWN: RelayKnown = {
  dialect: 'documented',
  reachableBy: 'push-id',
  can: { codes: true, pushes: true, devices: true, peer: true, synchronise: true },
}

/** A walk by hand: each step is an ask and what is seen of it. */
export class Story {
  readonly #model
  #states: readonly RelayState[]

  constructor(known: Partial<RelayKnown> = {}) {
    this.#model = relayModel({ ...RELAY_KNOWN, ...known })
    this.#states = [this.#model.begin(['Alice', 'Bob'])]
  }

  /** Both parties registered. */
  static registered(known: Partial<RelayKnown> = {}): Story {
    const story = new Story(known)
    story.ask('Alice register', { as: 'registration 1 of Alice', supportsSms: 'yes' })
    story.ask('Bob register', { as: 'registration 1 of Bob' })
    return story
  }

  /** What the answer to `Alice store prekeys` violates; null where it is allowed, in some state that may be. */
  ask(asked: string, values: Values = {}, seen: Partial<RelaySeen> = {}): string | null {
    const [, party = '', operation = ''] = /^(\w+) (.+)$/.exec(asked) ?? []
    const found = this.#model.operations.find(({ name }) => name === operation)
    if (found === undefined) throw new Error(`there is no operation ${operation}`)
    const ask = { party, operation, values }
    if (!this.#states.every((state) => found.applies(state, ask)))
      throw new Error(`${operation} does not apply`)
    const { status = 200 } = seen
    const answer: RelaySeen = { text: String(status), exchange: null, ...seen, status }
    const judged = this.#states.map((state) => found.judge(state, ask, answer))
    const next = judged.flatMap((each) => (each.kind === 'allowed' ? each.next : []))
    const [violated] = judged.flatMap((each) => (each.kind === 'violated' ? [each.requirement] : []))
    if (next.length > 0) this.#states = next
    return next.length > 0 ? null : (violated ?? null)
  }

  get states(): readonly RelayState[] {
    return this.#states
  }

  get audit(): readonly string[] {
    return this.#states
      .slice(0, 1)
      .flatMap((state) => this.#model.audit(state).map(({ operation }) => operation))
  }
}

/** An entry of an answer with prekeys. */
export function key(name: string, over: Partial<SeenKey> = {}): SeenKey {
  return { device: 1, key: name, keyId: name, identityKey: name, registrationId: 'right', ...over }
}

/** The push of the first message of Alice to Bob. */
export function push(over: Partial<SeenPush> = {}): SeenPush {
  return {
    device: 1,
    to: 'gcm registration 1',
    install: 'registration 1',
    message: 'message 1 of Alice for 1',
    source: 'Alice',
    sourceDevice: '1',
    type: '1',
    timestamp: 'right',
    relay: 'none',
    ...over,
  }
}
