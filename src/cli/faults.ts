import { UsageError } from '#evidence/usage-error.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import type { Environment } from './environment.ts'
import { faultOf, faultsNamed, loadFaults, type KnownFault } from './fault-selection.ts'
import { allRows, findRow } from './requirement-rows.ts'
import { wrapped } from './wrapped.ts'

/** The options of `touchstone faults`. */
export interface FaultsOptions {
  readonly action: 'list' | 'show'
  /** The fault to show; for the list an id, a requirement or an area, all of them where it is left out. */
  readonly id?: string | undefined
  readonly json: boolean
}

const MAXIMAL_COLUMNS = 100

/**
 * Prints the faults the mocks can be given, or one of them with the requirement it violates and how to try
 * it. Returns exit code 0. Throws a UsageError at an unknown or a missing id.
 */
export async function faultsCommand(
  options: FaultsOptions,
  { stdout, columns }: Environment,
): Promise<number> {
  const known = await loadFaults(PROTOCOLS)
  stdout.write(answer(options, known, Math.min(columns, MAXIMAL_COLUMNS)))
  return 0
}

function answer({ action, id, json }: FaultsOptions, known: readonly KnownFault[], columns: number): string {
  switch (action) {
    case 'list': {
      const faults = faultsNamed(id === undefined ? [] : [id], known)
      return json ? document({ faults }) : listed(faults, columns)
    }
    case 'show': {
      if (id === undefined) throw new UsageError('faults show: expected the id of a fault, got none')
      const fault = faultOf(id, known)
      return json ? document({ ...fault, sentence: sentenceOf(fault) }) : card(fault, columns)
    }
    default:
      return action satisfies never
  }
}

function sentenceOf({ requirement }: KnownFault): string {
  return findRow(allRows(), requirement).sentence
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
  const lines = faults.map(({ id, summary, dialect }) => {
    const where = dialect === 'documented' ? '' : ` (dialect ${dialect})`
    return `  ${id}\n${wrapped(summary + where, columns, { first: '      ', rest: '      ' })}`
  })
  return `${wrapped(`${requirement}  ${sentence}`, columns)}\n${lines.join('\n')}\n`
}

function card(fault: KnownFault, columns: number): string {
  const { protocol, id, requirement, dialect, summary } = fault
  const fact = (name: string, text: string): string =>
    wrapped(text, columns, { first: name.padEnd(10), rest: ' '.repeat(10) })
  const option = dialect === 'documented' ? '' : ` --dialect ${dialect}`
  return [
    id,
    '',
    fact('Server', summary),
    fact('Violates', `${requirement}: ${sentenceOf(fault)}`),
    fact('Dialect', dialect),
    '',
    'Have a server that does it, or see whether the suite notices:',
    `  touchstone mock ${protocol}${option} --fault ${id}`,
    `  touchstone prove ${protocol} --fault ${id}`,
    '',
  ].join('\n')
}

function document(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
