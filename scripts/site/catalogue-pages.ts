import { PROTOCOLS } from '#protocol/requirements.ts'
import { table } from '#report/markdown-text.ts'
import { sentenceOf } from '../../src/cli/catalogue.ts'
import { loadFaults, type KnownFault } from '../../src/cli/fault-selection.ts'
import { loadVariants, type KnownVariant } from '../../src/cli/variant-selection.ts'
import { areaList, entryLink } from './area-list.ts'
import { entryPath, pageOf, type SitePage } from './site-page.ts'

/** A page for each fault of the mocks, and one that lists them by area. */
export async function faultPages(): Promise<readonly SitePage[]> {
  const faults = await loadFaults(PROTOCOLS)
  return [
    areaList({
      folder: 'faults',
      title: 'Faults',
      entries: faults.map(({ id, requirement, summary }) => ({ id, requirement, text: summary })),
    }),
    ...faults.map(faultPage),
  ]
}

/** A page for each conforming variant of the mocks, and one that lists them by area. */
export async function variantPages(): Promise<readonly SitePage[]> {
  const variants = await loadVariants(PROTOCOLS)
  return [
    areaList({
      folder: 'variants',
      title: 'Conforming variants',
      entries: variants.map(({ id, requirement, summary }) => ({ id, requirement, text: summary })),
    }),
    ...variants.map(variantPage),
  ]
}

function faultPage(fault: KnownFault): SitePage {
  const { id, protocol, dialect, summary, foundBy, kind } = fault
  const option = dialect === 'documented' ? '' : ` --dialect ${dialect}`
  return entryPage('faults', fault, {
    opening: `A server that is wrong on purpose: ${summary}.`,
    relation: 'It violates',
    facts: [
      ['Dialect', dialect],
      ['Found by', foundBy === 'scenarios' ? 'scenarios of the requirement' : 'walks alone, no scenario'],
      ...(kind === null ? [] : ([['Kind of blind spot', kind]] as const)),
    ],
    commands: [
      `touchstone mock ${protocol}${option} --fault ${id}`,
      `touchstone prove ${protocol} --fault ${id}`,
    ],
  })
}

function variantPage(variant: KnownVariant): SitePage {
  const { id, protocol, dialects, summary, open, target } = variant
  const option = dialects.includes('documented') ? '' : ' --dialect deployed'
  return entryPage('variants', variant, {
    opening: `Another way to be right: ${summary}.`,
    relation: 'It meets',
    facts: [
      ['What leaves it open', open],
      ['Dialects', dialects.join(', ')],
      ...(Object.keys(target).length === 0 ? [] : ([['Target file', JSON.stringify(target)]] as const)),
    ],
    commands: [
      `touchstone mock ${protocol}${option} --variant ${id}`,
      `touchstone prove ${protocol} --variant ${id}`,
    ],
  })
}

interface EntryText {
  readonly opening: string
  readonly relation: string
  readonly facts: readonly (readonly [string, string])[]
  readonly commands: readonly string[]
}

function entryPage(
  folder: 'faults' | 'variants',
  entry: KnownFault | KnownVariant,
  { opening, relation, facts, commands }: EntryText,
): SitePage {
  const path = entryPath(folder, entry.id)
  const up = '../'.repeat(path.split('/').length - 1)
  return pageOf(
    path,
    [
      `# ${entry.id}`,
      opening,
      `${relation} ${entryLink('requirements', entry.requirement, up)}: ${sentenceOf(entry)}`,
      table(['', ''], facts),
      ['```sh', ...commands, '```'].join('\n'),
    ].join('\n\n'),
  )
}
