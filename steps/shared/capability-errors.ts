import { setDefinitionFunctionWrapper } from '@cucumber/cucumber'
import { CapabilityFailure, MissingCapability } from '#driver/capabilities/failures.ts'
import type { TouchstoneWorld } from './world.ts'

type Definition = (this: TouchstoneWorld, ...parameters: readonly unknown[]) => unknown

/**
 * What a step makes of a capability that lets it down. One may turn out to be missing only when it is used (a
 * target file that gives the figures of some limiters and not of others): the scenario is skipped then, for the
 * same reason as if it had been known before. One that fails may say what it was given: secrets go out of it.
 */
setDefinitionFunctionWrapper(
  (definition: Definition): Definition =>
    async function (...parameters) {
      try {
        return await definition.apply(this, [...parameters])
      } catch (error) {
        if (error instanceof CapabilityFailure)
          throw new CapabilityFailure(this.secrets.redact(error.message))
        if (!(error instanceof MissingCapability)) throw error
        const { code, capability, enable } = error
        this.recorder.skip({ code, name: capability, enable })
        return 'skipped'
      }
    },
)
