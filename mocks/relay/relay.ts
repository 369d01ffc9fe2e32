import { ActiveFaults, type Fault } from '#mocks/engine/active-faults.ts'
import type { Limit } from '#mocks/engine/bucket.ts'
import { FaultyRulebooks } from '#mocks/engine/faulty-rulebooks.ts'
import { patch } from '#mocks/engine/patch.ts'
import type { WireAnswer } from '#mocks/engine/reply.ts'
import type { World } from '#mocks/engine/world.ts'
import { readAuthorization } from './authentication.ts'
import type { Change } from './changes.ts'
import type { RelayEvent } from './events.ts'
import { decidePeerAnswer, type PeerAnswer, type PeerRequest } from './federation.ts'
import { LIMITERS, type Limiter } from '#protocol/relay/limiters.ts'
import { listingOf } from './listings.ts'
import { decide } from './machine.ts'
import type { Decision, Outcome } from './outcomes.ts'
import type { Listed } from './peer-store.ts'
import type { Rulebook } from './rulebook.ts'
import type { Scene } from './scene.ts'
import { RelayStore } from './state.ts'
import { answer } from './wire.ts'

/** What a relay is made of. */
export interface RelayParts {
  readonly rulebook: Rulebook
  readonly world: World
  readonly faults: readonly Fault<Rulebook>[]
}

/** The answer to a request, what it says, and remarks for the journal. */
export interface Handled {
  readonly answer: WireAnswer
  readonly outcome: Outcome
  readonly notes: readonly string[]
  /** The ids of the faults that were at work. */
  readonly faults: readonly string[]
  /** Numbers of this node that the peers are to be told of before the answer goes out. */
  readonly relisted: readonly string[]
  /** What a peer is to be asked; what `resume` makes of its answer takes the place of this. */
  readonly forward?: {
    readonly request: PeerRequest
    readonly resume: (answer: PeerAnswer) => Handled
  }
}

/** A request that is being handled, and under which rules. */
interface Handling {
  readonly event: RelayEvent
  readonly scene: Scene
  readonly faults: readonly Fault<Rulebook>[]
  /** Whether the journal has been told of the faults. */
  readonly areFaultsNoted: boolean
}

/** Figures of limiters; null takes the limiter away. */
export type LimitFigures = Readonly<Partial<Record<Limiter, Limit | null>>>

/** One running relay: its state, its rules, and the faults at work in it. Knows nothing of HTTP servers. */
export class Relay {
  readonly store = new RelayStore()
  readonly faults: ActiveFaults<Rulebook>
  readonly #world: World
  readonly #start: Rulebook
  #rulebooks: FaultyRulebooks<Rulebook>

  constructor({ rulebook, world, faults }: RelayParts) {
    this.#start = rulebook
    this.#rulebooks = new FaultyRulebooks(rulebook)
    this.#world = world
    this.faults = new ActiveFaults(faults)
  }

  /** The rulebook without the faults. */
  get rulebook(): Rulebook {
    return this.#rulebooks.plain
  }

  /** Decides a request, makes its changes, and says how it is answered. */
  handle(event: RelayEvent): Handled {
    const faults = isAboutListings(event) ? [] : this.faults.take(() => numbersOf(event))
    const scene = { state: this.store, rulebook: this.#rulebooks.under(faults), world: this.#world }
    return this.execute(decide(event, scene), { event, scene, faults, areFaultsNoted: false })
  }

  /** The rules without faults, and all they look at. */
  get scene(): Scene {
    return { state: this.store, rulebook: this.rulebook, world: this.#world }
  }

  execute(decision: Decision, handling: Handling): Handled {
    const { outcome, changes, notes, forward } = decision
    const { event, scene, areFaultsNoted } = handling
    const relisted = this.#apply(changes)
    const faults = handling.faults.map(({ id }) => id)
    const said = [
      `${outcome.operation}: ${forward === undefined ? outcome.kind : `forwarded to ${forward.peer}`}`,
    ]
    said.push(...notes)
    if (!areFaultsNoted) for (const id of faults) said.push(`fault ${id}`)
    const handled = { answer: answer(outcome, event, scene.rulebook), outcome, faults, notes: said, relisted }
    if (forward === undefined) return handled
    const resume = (from: PeerAnswer): Handled =>
      this.execute(decidePeerAnswer(forward, from, scene), { ...handling, areFaultsNoted: true })
    return { ...handled, forward: { request: forward, resume } }
  }

  /** Makes the changes; gives the numbers whose listing is another now, as far as there are peers to tell. */
  #apply(changes: readonly Change[]): readonly string[] {
    const numbers = this.store.peers.size === 0 ? [] : numbersChanged(changes)
    const before = numbers.map((number) => listingOf(number, this.scene))
    this.store.apply(changes)
    return numbers.filter((number, place) => !isSame(before[place], listingOf(number, this.scene)))
  }

  /** Changes the figures of the limiters named; their buckets are full again. */
  setLimits(figures: LimitFigures): void {
    this.#rulebooks = new FaultyRulebooks(patch(this.rulebook, { limits: { figures } }))
    const named = LIMITERS.filter((limiter) => figures[limiter] !== undefined)
    this.store.apply(named.map((limiter) => ({ kind: 'limiter-reset', limiter })))
  }

  /** Back to the start, save the faults. */
  reset(): void {
    this.store.clear()
    this.#rulebooks = new FaultyRulebooks(this.#start)
  }
}

function numbersChanged(changes: readonly Change[]): readonly string[] {
  const numbers = changes.flatMap((change) => {
    if (change.kind === 'account-stored') return change.account.number
    return change.kind === 'account-removed' || change.kind === 'device-stored' ? change.number : []
  })
  return [...new Set(numbers)]
}

function isSame(left: Listed | undefined, right: Listed): boolean {
  return left?.listed === right.listed && left.supportsSms === right.supportsSms
}

/** What nodes tell each other of their numbers; no fault is meant for it. */
function isAboutListings({ kind }: RelayEvent): boolean {
  return kind === 'announce-listing' || kind === 'read-listing'
}

/** The numbers a request concerns: the caller's, and the one in its path. */
function numbersOf(event: RelayEvent): readonly string[] {
  switch (event.kind) {
    case 'request-code':
      return [event.number]
    case 'fetch-prekeys':
      return [...callerOf(event.authorization), event.number]
    case 'peer-fetch-prekeys':
      return [event.number]
    case 'peer-submit-messages':
      return [event.source, event.destination]
    case 'announce-listing':
    case 'read-listing':
      return []
    case 'submit-messages':
      return [...callerOf(event.authorization), event.destination]
    case 'confirm-code':
    case 'set-push-id':
    case 'remove-push-id':
    case 'upload-prekeys':
    case 'query-directory':
    case 'allocate-attachment':
    case 'retrieve-attachment':
    case 'provision-device':
    case 'add-device':
    case 'upload-blob':
    case 'download-blob':
      return callerOf(event.authorization)
    default:
      return event satisfies never
  }
}

function callerOf(authorization: string | undefined): readonly string[] {
  const credentials = readAuthorization(authorization)
  return credentials.kind === 'credentials' ? [credentials.number] : []
}
