import type { MStoreOperation } from './operations.ts'
import type { CredentialsRefusal } from './refusals.ts'
import { walkFault, type MStoreFault } from './fault.ts'

/** Faults by which requests for one operation take effect although their credentials are refused for one reason. */
export const REFUSED_CREDENTIAL_FAULTS: readonly MStoreFault[] = [
  acting('MSTORE-AUTH-47/deletes-for-an-unknown-user', 'bulk-delete', 'unknown-btid'),
]

function acting(id: string, operation: MStoreOperation, refusal: CredentialsRefusal): MStoreFault {
  return walkFault(
    id,
    `${operation.replaceAll('-', ' ')} takes effect although it is refused: ${refusal.replaceAll('-', ' ')}`,
    { authentication: { actsWhenRefused: (asked, kind) => asked === operation && kind === refusal } },
  )
}
