import type { Seen } from '#model/protocol-model.ts'
import type { Step } from '#model/ask.ts'
import { Coverage } from './coverage.ts'
import type { Exploration, ExploredServer, ExploreOptions } from './exploration.ts'
import { PARTY_NAMES } from './party-names.ts'
import type { WalkPlan } from './planned-walk.ts'
import { takeWalk, type TakenWalk } from './take-walk.ts'
import { Walk } from './walk.ts'

/** All walks through one server, and what they came to together. */
export class Tour<State, Answer extends Seen> {
  readonly #server: ExploredServer<State, Answer>
  readonly #options: ExploreOptions
  readonly #parties: readonly string[]
  readonly #coverage = new Coverage()
  readonly #leftBehind = new Set<string>()
  #sample: readonly Step[] = []
  #sampleKept: readonly string[] = []
  #walks = 0
  #asks = 0
  #inconclusive: string | null = null

  constructor(server: ExploredServer<State, Answer>, options: ExploreOptions) {
    this.#server = server
    this.#options = options
    this.#parties = PARTY_NAMES.slice(0, options.parties)
  }

  /** How many requests were made. */
  get asks(): number {
    return this.#asks
  }

  /** How many different situations and answers were reached. */
  get reached(): number {
    return this.#coverage.size
  }

  /** Why nothing more can be said of the server; null where there is no reason. */
  get inconclusive(): string | null {
    return this.#inconclusive
  }

  /** Takes a walk with parties of its own; null where nothing can be said of it, and of any after it. */
  async take(plan: WalkPlan): Promise<TakenWalk | null> {
    if (this.#inconclusive !== null) return null
    this.#walks += 1
    const { model, open } = this.#server
    const server = open(`${this.#options.seed}:${this.#walks}`)
    const parties = this.#parties.slice(0, model.mostParties)
    const walk = new Walk({ model, server, parties, coverage: this.#coverage })
    try {
      const taken = await takeWalk(walk, { ...this.#options, model, parties, plan })
      if (taken.violated === null && walk.kept.size > this.#sampleKept.length) {
        this.#sample = taken.steps
        this.#sampleKept = [...walk.kept].sort()
      }
      return taken
    } catch (error) {
      // A step made simpler may be none; of a server that is gone the next walk that is drawn speaks.
      if (plan.kind === 'drawn') this.#inconclusive = reasonOf(error)
      return null
    } finally {
      this.#asks += walk.asks
      for (const line of await server.putBack().catch((error: unknown) => [reasonOf(error)]))
        this.#leftBehind.add(line)
    }
  }

  /** What the walks so far came to. */
  result(): Omit<Exploration, 'sequences' | 'counterexamples'> {
    return {
      asks: this.#asks,
      reached: this.#coverage.cells(),
      sample: this.#sample,
      sampleKept: this.#sampleKept,
      inconclusive: this.#inconclusive,
      leftBehind: [...this.#leftBehind],
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
