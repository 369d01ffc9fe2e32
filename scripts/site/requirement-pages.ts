import { levelReason, levelsText } from '#report/level-reason.ts'
import { list, table } from '#report/markdown-text.ts'
import type { PlannedScenario } from '#run/features.ts'
import { loadFaults, type KnownFault } from '../../src/cli/fault-selection.ts'
import { allRows, scenariosByRequirement, type RequirementRow } from '../../src/cli/requirement-rows.ts'
import { loadVariants, type KnownVariant } from '../../src/cli/variant-selection.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { areaList, entryLink } from './area-list.ts'
import { entryPath, pageOf, type SitePage } from './site-page.ts'

/** What is filed under requirements, for all of them. */
interface Filed {
  readonly scenarios: ReadonlyMap<string, readonly PlannedScenario[]>
  readonly faults: readonly KnownFault[]
  readonly variants: readonly KnownVariant[]
}

/** A page for each requirement of the registers, and one that lists them by area. */
export async function requirementPages(): Promise<readonly SitePage[]> {
  const filed = {
    scenarios: scenariosByRequirement(),
    faults: await loadFaults(PROTOCOLS),
    variants: await loadVariants(PROTOCOLS),
  }
  const rows = allRows()
  return [
    areaList({
      folder: 'requirements',
      title: 'Requirements',
      entries: rows.map(({ id, sentence, levels }) => ({
        id,
        requirement: id,
        text: `${levelsText({ levels })}: ${sentence}`,
      })),
    }),
    ...rows.map((row) => requirementPage(row, filed)),
  ]
}

function requirementPage(row: RequirementRow, { scenarios, faults, variants }: Filed): SitePage {
  const { id, sentence, section, words, needs, risks, untestable, errata, protocol } = row
  const of = <Entry extends { readonly requirement: string }>(entries: readonly Entry[]) =>
    entries.filter(({ requirement }) => requirement === id)
  const facts: readonly (readonly [string, string])[] = [
    ['Level', levelsText(row)],
    ['Why', levelReason(row)],
    ['Section', section],
    ...(words === null ? [] : ([['Words', `“${words}”`]] as const)),
    ['Needs', needs.join(', ') || 'nothing besides the protocol'],
    ['Risks', risks.join(', ')],
    ...(untestable === null ? [] : ([['Not testable', untestable]] as const)),
    ...(errata.length === 0 ? [] : ([['Clarifications', `${errata.join(', ')} of ${protocol}`]] as const)),
  ]
  const tested = (scenarios.get(id) ?? []).map(({ name, location }) => `${name} (${location})`)
  return pageOf(
    entryPath('requirements', id),
    [
      `# ${id}`,
      sentence,
      table(['', ''], facts),
      '## Scenarios',
      tested.length === 0 ? 'None.' : list(tested),
      '## Faults that violate it',
      links('faults', of(faults)),
      '## Variants that meet it otherwise',
      links('variants', of(variants)),
      errata.length === 0 ? '' : 'The clarifications are in [their list](../docs/clarifications.md).',
    ].join('\n\n'),
  )
}

function links(
  folder: 'faults' | 'variants',
  entries: readonly { readonly id: string; readonly summary: string }[],
): string {
  if (entries.length === 0) return 'None.'
  return entries.map(({ id, summary }) => `- ${entryLink(folder, id, '../')}: ${summary}`).join('\n')
}
