import { setDefinitionFunctionWrapper } from '@cucumber/cucumber'
import { MissingCapability } from '#driver/capabilities/failures.ts'
import type { TouchstoneWorld } from './world.ts'

type Definition = (this: TouchstoneWorld, ...parameters: readonly unknown[]) => unknown

/**
 * A capability may turn out to be missing only when it is used: a target file that gives the figures of some
 * limiters and not of others. The scenario is skipped then, for the same reason as if it had been known before.
 */
setDefinitionFunctionWrapper(
  (definition: Definition): Definition =>
    async function (...parameters) {
      try {
        return await definition.apply(this, [...parameters])
      } catch (error) {
        if (!(error instanceof MissingCapability)) throw error
        const { capability, enable } = error
        this.recorder.skip({ code: 'capability', name: capability, enable })
        return 'skipped'
      }
    },
)
