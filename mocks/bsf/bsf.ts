import type { Reply } from '#mocks/engine/reply.ts'
import type { World } from '#mocks/engine/world.ts'
import { bootstrap } from './bootstrap.ts'
import { vectorOf } from './challenge.ts'
import { decide } from './machine.ts'
import type { Bootstrap } from './outcomes.ts'
import { readCredentials, type BsfRequest } from './requests.ts'
import { documentedBsf, type BsfRules } from './rulebook.ts'
import type { BsfScene } from './scene.ts'
import type { BsfSettings } from './settings.ts'
import { BsfStore, type HomeSubscriber } from './state.ts'
import { answer } from './wire.ts'

/** The name of the bundled bootstrapping server, which no real one can have (RFC 6761). */
export const BSF_FQDN = 'bsf.touchstone.test'

/** What a bootstrapping server is made of. */
export interface BsfParts {
  readonly world: World
  /** Its domain name, `bsf.touchstone.test` by default. */
  readonly fqdn?: string
  /** The rules for a request; `number` is that of the subscriber who asks, undefined where nobody is known to. */
  readonly rules?: (number: string | undefined) => BsfRules
}

/** The answer to a request, and remarks for the journal. */
export interface BsfHandled {
  readonly answer: Reply
  readonly notes: readonly string[]
}

/**
 * One running bootstrapping server (3GPP TS 33.220): the subscribers it knows, the challenges that are open, and
 * the keys of every bootstrap by B-TID. Knows nothing of HTTP servers.
 */
export class Bsf {
  readonly fqdn: string
  readonly #store = new BsfStore()
  readonly #world: World
  readonly #rules: (number: string | undefined) => BsfRules

  constructor({ world, fqdn = BSF_FQDN, rules = () => documentedBsf }: BsfParts) {
    this.fqdn = fqdn
    this.#world = world
    this.#rules = rules
  }

  /** Takes a subscriber, or puts it in place of the one of that private identity. */
  add(subscriber: HomeSubscriber): void {
    this.#store.subscribers.set(subscriber.impi, subscriber)
  }

  /** The subscriber of that private identity, with the sequence number as it stands. */
  subscriber(impi: string): HomeSubscriber | undefined {
    return this.#store.subscribers.get(impi)
  }

  /** Decides a request, makes its changes, and says how it is answered. */
  handle(request: BsfRequest): BsfHandled {
    const scene = this.#scene(this.#numberOf(request))
    const { outcome, changes, notes } = decide(request, scene)
    this.#store.apply(changes)
    return { answer: answer(outcome, scene), notes: [`bootstrap: ${outcome.kind}`, ...notes] }
  }

  /** What a B-TID stands for, expired or not; undefined where it was never given out. */
  readonly lookup = (btid: string): Bootstrap | undefined => this.#store.bootstraps.get(btid)

  /** The bootstraps there have been, oldest first: of one subscriber, or of all. */
  bootstraps(impi?: string): readonly Bootstrap[] {
    return [...this.#store.bootstraps.values()].filter((made) => impi === undefined || made.impi === impi)
  }

  /**
   * A bootstrap without a card, for clients that have none; it holds for `lifetimeMs`, or as long as is set.
   * Throws a RangeError where the subscriber is not known.
   */
  bootstrapInside(impi: string, lifetimeMs?: number): Bootstrap {
    const subscriber = this.subscriber(impi)
    if (subscriber === undefined) throw new RangeError(`private identity ${impi}: expected a known one`)
    const scene = this.#scene(subscriber.number)
    const sqn = scene.rules.nextSqn(subscriber.sqn)
    const vector = vectorOf(subscriber, sqn, scene)
    const made = bootstrap({ ...subscriber, vector }, scene, { inside: true, lifetimeMs })
    this.#store.apply([
      { kind: 'sqn-moved', impi, sqn },
      { kind: 'bootstrapped', bootstrap: made },
    ])
    return made
  }

  /** Changes how one subscriber is treated, or all (null); what is not given stays as it is. */
  configure(impi: string | null, settings: BsfSettings): void {
    this.#store.settings.set(impi, settings)
  }

  /** Forgets everything, the subscribers and settings too. */
  reset(): void {
    this.#store.clear()
  }

  #scene(number: string | undefined): BsfScene {
    return { state: this.#store, rules: this.#rules(number), world: this.#world, fqdn: this.fqdn }
  }

  #numberOf({ authorization }: BsfRequest): string | undefined {
    const credentials = readCredentials(authorization)
    return credentials.kind === 'credentials' ? this.subscriber(credentials.username)?.number : undefined
  }
}
