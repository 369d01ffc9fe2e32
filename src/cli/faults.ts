import { PROTOCOLS } from '#protocol/requirements.ts'
import { catalogueCommand, factOf, sentenceOf, type Catalogue, type CatalogueOptions } from './catalogue.ts'
import type { Environment } from './environment.ts'
import { loadFaults, type KnownFault } from './fault-selection.ts'
import { wrapped } from '#report/wrapped.ts'

const FAULTS: Catalogue<KnownFault> = { noun: 'fault', load: () => loadFaults(PROTOCOLS), listed, card }

/**
 * Prints the faults the mocks can be given, or one of them with the requirement it violates and how to try
 * it. Returns exit code 0. Throws a UsageError at an unknown or a missing id.
 */
export function faultsCommand(
  options: CatalogueOptions,
  environment: Pick<Environment, 'stdout' | 'columns'>,
): Promise<number> {
  return catalogueCommand(FAULTS, options, environment)
}

function listed(faults: readonly KnownFault[], columns: number): string {
  const groups = new Map<string, KnownFault[]>()
  for (const fault of faults) {
    groups.set(fault.requirement, [...(groups.get(fault.requirement) ?? []), fault])
  }
  return [...groups].map(([requirement, group]) => groupText(requirement, group, columns)).join('\n')
}

function groupText(requirement: string, faults: readonly KnownFault[], columns: number): string {
  const [first] = faults
  const sentence = first === undefined ? '' : sentenceOf(first)
  const lines = faults.map(({ id, summary, dialect, foundBy }) => {
    const where = dialect === 'documented' ? '' : ` (dialect ${dialect})`
    const by = foundBy === 'scenarios' ? '' : ' (found by walks alone)'
    return `  ${id}\n${wrapped(summary + where + by, columns, { first: '      ', rest: '      ' })}`
  })
  return `${wrapped(`${requirement}  ${sentence}`, columns)}\n${lines.join('\n')}\n`
}

function card(fault: KnownFault, columns: number): string {
  const { protocol, id, requirement, dialect, summary, foundBy, kind } = fault
  const fact = (name: string, text: string): string => factOf(name, text, columns)
  const option = dialect === 'documented' ? '' : ` --dialect ${dialect}`
  return [
    id,
    '',
    fact('Server', summary),
    fact('Violates', `${requirement}: ${sentenceOf(fault)}`),
    fact('Dialect', dialect),
    fact('Found by', foundBy === 'scenarios' ? 'scenarios of the requirement' : 'walks alone, no scenario'),
    ...(kind === null ? [] : [fact('Kind', kind)]),
    '',
    'Have a server that does it, or see whether the suite notices:',
    `  touchstone mock ${protocol}${option} --fault ${id}`,
    `  touchstone prove ${protocol} --fault ${id}`,
    '',
  ].join('\n')
}
