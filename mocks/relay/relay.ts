import type { ActiveFaults, Fault } from '#mocks/engine/active-faults.ts'
import type { BucketFigures } from '#mocks/engine/bucket.ts'
import { Mock, type DecidedRequest, type Handled } from '#mocks/engine/mock.ts'
import { patch } from '#mocks/engine/patch.ts'
import { Rulebooks } from '#mocks/engine/rulebooks.ts'
import type { World } from '#mocks/engine/world.ts'
import type { RelayChange } from './changes.ts'
import type { Account, Device } from './entities.ts'
import { decidePeerAnswer } from './federation.ts'
import { LIMITERS, type Limiter } from '#protocol/relay/limiters.ts'
import { listingOf } from './listings.ts'
import { decide, numbersOf } from './machine.ts'
import type { RelayOutcome } from './outcomes.ts'
import type { ListedNumber } from './peer-store.ts'
import type { RelayRulebook, RelayRulebookPatch } from './rulebook.ts'
import type { RequestReadingRules } from './request-reading.ts'
import type { RelayScene } from './scene.ts'
import { RelayStore } from './state.ts'
import { answer } from './wire.ts'
import type { RelayEvent } from './operations.ts'
import type { PeerAnswer, PeerRequest } from './peer-requests.ts'
import type { RelayDecision } from './decisions.ts'

/** What a relay is made of. */
export interface RelayParts {
  readonly rulebook: RelayRulebook
  readonly world: World
  readonly faults: readonly Fault<RelayRulebook>[]
}

/** The answer to a request, what it says, and what other nodes have to do with it. */
export interface RelayHandled extends Handled<RelayOutcome> {
  /** Numbers of this node whose listing changed: the peers hear of it before the answer goes out. */
  readonly relisted: readonly string[]
  /** What a peer is to be asked; what `resume` makes of its answer takes the place of this. */
  readonly forward?: {
    readonly request: PeerRequest
    readonly resume: (answer: PeerAnswer) => RelayHandled
  }
}

/** Figures of limiters; null takes the limiter away. */
export type LimitFigures = Readonly<Partial<Record<Limiter, BucketFigures | null>>>

type WholeRelayScene = RelayScene<RelayRulebook>

/** One running relay: its state, its rules, and the faults at work in it. Knows nothing of HTTP servers. */
export class Relay extends Mock<RelayEvent, WholeRelayScene, RelayDecision> {
  readonly store: RelayStore
  readonly #rules: Rulebooks<RelayRulebook>

  constructor({ rulebook, world, faults }: RelayParts) {
    const store = new RelayStore()
    const rules = new Rulebooks(rulebook, faults)
    super({
      rules: {
        get plain() {
          return rules.plain
        },
        take: (numbers) => rules.take(numbers, (fault) => !isOfReading(fault)),
      },
      sceneOf: (rulebook) => ({ state: store, rulebook, world }),
      numbersOf,
      decide,
      apply: (changes) => {
        store.apply(changes)
      },
      answer: (outcome, event, scene) => answer(outcome, event, scene.rulebook),
      remark: ({ outcome, forward }) =>
        `${outcome.operation}: ${forward === undefined ? outcome.kind : `forwarded to ${forward.peer}`}`,
    })
    this.store = store
    this.#rules = rules
  }

  get faults(): ActiveFaults<RelayRulebook> {
    return this.#rules.faults
  }

  /** What changes where the control plane adds a device to an account, under the faults that concern that. */
  addedDevice(account: Account, device: Device): readonly RelayChange[] {
    const { rulebook } = this.#rules.take(
      () => [account.number],
      (fault) => fault.patch.provisioning !== undefined,
    )
    return rulebook.provisioning.stored(account, device)
  }

  /** The rulebook without the faults. */
  get rulebook(): RelayRulebook {
    return this.#rules.plain
  }

  /** The rules by which a request is read. Its client is not known yet: faults for one number are not at work. */
  readingRules(): RequestReadingRules {
    return this.#rules.take(() => [], isOfReading).rulebook.requestReading
  }

  override handle(event: RelayEvent): RelayHandled {
    return this.#settle(this.decide(event))
  }

  /** Begins with these patches over the rules it was made with, in place of those of the last call. */
  vary(patches: readonly RelayRulebookPatch[]): void {
    this.#rules.vary(patches)
  }

  /** Changes the figures of the limiters named; their buckets are full again. */
  setLimits(figures: LimitFigures): void {
    this.#rules.replace(patch(this.rulebook, { limits: { figures } }))
    const named = LIMITERS.filter((limiter) => figures[limiter] !== undefined)
    this.store.apply(named.map((limiter) => ({ kind: 'limiter-reset', limiter })))
  }

  /** Back to the start, save the faults. */
  reset(): void {
    this.store.clear()
    this.#rules.reset()
  }

  /** Makes the changes of a decided request; where a peer is to be asked, its answer is settled in turn. */
  #settle(decided: DecidedRequest<RelayEvent, WholeRelayScene, RelayDecision>): RelayHandled {
    const { scene, decision } = decided
    const { changes, forward } = decision
    // Without peers no node hears of listings
    const numbers = this.store.peers.size === 0 ? NONE : numbersChanged(changes)
    const before = numbers.map((number) => listingOf(number, this.scene))
    const { answer, outcome, notes, faults } = this.execute(decided)
    const relisted = numbers.filter((number, place) => !isSame(before[place], listingOf(number, this.scene)))
    // Written out, since a spread costs a microsecond with every request
    const handled = { answer, outcome, notes, faults, relisted }
    if (forward === undefined) return handled
    const resume = (from: PeerAnswer): RelayHandled =>
      this.#settle({ ...decided, decision: decidePeerAnswer(forward, from, scene), remarks: [] })
    return { ...handled, forward: { request: forward, resume } }
  }
}

/** Whether a fault is one of how requests are read. */
function isOfReading({ patch: { requestReading } }: Fault<RelayRulebook>): boolean {
  return requestReading !== undefined
}

const NONE: readonly never[] = []

function numbersChanged(changes: readonly RelayChange[]): readonly string[] {
  const numbers = changes.flatMap((change) => {
    if (change.kind === 'account-stored') return change.account.number
    return change.kind === 'account-removed' || change.kind === 'device-stored' ? change.number : []
  })
  return [...new Set(numbers)]
}

function isSame(left: ListedNumber | undefined, right: ListedNumber): boolean {
  return left?.listed === right.listed && left.supportsSms === right.supportsSms
}
