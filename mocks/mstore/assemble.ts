import { randomBytes } from 'node:crypto'
import type { Dialect } from '#evidence/run-record.ts'
import { Bsf } from '#mocks/bsf/bsf.ts'
import { virtualClock } from '#mocks/edge/clock.ts'
import type { Controlled } from '#mocks/edge/controlled.ts'
import { Journal } from '#mocks/edge/journal.ts'
import { seededRandom } from '#mocks/edge/seeded-random.ts'
import { activateStanding } from '#mocks/edge/assemble.ts'
import { patch } from '#mocks/engine/patch.ts'
import type { World } from '#mocks/engine/world.ts'
import { deployed } from './dialects.ts'
import type { MStoreFault } from './fault.ts'
import { MStore } from './mstore.ts'
import { documented, type MStoreRulebook, type MStorePatch } from './rulebook.ts'

/** What an mStore is to be like; everything has a default. */
export interface MStoreOptions {
  /** Decides nonces, keys, ids and orders; a new one each time by default. */
  readonly seed?: string
  readonly dialect?: Dialect
  /** Laid over the rulebook of the dialect. */
  readonly rulebook?: MStorePatch
  /** Ids of faults that are at work from the start, and again after a reset. An unknown one is a UsageError. */
  readonly faults?: readonly string[]
  /** The domain name by which bootstrapped clients know this server; the host it listens on by default. */
  readonly naf?: string
  /** How long the gateway waits before it answers 504, in ms. */
  readonly gatewayTimeoutMs?: number
  /** The real time in ms since the epoch. */
  readonly nowMs?: () => number
}

/** What the control plane of an mStore moves. */
export interface MStoreControlled extends Controlled {
  readonly world: World
  readonly bsf: Bsf
  /** The domain name of the mStore, without a port. */
  readonly naf: string
}

/** An mStore with what its control plane moves. Nothing listens. */
export interface AssembledMStore {
  readonly mStore: MStore
  readonly controlled: MStoreControlled
}

const SEED_BYTES = 8
const HOST = '127.0.0.1'

/** Puts an mStore together that knows these faults; its control plane loads all. Any other fault is a UsageError. */
export function assembleMStore(options: MStoreOptions, known: readonly MStoreFault[]): AssembledMStore {
  const { dialect = 'documented', nowMs = Date.now, naf = HOST } = options
  let seed = options.seed ?? randomBytes(SEED_BYTES).toString('hex')
  const random = seededRandom(seed)
  const clock = virtualClock(nowMs)
  const journal = new Journal(nowMs)
  const world: World = { nowMs: clock.nowMs, randomBytes: random.bytes, randomInt: random.int }
  const bsf = new Bsf({ world, rules: (number) => mStore.bsfRules(number) })
  const mStore: MStore = new MStore({
    ...{ rulebook: rulebookOf(options), world, faults: known },
    naf: { host: naf, keys: bsf },
  })
  const activateChosen = (): void => {
    activateStanding(mStore.faults, options.faults ?? [], 'mStore')
  }
  activateChosen()
  const controlled: MStoreControlled = {
    ...{ protocol: 'mstore', dialect, clock, journal, world, bsf, naf },
    seed: () => seed,
    faults: mStore.faults,
    loadFaults: async () => {
      mStore.faults.learn((await import('./faults.ts')).FAULTS)
    },
    reset: (next) => {
      seed = next ?? seed
      random.reseed(seed)
      clock.reset()
      journal.clear()
      mStore.reset()
      bsf.reset()
      mStore.faults.deactivate()
      activateChosen()
    },
  }
  return { mStore, controlled }
}

function rulebookOf({ dialect, rulebook = {}, gatewayTimeoutMs }: MStoreOptions): MStoreRulebook {
  const timeout = gatewayTimeoutMs === undefined ? {} : { gatewayTimeoutMs }
  return patch(documented, dialect === 'deployed' ? deployed : {}, timeout, rulebook)
}
