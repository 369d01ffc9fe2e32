import { FAULTS as MSTORE_FAULTS } from '#mocks/mstore/faults.ts'
import { FAULTS as RELAY_FAULTS } from '#mocks/relay/faults.ts'
import type { Dialect, Protocol } from '#protocol/requirements.ts'

/** The faults that each mock knows. */
export const FAULTS_OF: Readonly<
  Record<
    Protocol,
    readonly { readonly id: string; readonly requirement: string; readonly dialect: Dialect }[]
  >
> = { relay: RELAY_FAULTS, mstore: MSTORE_FAULTS }
