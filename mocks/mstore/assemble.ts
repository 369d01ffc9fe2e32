import { Bsf } from '#mocks/bsf/bsf.ts'
import { assemble, type AssemblyOptions } from '#mocks/edge/assemble.ts'
import { addStanding } from '#mocks/edge/control/standing-data.ts'
import type { Controlled } from '#mocks/edge/controlled.ts'
import { reachOf, type ReachOptions } from '#mocks/edge/reach.ts'
import { patch } from '#mocks/engine/patch.ts'
import type { World } from '#mocks/engine/world.ts'
import { addMStoreData, type MStoreData } from './control-data.ts'
import { deployed } from './dialects.ts'
import type { MStoreFault } from './fault.ts'
import { MStore } from './mstore.ts'
import type { MStoreVariant } from './variant.ts'
import { documented, type MStorePatch, type MStoreRulebook } from './rulebook.ts'

/** What an mStore is to be like; everything has a default. */
export interface MStoreOptions extends AssemblyOptions, ReachOptions {
  /** Laid over the rulebook of the dialect. */
  readonly rulebook?: MStorePatch
  /** What it is filled with from the start, and again after a reset. What cannot be added is a UsageError. */
  readonly data?: MStoreData
  /**
   * The domain name by which bootstrapped clients know this server, whatever host they ask; by default the one they ask,
   * where it is the public host, the host it listens on or a name of this machine (E-49).
   */
  readonly naf?: string
  /** How long the gateway waits before it answers 504, in ms. */
  readonly gatewayTimeoutMs?: number
}

/** The faults and variants that an mStore can begin with. */
export interface KnownToMStore {
  readonly faults: readonly MStoreFault[]
  readonly variants: readonly MStoreVariant[]
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

/** Puts an mStore together that knows these faults and variants; its control plane loads all. Any other is a UsageError. */
export function assembleMStore(options: MStoreOptions, known: KnownToMStore): AssembledMStore {
  const reach = reachOf(options)
  const { naf = reach.announced } = options
  const names = options.naf === undefined ? reach.names : [naf]
  const { mock, controlled } = assemble(
    {
      protocol: 'mstore',
      name: 'mStore',
      make: (world) => {
        const bsf = new Bsf({ world, rules: (number) => mStore.bsfRules(number) })
        const mStore: MStore = new MStore({
          rulebook: rulebookOf(options),
          world,
          naf: { host: naf, names, keys: bsf },
          faults: known.faults,
        })
        return {
          mStore,
          bsf,
          world,
          faults: mStore.faults,
          vary: (patches: readonly MStorePatch[]) => {
            mStore.vary(patches)
          },
          reset: () => {
            mStore.reset()
            bsf.reset()
          },
        }
      },
      allFaults: async () => (await import('./faults.ts')).FAULTS,
      allVariants: async () => (await import('./variants.ts')).VARIANTS,
      variants: known.variants,
      fill: (filled) => {
        addStanding(options.data, 'mstore-data', (data) => addMStoreData(data, filled))
      },
    },
    options,
  )
  const { mStore, bsf, world } = mock
  return { mStore, controlled: { ...controlled, world, bsf, naf } }
}

function rulebookOf({ dialect, rulebook = {}, gatewayTimeoutMs }: MStoreOptions): MStoreRulebook {
  const timeout = gatewayTimeoutMs === undefined ? {} : { gatewayTimeoutMs }
  return patch(documented, dialect === 'deployed' ? deployed : {}, timeout, rulebook)
}
