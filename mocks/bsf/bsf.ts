import { Mock, type Handled } from '#mocks/engine/mock.ts'
import type { Reply } from '#mocks/engine/reply.ts'
import type { World } from '#mocks/engine/world.ts'
import { bootstrap } from './bootstrap.ts'
import { vectorOf } from './challenge.ts'
import { decide } from './machine.ts'
import type { Bootstrap, BsfDecision, BsfOutcome } from './outcomes.ts'
import { readCredentials, type BsfRequest } from './requests.ts'
import { documentedBsf, type BsfRules } from './rulebook.ts'
import type { BsfScene } from './scene.ts'
import type { BsfSettings } from './settings.ts'
import { BsfStore, type BsfState, type HomeSubscriber } from './state.ts'
import { answer } from './wire.ts'

/** The name of the bundled bootstrapping server, which no real one can have (RFC 6761). */
export const BSF_FQDN = 'bsf.touchstone.test'

/** What a bootstrapping server is made of. */
export interface BsfParts {
  readonly world: World
  /** Its domain name, `bsf.touchstone.test` by default. */
  readonly fqdn?: string
  /** The rules for a request; `number` is that of the subscriber who asks, undefined where none is known. */
  readonly rules?: (number: string | undefined) => BsfRules
}

/** The answer to a request, and remarks for the journal. */
export type BsfHandled = Handled<BsfOutcome, Reply>

/**
 * One running bootstrapping server (3GPP TS 33.220): the subscribers it knows, the challenges that are open, and
 * the keys of every bootstrap by B-TID. Knows nothing of HTTP servers.
 */
export class Bsf extends Mock<BsfRequest, BsfScene, BsfDecision, Reply> {
  readonly fqdn: string
  readonly #store: BsfStore
  readonly #sceneFor: (number: string | undefined) => BsfScene

  constructor({ world, fqdn = BSF_FQDN, rules = () => documentedBsf }: BsfParts) {
    const store = new BsfStore()
    const sceneOf = (rulebook: BsfRules): BsfScene => ({ state: store, rulebook, world, fqdn })
    super({
      rules: {
        plain: documentedBsf,
        take: (numbers) => ({ rulebook: rules(numbers()?.[0]), faults: [] }),
      },
      sceneOf,
      numbersOf: (request) => numbersOf(request, store),
      decide,
      apply: (changes) => {
        store.apply(changes)
      },
      answer: (outcome, _request, scene) => answer(outcome, scene),
      remark: ({ outcome }) => `bootstrap: ${outcome.kind}`,
    })
    this.fqdn = fqdn
    this.#store = store
    this.#sceneFor = (number) => sceneOf(rules(number))
  }

  /** Takes a subscriber, or puts it in place of the one of that private identity. */
  add(subscriber: HomeSubscriber): void {
    this.#store.subscribers.set(subscriber.impi, subscriber)
  }

  /** The subscriber of that private identity, with the sequence number as it stands. */
  subscriber(impi: string): HomeSubscriber | undefined {
    return this.#store.subscribers.get(impi)
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
    const scene = this.#sceneFor(subscriber.number)
    const sqn = scene.rulebook.nextSqn(subscriber.sqn)
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
}

/** The number of the subscriber who asks; none where no credentials name one. */
function numbersOf({ authorization }: BsfRequest, { subscribers }: BsfState): readonly string[] {
  const credentials = readCredentials(authorization)
  const number =
    credentials.kind === 'credentials' ? subscribers.get(credentials.username)?.number : undefined
  return number === undefined ? [] : [number]
}
