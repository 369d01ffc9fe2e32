import { randomBytes } from 'node:crypto'
import type { Dialect } from '#protocol/requirements.ts'
import { UsageError } from '#evidence/usage-error.ts'
import type { ActiveFaults, Fault } from '#mocks/engine/active-faults.ts'
import { ActiveVariants } from '#mocks/engine/active-variants.ts'
import type { Patch } from '#mocks/engine/patch.ts'
import type { Variant } from '#mocks/engine/variants.ts'
import type { World } from '#mocks/engine/world.ts'
import { virtualClock } from './clock.ts'
import type { Controlled } from './controlled.ts'
import type { JournalEntry } from './journal-entry.ts'
import { Journal } from './journal.ts'
import { NetworkFaults } from './network-faults.ts'
import { seededRandom } from './seeded-random.ts'

/** What every mock can be asked to be like; everything has a default. */
export interface AssemblyOptions {
  /** Decides what is left to chance; a new one each time by default. */
  readonly seed?: string
  readonly dialect?: Dialect
  /** Ids of faults that are at work from the start, and again after a reset. An unknown one is a UsageError. */
  readonly faults?: readonly string[]
  /** Ids of the variants it is from the start, and again after a reset. An unknown one is a UsageError. */
  readonly variants?: readonly string[]
  /** Gets the entry of each request once it has been answered, or given up. */
  readonly onRequest?: (entry: JournalEntry) => void
  /** The real time in ms since the epoch. */
  readonly nowMs?: () => number
}

/** A mock as far as its control plane resets and varies it, and sets faults to work in it. */
interface Resettable<Rules> {
  readonly faults: ActiveFaults<Rules>
  /** Begins with these patches over the rules it was made with, in place of those of the last call. */
  readonly vary: (patches: readonly Patch<Rules>[]) => void
  /** Back to the start, save the faults and variants. */
  readonly reset: () => void
}

/** How one protocol's mock is made. */
export interface MockMaker<Rules, Made extends Resettable<Rules>> {
  readonly protocol: Controlled['protocol']
  /** The mock's name in messages. */
  readonly name: string
  readonly make: (world: World) => Made
  /** All faults of the mock; loaded when the control plane is first asked about faults. */
  readonly allFaults: () => Promise<readonly Fault<Rules>[]>
  /** All variants of the mock; loaded when the control plane is first asked about variants. */
  readonly allVariants: () => Promise<readonly Variant<Rules>[]>
  /** The variants that can be chosen for its start. */
  readonly variants: readonly Variant<Rules>[]
  /** Adds what it begins with: at the start, and after each reset. */
  readonly fill: (mock: Made) => void
}

const SEED_BYTES = 8

/** Makes a mock in a world of its own, its chosen faults at work and filled, and what its control plane moves. */
export function assemble<Rules extends object, Made extends Resettable<Rules>>(
  { protocol, name, make, allFaults, allVariants, variants: known, fill }: MockMaker<Rules, Made>,
  options: AssemblyOptions,
): { readonly mock: Made; readonly controlled: Controlled } {
  const { dialect = 'documented', nowMs = Date.now, faults: chosen = [], variants: varied = [] } = options
  let seed = options.seed ?? randomBytes(SEED_BYTES).toString('hex')
  const random = seededRandom(seed)
  const clock = virtualClock(nowMs)
  const journal = new Journal(nowMs)
  if (options.onRequest !== undefined) journal.listen(options.onRequest)
  const mock = make({ nowMs: clock.nowMs, randomBytes: random.bytes, randomInt: random.int })
  const { faults } = mock
  const variants = new ActiveVariants<Rules>((patches) => {
    mock.vary(patches)
  }, known)
  const network = new NetworkFaults()
  const stand = (): void => {
    useStanding(variants, varied, name)
    activateStanding(faults, chosen, name)
    fill(mock)
  }
  stand()
  const controlled: Controlled = {
    protocol,
    dialect,
    seed: () => seed,
    clock,
    journal,
    network,
    faults,
    loadFaults: async () => {
      faults.learn(await allFaults())
    },
    variants,
    loadVariants: async () => {
      variants.learn(await allVariants())
    },
    reset: (next) => {
      seed = next ?? seed
      random.reseed(seed)
      clock.reset()
      journal.clear()
      network.remove()
      mock.reset()
      faults.deactivate()
      stand()
    },
  }
  return { mock, controlled }
}

/** Makes a mock the variants it begins with. An id that the mock does not know is a UsageError. */
function useStanding(variants: Controlled['variants'], ids: readonly string[], mock: string): void {
  const unknown = variants.use(ids)
  if (unknown === null) return
  throw new UsageError(`variant ${JSON.stringify(unknown)}: expected the id of a variant of the ${mock}`)
}

/** Sets faults of a mock to work for everybody and without end. An id that the mock does not know is a UsageError. */
function activateStanding(faults: Controlled['faults'], ids: readonly string[], mock: string): void {
  for (const id of ids) {
    if (faults.activate(id, { next: null, number: null })) continue
    const example = faults.list()[0]?.id ?? ''
    throw new UsageError(
      `fault ${JSON.stringify(id)}: expected the id of a fault of the ${mock}, e.g. ${example}`,
    )
  }
}
