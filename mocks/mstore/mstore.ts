import type { BsfRules } from '#mocks/bsf/rulebook.ts'
import type { HandshakeRules } from '#mocks/engine/handshake.ts'
import type { ActiveFaults, Fault } from '#mocks/engine/active-faults.ts'
import { Mock, type Handled } from '#mocks/engine/mock.ts'
import { Rulebooks } from '#mocks/engine/rulebooks.ts'
import type { World } from '#mocks/engine/world.ts'
import { nafAt, type Naf } from './keys.ts'
import { decide } from './machine.ts'
import type { MStoreDecision, MStoreOutcome } from './outcomes.ts'
import type { MStoreRequest } from './requests.ts'
import type { MStorePatch, MStoreRulebook } from './rulebook.ts'
import type { MStoreScene } from './scene.ts'
import { MStoreStore } from './state.ts'
import { answer, type TimedAnswer } from './wire.ts'

/** What an mStore is made of. */
export interface MStoreParts {
  readonly rulebook: MStoreRulebook
  readonly world: World
  readonly naf: Naf
  readonly faults: readonly Fault<MStoreRulebook>[]
}

/** The answer to a request, what it says, and remarks for the journal. */
export type MStoreHandled = Handled<MStoreOutcome, TimedAnswer>

/** One running mStore: its state, its rules, and the faults at work in it. Knows nothing of HTTP servers. */
export class MStore extends Mock<MStoreRequest, MStoreScene<MStoreRulebook>, MStoreDecision, TimedAnswer> {
  readonly store: MStoreStore
  readonly #rulebooks: Rulebooks<MStoreRulebook>

  constructor({ rulebook, world, naf, faults }: MStoreParts) {
    const store = new MStoreStore()
    const rulebooks = new Rulebooks(rulebook, faults)
    super({
      rules: {
        get plain() {
          return rulebooks.plain
        },
        take: (numbers) => rulebooks.take(numbers, (fault) => !isOfBsf(fault) && !isOfHandshake(fault)),
      },
      sceneOf: (under, request) => ({
        state: store,
        rulebook: under,
        world,
        naf: request === undefined ? naf : nafAt(request.origin, naf),
      }),
      numbersOf,
      decide,
      apply: (changes) => {
        store.apply(changes)
      },
      answer: (outcome, request, scene) => answer(outcome, request, scene.rulebook),
      remark: ({ outcome }) => `${outcome.operation}: ${outcome.kind}`,
    })
    this.store = store
    this.#rulebooks = rulebooks
  }

  get faults(): ActiveFaults<MStoreRulebook> {
    return this.#rulebooks.faults
  }

  /** Begins with these patches over the rules it was made with, in place of those of the last call. */
  vary(patches: readonly MStorePatch[]): void {
    this.#rulebooks.vary(patches)
  }

  /** The rules of the bootstrapping server for a request that concerns this number, if any. */
  bsfRules(number: string | undefined): BsfRules {
    return this.#rulebooks.take(() => (number === undefined ? [] : [number]), isOfBsf).rulebook.bsf
  }

  /** The rules by which a connection begins. Its client is not known yet: faults for one number are not at work. */
  handshakeRules(): HandshakeRules {
    return this.#rulebooks.take(() => [], isOfHandshake).rulebook.handshake
  }

  /** Back to the start, save the faults. */
  reset(): void {
    this.store.clear()
  }
}

/** The number a request concerns: that of the mailbox it names. */
function numbersOf({ target }: MStoreRequest, { routes }: MStoreRulebook): readonly string[] {
  const read = routes.read(target)
  return read.kind === 'parse-error' ? [] : [read.msisdn]
}

/** Whether a fault is one of how connections begin. */
function isOfHandshake({ patch: { handshake } }: Fault<MStoreRulebook>): boolean {
  return handshake !== undefined
}

/** Whether a fault is one of the bootstrapping server. */
function isOfBsf({ patch: { bsf } }: Fault<MStoreRulebook>): boolean {
  return bsf !== undefined
}
