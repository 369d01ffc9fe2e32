import type { ScenarioResult } from '#verdict/outcome.ts'

/** The id of a feature in the report: `relay-messages` for features/relay/messages.feature. */
export function featureAnchor(uri: string): string {
  const path = uri.replace(/^features\//, '').replace(/\.feature$/, '')
  return path.replace(/[^A-Za-z0-9]+/g, '-')
}

/** The id of a scenario in the report: `relay-messages-12` for line 12 of features/relay/messages.feature. */
export function scenarioAnchor({ uri, line }: Pick<ScenarioResult, 'uri' | 'line'>): string {
  return `${featureAnchor(uri)}-${line}`
}

/** The id of a failure in the report, by its place from 0: `failure-1` for the first. */
export function failureAnchor(index: number): string {
  return `failure-${index + 1}`
}
