import { setDefinitionFunctionWrapper } from '@cucumber/cucumber'
import { CapabilityFailure, MissingCapability } from '#driver/capabilities/failures.ts'
import { Violation } from './check.ts'
import { findCause } from './common-cause.ts'
import { GivenUp } from './outages.ts'
import type { TouchstoneWorld } from './world.ts'

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
      } catch (error) {
        if (error instanceof Violation) await findCause(this)
        if (error instanceof CapabilityFailure)
          throw new CapabilityFailure(this.secrets.redact(error.message))
        if (error instanceof GivenUp) {
          this.recorder.skip(error.skip)
          return 'skipped'
        }
        if (!(error instanceof MissingCapability)) throw error
        const { code, capability, enable } = error
        this.recorder.skip({ code, name: capability, enable })
        return 'skipped'
      }
    },
)
