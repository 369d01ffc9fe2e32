import type { ActiveFaults } from '#mocks/engine/active-faults.ts'
import type { ActiveVariants } from '#mocks/engine/active-variants.ts'
import type { VirtualClock } from './clock.ts'
import type { Journal } from './journal.ts'
import type { NetworkFaults } from './network-faults.ts'

/** What the control plane of every mock shows and moves. */
export interface Controlled {
  readonly protocol: string
  readonly dialect: string
  readonly seed: () => string
  readonly clock: VirtualClock
  readonly journal: Journal
  readonly network: NetworkFaults
  readonly faults: Pick<ActiveFaults<never>, 'activate' | 'deactivate'> & {
    readonly list: () => readonly ListedFault[]
  }
  /** Makes all faults known: a mock without any starts sooner when it does not load them. */
  readonly loadFaults?: () => Promise<void>
  readonly variants: Pick<ActiveVariants<never>, 'use' | 'isVaried'> & {
    readonly list: () => readonly ListedVariant[]
  }
  /** Makes all variants known. */
  readonly loadVariants?: () => Promise<void>
  /** Everything back to the start, with another seed where one is given. */
  readonly reset: (seed: string | undefined) => void | Promise<void>
}

type ListedVariant = Pick<
  ReturnType<ActiveVariants<never>['list']>[number],
  'id' | 'requirement' | 'summary' | 'active'
>

type ListedFault = Pick<
  ReturnType<ActiveFaults<never>['list']>[number],
  'id' | 'requirement' | 'summary' | 'active'
>
