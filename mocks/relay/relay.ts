import { parseAuthorization } from '#protocol/relay/credentials.ts'
import { ActiveFaults, type Fault } from '#mocks/rules/active-faults.ts'
import type { Limit } from '#mocks/rules/bucket.ts'
import { patch } from '#mocks/rules/patch.ts'
import type { WireAnswer } from '#mocks/rules/reply.ts'
import type { World } from '#mocks/rules/world.ts'
import type { RelayEvent } from './events.ts'
import { LIMITERS, type Limiter } from './limits.ts'
import { decide } from './machine.ts'
import type { Rulebook } from './rulebook.ts'
import { RelayStore } from './state.ts'
import { answer } from './wire.ts'

/** What a relay is made of. */
export interface RelayParts {
  readonly rulebook: Rulebook
  readonly world: World
  readonly faults: readonly Fault<Rulebook>[]
}

/** The answer to a request, and remarks for the journal. */
export interface Handled {
  readonly answer: WireAnswer
  readonly notes: readonly string[]
}

/** Figures of limiters; null takes the limiter away. */
export type LimitFigures = Readonly<Partial<Record<Limiter, Limit | null>>>

/** One running relay: its state, its rules, and the faults at work in it. Knows nothing of HTTP servers. */
export class Relay {
  readonly store = new RelayStore()
  readonly faults: ActiveFaults<Rulebook>
  readonly #world: World
  readonly #start: Rulebook
  #rulebook: Rulebook
  /** Rulebooks with faults laid over them, by the ids of the faults. */
  readonly #faulty = new Map<string, Rulebook>()

  constructor({ rulebook, world, faults }: RelayParts) {
    this.#start = rulebook
    this.#rulebook = rulebook
    this.#world = world
    this.faults = new ActiveFaults(faults)
  }

  /** The rulebook without the faults. */
  get rulebook(): Rulebook {
    return this.#rulebook
  }

  /** Decides a request, makes its changes, and says how it is answered. */
  handle(event: RelayEvent): Handled {
    const faults = this.faults.take(() => numbersOf(event))
    const rulebook = this.#under(faults)
    const scene = { state: this.store, rulebook, world: this.#world }
    const { outcome, changes, notes } = decide(event, scene)
    this.store.apply(changes)
    const causes = faults.map(({ id }) => `fault ${id}`)
    return {
      answer: answer(outcome, event, rulebook),
      notes: [`${outcome.operation}: ${outcome.kind}`, ...notes, ...causes],
    }
  }

  /** Changes the figures of the limiters named; their buckets are full again. */
  setLimits(figures: LimitFigures): void {
    this.#rulebook = patch(this.#rulebook, { limits: { figures } })
    this.#faulty.clear()
    const named = LIMITERS.filter((limiter) => figures[limiter] !== undefined)
    this.store.apply(named.map((limiter) => ({ kind: 'limiter-reset', limiter })))
  }

  /** Back to the start, save the faults. */
  reset(): void {
    this.store.clear()
    this.#rulebook = this.#start
    this.#faulty.clear()
  }

  #under(faults: readonly Fault<Rulebook>[]): Rulebook {
    if (faults.length === 0) return this.#rulebook
    const name = faults.map(({ id }) => id).join(' ')
    const known = this.#faulty.get(name)
    const rulebook = known ?? patch(this.#rulebook, ...faults.map((fault) => fault.patch))
    this.#faulty.set(name, rulebook)
    return rulebook
  }
}

/** The numbers a request concerns: the caller's, and the one in its path. */
function numbersOf(event: RelayEvent): readonly string[] {
  switch (event.kind) {
    case 'request-code':
      return [event.number]
    case 'fetch-prekeys':
      return [...callerOf(event.authorization), event.number]
    case 'submit-messages':
      return [...callerOf(event.authorization), event.destination]
    case 'confirm-code':
    case 'set-push-id':
    case 'remove-push-id':
    case 'upload-prekeys':
    case 'query-directory':
    case 'allocate-attachment':
    case 'retrieve-attachment':
    case 'upload-blob':
    case 'download-blob':
      return callerOf(event.authorization)
    default:
      return event satisfies never
  }
}

function callerOf(authorization: string | undefined): readonly string[] {
  const credentials = parseAuthorization(authorization)
  return credentials.kind === 'credentials' ? [credentials.number] : []
}
