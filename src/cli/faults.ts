import { UsageError } from '#evidence/usage-error.ts'
import type { RelayFault } from '#mocks/relay/faults.ts'
import type { Environment } from './environment.ts'
import { faultOf, faultsNamed } from './fault-selection.ts'
import { allRows, findRow } from './requirement-rows.ts'
import { wrapped } from './wrapped.ts'

/** What `touchstone faults` was asked for. */
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
export function faultsCommand(options: FaultsOptions, { stdout, columns }: Environment): Promise<number> {
  stdout.write(answer(options, Math.min(columns, MAXIMAL_COLUMNS)))
  return Promise.resolve(0)
}

function answer({ action, id, json }: FaultsOptions, columns: number): string {
  switch (action) {
    case 'list': {
      const faults = faultsNamed(id === undefined ? [] : [id])
      return json ? document({ faults: faults.map(shown) }) : listed(faults, columns)
    }
    case 'show': {
      if (id === undefined) throw new UsageError('faults show: expected the id of a fault, got none')
      const fault = faultOf(id)
      return json ? document({ ...shown(fault), sentence: sentenceOf(fault) }) : card(fault, columns)
    }
    default:
      return action satisfies never
  }
}

/** A fault without its patch, which is code. */
function shown({ id, requirement, dialect, summary }: RelayFault) {
  return { id, protocol: 'relay', requirement, dialect, summary }
}

function sentenceOf({ requirement }: RelayFault): string {
  return findRow(allRows(), requirement).sentence
}

function listed(faults: readonly RelayFault[], columns: number): string {
  const groups = new Map<string, RelayFault[]>()
  for (const fault of faults) {
    groups.set(fault.requirement, [...(groups.get(fault.requirement) ?? []), fault])
  }
  return [...groups].map(([requirement, group]) => groupText(requirement, group, columns)).join('\n')
}

function groupText(requirement: string, faults: readonly RelayFault[], columns: number): string {
  const [first] = faults
  const sentence = first === undefined ? '' : sentenceOf(first)
  const lines = faults.map(({ id, summary, dialect }) => {
    const where = dialect === 'documented' ? '' : ` (dialect ${dialect})`
    return `  ${id}\n${wrapped(summary + where, columns, { first: '      ', rest: '      ' })}`
  })
  return `${wrapped(`${requirement}  ${sentence}`, columns)}\n${lines.join('\n')}\n`
}

function card(fault: RelayFault, columns: number): string {
  const { id, requirement, dialect, summary } = fault
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
    `  touchstone mock relay${option} --fault ${id}`,
    `  touchstone prove relay --fault ${id}`,
    '',
  ].join('\n')
}

function document(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
