import type { BaselineEntry } from '#evidence/run-record.ts'
import type { Dialect } from '#protocol/requirements.ts'
import { yaml } from '#protocol/yaml.ts'
import { lastingMismatch } from './describe.ts'
import type { ScenarioResult } from './outcome.ts'

/** The reason of an entry that was not edited yet; no baseline with it is read. */
export const UNEDITED_REASON = 'why this deviation is accepted'

/** A mismatch of a requirement, and the names of the scenarios that show it. */
interface KnownMismatch {
  readonly requirement: string
  readonly expect: string
  readonly scenarios: ReadonlySet<string>
}

/**
 * Baseline entries for the failures that no baseline lists, as YAML list items to paste into the file; one for each
 * requirement and mismatch. Of several of one requirement, each that a single scenario shows names it, and those that say
 * more come first, so that each takes its own. Empty where nothing new failed.
 */
export function pasteEntries(scenarios: readonly ScenarioResult[], dialect: Dialect): string {
  const deviations = deviationsIn(scenarios)
  const entries = deviations.map((deviation): BaselineEntry => {
    const { requirement, expect } = deviation
    const isOnly = deviations.filter((other) => other.requirement === requirement).length === 1
    const [scenario, ...others] = deviation.scenarios
    const named = isOnly || others.length > 0 || scenario === undefined ? {} : { scenario }
    return { requirement, ...named, dialect, expect, reason: UNEDITED_REASON }
  })
  return entries.length === 0 ? '' : yaml().stringify(entries, { lineWidth: 0 })
}

/** By requirement in the order of the scenarios, the longest first. */
function deviationsIn(scenarios: readonly ScenarioResult[]): readonly KnownMismatch[] {
  const found = new Map<string, Map<string, Set<string>>>()
  for (const { outcome, failure, name } of scenarios) {
    if (outcome !== 'failed' || failure === null) continue
    const own = found.get(failure.requirement) ?? new Map<string, Set<string>>()
    const expect = lastingMismatch(failure)
    own.set(expect, (own.get(expect) ?? new Set()).add(name))
    found.set(failure.requirement, own)
  }
  return [...found].flatMap(([requirement, own]) =>
    [...own]
      .map(([expect, names]): KnownMismatch => ({ requirement, expect, scenarios: names }))
      .toSorted((one, other) => other.expect.length - one.expect.length),
  )
}
