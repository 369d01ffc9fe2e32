import { ACCOUNT_OPERATIONS, accountOperation } from './account-operations.ts'
import { ATTACHMENT_OPERATIONS } from './attachment-operations.ts'
import { DIRECTORY_OPERATIONS, directoryOperation } from './directory-operations.ts'
import { MESSAGE_OPERATIONS, messageOperation } from './message-operations.ts'
import type { NamedOperation } from './operation.ts'
import { PREKEY_OPERATIONS, prekeyOperation } from './prekey-operations.ts'

const OPERATIONS: Readonly<Record<string, NamedOperation>> = {
  ...ACCOUNT_OPERATIONS,
  ...PREKEY_OPERATIONS,
  ...DIRECTORY_OPERATIONS,
  ...MESSAGE_OPERATIONS,
  ...ATTACHMENT_OPERATIONS,
}

/** Operations whose names say more: of which party, or which kind of push id. */
const FAMILIES = [accountOperation, prekeyOperation, directoryOperation, messageOperation]

/** The operation of that name; throws where there is none. */
export function operationNamed(name: string): NamedOperation {
  const found = OPERATIONS[name] ?? FAMILIES.map((family) => family(name)).find((each) => each !== null)
  if (found == null)
    throw new Error(`operation: expected ${Object.keys(OPERATIONS).join(', ')}; got "${name}"`)
  return found
}
