import { setDefinitionFunctionWrapper } from '@cucumber/cucumber'
import { CapabilityFailure, MissingCapability } from '#driver/capabilities/failures.ts'
import { BudgetSpent } from '#driver/request-budget.ts'
import type { Secrets } from '#driver/secrets.ts'
import { Violation } from './check.ts'
import { findCause } from './common-cause.ts'
import { GivenUp } from './outages.ts'
import type { TouchstoneWorld } from '../world.ts'

type Definition = (this: TouchstoneWorld, ...parameters: readonly unknown[]) => unknown

/**
 * What becomes of an error in a step. A violation may have a cause that is not of the scenario's making, which is
 * looked for. A capability may turn out to be missing only when it is used (a target file that gives the figures of
 * some limiters and not of others): the scenario is skipped then, for the same reason as if it had been known
 * before. One that fails may say what it was given: secrets go out of it.
 */
setDefinitionFunctionWrapper(
  (definition: Definition): Definition =>
    async function (...parameters) {
      try {
        return await definition.apply(this, [...parameters])
      } catch (thrown) {
        const error = thrown instanceof Violation ? await afterCause(thrown, this) : thrown
        // A violation whose cause could not be looked for is none: the step has not failed.
        if (error instanceof BudgetSpent) {
          this.recorder.inconclusive(error.message)
          return 'skipped'
        }
        if (error instanceof CapabilityFailure)
          throw new CapabilityFailure(this.secrets.redact(error.message))
        if (error instanceof GivenUp) {
          this.recorder.skip(error.skip)
          return 'skipped'
        }
        if (!(error instanceof MissingCapability)) throw withoutSecrets(error, this.secrets)
        const { code, capability, enable } = error
        this.recorder.skip({ code, name: capability, enable: this.secrets.redact(enable) })
        return 'skipped'
      }
    },
)

/** The violation once its cause has been looked for; BudgetSpent where nothing was left to do so. */
async function afterCause(violation: Violation, world: TouchstoneWorld): Promise<Error> {
  try {
    await findCause(world)
    return violation
  } catch (error) {
    if (error instanceof BudgetSpent) return error
    throw error
  }
}

/** The error as the message stream may have it. */
function withoutSecrets(error: unknown, secrets: Secrets): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? secrets.redact(error) : error
  error.message = secrets.redact(error.message)
  if (error.stack !== undefined) error.stack = secrets.redact(error.stack)
  if (error.cause !== undefined) error.cause = withoutSecrets(error.cause, secrets)
  return error
}
