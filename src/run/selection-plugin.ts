import type { Plugin } from '@cucumber/cucumber/api'

/** The options of the plugin: `uri:line` of each scenario to run, in order. */
export interface SelectionPluginOptions {
  readonly scenarios: readonly string[]
}

/**
 * Makes cucumber run exactly the scenarios of its options, in that order. Throws where one of them is not in
 * the features cucumber found, because a scenario left out in silence would look like one that passed.
 */
const selectionPlugin: Plugin<SelectionPluginOptions> = {
  type: 'plugin',
  coordinator: ({ transform, options }) => {
    transform('pickles:order', (pickles) => {
      const found = new Map(pickles.map((each) => [`${each.pickle.uri}:${each.location.line}`, each]))
      return options.scenarios.map((location) => {
        const pickle = found.get(location)
        if (pickle === undefined)
          throw new Error(`scenario ${location} was planned but is not in the features`)
        return pickle
      })
    })
  },
}

// Cucumber takes a plugin from a module's default export alone.
// eslint-disable-next-line no-restricted-exports
export default selectionPlugin
