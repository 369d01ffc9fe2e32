import { isMet, type Row } from './row.ts'

const NAME_COLUMNS = 46
const FIGURE_COLUMNS = 12

/** The rows as lines of at most 80 columns. */
export function tableOf(rows: readonly Row[]): string {
  return rows.map(line).join('\n')
}

function line(row: Row): string {
  const { name, value, unit, aim } = row
  const aimed = aim === undefined ? '' : `${aim.kind === 'at least' ? '>=' : '<='} ${figure(aim.bound, unit)}`
  const met = { true: 'met', false: 'MISSED', null: '' }[String(isMet(row)) as 'true' | 'false' | 'null']
  return `${name.padEnd(NAME_COLUMNS)}${figure(value, unit).padStart(FIGURE_COLUMNS)}  ${aimed.padEnd(FIGURE_COLUMNS)} ${met}`.trimEnd()
}

function figure(value: number, unit: Row['unit']): string {
  const digits = unit === 'x' ? 2 : value < 100 ? 1 : 0
  return `${value.toFixed(digits)}${unit === 'x' || unit === '/s' ? unit : ` ${unit}`}`
}
