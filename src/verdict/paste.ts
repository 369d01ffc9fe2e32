import { stringify } from 'yaml'
import type { BaselineEntry } from '#evidence/run-record.ts'
import type { Dialect } from '#protocol/requirements.ts'
import { mismatch } from './describe.ts'
import type { ScenarioResult } from './outcome.ts'

/**
 * Baseline entries for the failures that no baseline lists, as YAML list items to paste into the file;
 * one for each requirement and mismatch. Empty where nothing new failed.
 */
export function pasteEntries(scenarios: readonly ScenarioResult[], dialect: Dialect): string {
  const entries = scenarios
    .filter(({ outcome }) => outcome === 'failed')
    .flatMap(({ failure }) => (failure === null ? [] : [failure]))
    .map(({ requirement, ...observed }): BaselineEntry => {
      return { requirement, dialect, expect: mismatch(observed), reason: 'why this deviation is accepted' }
    })
  const once = new Map(entries.map((entry) => [JSON.stringify(entry), entry]))
  return once.size === 0 ? '' : stringify([...once.values()], { lineWidth: 0 })
}
