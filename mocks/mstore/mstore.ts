import type { BsfRules } from '#mocks/bsf/rulebook.ts'
import type { HandshakeRules } from '#mocks/engine/handshake.ts'
import type { ActiveFaults, Fault } from '#mocks/engine/active-faults.ts'
import { Rulebooks } from '#mocks/engine/rulebooks.ts'
import type { World } from '#mocks/engine/world.ts'
import type { Naf } from './keys.ts'
import { decide } from './machine.ts'
import type { MStoreOutcome } from './outcomes.ts'
import type { MStoreRequest } from './requests.ts'
import type { MStoreRulebook } from './rulebook.ts'
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
export interface MStoreHandled extends TimedAnswer {
  readonly outcome: MStoreOutcome
  readonly notes: readonly string[]
  /** The ids of the faults that were at work. */
  readonly faults: readonly string[]
}

/** One running mStore: its state, its rules, and the faults at work in it. Knows nothing of HTTP servers. */
export class MStore {
  readonly store = new MStoreStore()
  readonly #world: World
  readonly #naf: Naf
  readonly #rulebooks: Rulebooks<MStoreRulebook>

  constructor({ rulebook, world, naf, faults }: MStoreParts) {
    this.#rulebooks = new Rulebooks(rulebook, faults)
    this.#world = world
    this.#naf = naf
  }

  get faults(): ActiveFaults<MStoreRulebook> {
    return this.#rulebooks.faults
  }

  /** The rules without faults, and all they look at. */
  get scene(): MStoreScene {
    return { state: this.store, rulebook: this.#rulebooks.plain, world: this.#world, naf: this.#naf }
  }

  /** Decides a request, makes its changes, and says how it is answered. */
  handle(request: MStoreRequest): MStoreHandled {
    const { rulebook, faults } = this.#rulebooks.take(
      () => numbersOf(request, this.#rulebooks.plain),
      (fault) => !isOfBsf(fault) && !isOfHandshake(fault),
    )
    const { outcome, changes, notes } = decide(request, { ...this.scene, rulebook })
    this.store.apply(changes)
    return {
      ...answer(outcome, request, rulebook),
      outcome,
      faults,
      notes: [`${outcome.operation}: ${outcome.kind}`, ...notes, ...faults.map((id) => `fault ${id}`)],
    }
  }

  /** The rules of the bootstrapping server for a request that concerns this number, if any. */
  bsfRules(number: string | undefined): BsfRules {
    return this.#rulebooks.take(() => (number === undefined ? [] : [number]), isOfBsf).rulebook.bsf
  }

  /** The rules by which a connection begins. Whose it is nobody knows yet: faults for one number are not at work. */
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
