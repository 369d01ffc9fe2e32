import { FAULTS as MSTORE_FAULTS } from '#mocks/mstore/faults.ts'
import { FAULTS as RELAY_FAULTS } from '#mocks/relay/faults.ts'
import type { Dialect, Protocol } from '#protocol/requirements.ts'

/** A fault of a mock, without its patch. */
interface ListedFault {
  readonly id: string
  readonly requirement: string
  readonly dialect: Dialect
  readonly foundBy: 'scenarios' | 'walks'
}

type FaultLists = Readonly<Record<Protocol, readonly ListedFault[]>>

/** The faults that each mock knows. */
export const FAULTS_OF: FaultLists = { relay: RELAY_FAULTS, mstore: MSTORE_FAULTS }

/** Those of them that the suite finds; what is left only walks do. */
export const SUITE_FAULTS_OF: FaultLists = {
  relay: RELAY_FAULTS.filter(isOfSuite),
  mstore: MSTORE_FAULTS.filter(isOfSuite),
}

function isOfSuite({ foundBy }: ListedFault): boolean {
  return foundBy === 'scenarios'
}
