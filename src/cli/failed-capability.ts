import { CapabilityFailure, MissingCapability } from '#driver/capabilities/failures.ts'
import { UsageError } from '#evidence/usage-error.ts'

/** Throws what went wrong; where the target file offers too little, or wrong things, as a UsageError. */
export function failedCapability(error: unknown): never {
  if (error instanceof MissingCapability || error instanceof CapabilityFailure)
    throw new UsageError(`replay: ${error.message}`, { cause: error })
  throw error
}
