import { printable } from '#evidence/printable.ts'
import type { Ask, Step } from '#model/ask.ts'

/** A sequence as a scenario of a feature. */
export interface WalkScenarioText {
  readonly name: string
  /** The requirement it is about first, then others that it verifies. */
  readonly requirements: readonly string[]
  /** What it does to a live system. */
  readonly risks: readonly string[]
  /** Lines for the reader, such as what was expected and got. */
  readonly remarks: readonly string[]
  readonly steps: readonly Step[]
}

/** The tag of scenarios whose answers are judged by the model of their protocol. */
export const WALK_TAG = 'walk'

/** A feature of such scenarios, in Gherkin, in the words of the phrase book. */
export function walkFeature(name: string, scenarios: readonly WalkScenarioText[]): string {
  return [`Feature: ${plain(name)}`, ...scenarios.flatMap(scenarioLines), ''].join('\n')
}

function scenarioLines({ name, requirements, risks, remarks, steps }: WalkScenarioText): readonly string[] {
  const tags = [...requirements, ...risks, WALK_TAG].map((tag) => `@${tag}`)
  return [
    '',
    ...remarks.map((line) => `  # ${plain(line)}`),
    `  ${tags.join(' ')}`,
    `  Scenario: ${plain(name)}`,
    ...steps.flatMap(stepLines),
    '    Then every answer is as the specification allows',
  ]
}

function stepLines(step: Step): readonly string[] {
  const [ask] = step
  return step.length === 1 && ask !== undefined ? askLines(ask) : atOnceLines(step)
}

function askLines({ party, operation, values }: Ask): readonly string[] {
  const rows = Object.entries(values)
  const phrase = `    When ${party} tries to ${JSON.stringify(operation)}`
  return rows.length === 0 ? [phrase] : [`${phrase} with:`, ...tableLines(rows)]
}

/** A column for each value that one of the asks has; a cell is empty where its ask has none. */
function atOnceLines(step: Step): readonly string[] {
  const names = [...new Set(step.flatMap(({ values }) => Object.keys(values)))]
  const header = ['party', 'operation', ...names]
  const rows = step.map(({ party, operation, values }) => [
    party,
    operation,
    ...names.map((name) => (values[name] === undefined ? '' : quotedIfEmpty(values[name]))),
  ])
  return ['    When these are tried at once:', ...tableLines([header, ...rows])]
}

/** How an empty value is written, to distinguish it from none. */
const EMPTY = '""'
const quotedIfEmpty = (value: string): string => (value === '' ? EMPTY : value)

/** The value that a cell stands for; undefined where it stands for none. */
export function cellValue(cell: string): string | undefined {
  if (cell === '') return undefined
  return cell === EMPTY ? '' : cell
}

function tableLines(rows: readonly (readonly string[])[]): readonly string[] {
  const cells = rows.map((row) => row.map(escaped))
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  return cells.map(
    (row) => `      | ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  )
}

/** A cell as Gherkin reads it back. */
function escaped(cell: string): string {
  return cell.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', '\\n')
}

/** One line, whatever is in it. */
function plain(text: string): string {
  return printable(text.replaceAll(/\s+/g, ' ').trim())
}
