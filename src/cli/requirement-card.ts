import type { Binds } from '#protocol/register.ts'
import { levelReason, levelsText } from '#report/level-reason.ts'
import type { PlannedScenario } from '#run/features.ts'
import type { Clarification } from './clarifications.ts'
import type { RequirementRow } from './requirement-rows.ts'
import { wrapped } from '#report/wrapped.ts'

/** All there is to say about one requirement. */
export interface RequirementCard {
  readonly row: RequirementRow
  readonly scenarios: readonly PlannedScenario[]
  readonly clarifications: readonly Clarification[]
  /** Ids of the faults that violate it. */
  readonly faults: readonly string[]
  /** Ids of the variants that meet it otherwise than the mock. */
  readonly variants: readonly string[]
}

const BOUND = {
  server: 'the server',
  client: 'the client',
  both: 'server and client',
  bsf: 'the bootstrapping server',
} as const satisfies Record<Binds, string>

/** The card for a terminal, in lines of at most `columns` characters (URIs and names may be longer). */
export function cardText(
  { row, scenarios, clarifications, faults, variants }: RequirementCard,
  columns: number,
): string {
  const fact = (name: string, text: string): string =>
    wrapped(text, columns, { first: name.padEnd(11), rest: ' '.repeat(11) })
  const indented = (text: string): string => wrapped(text, columns, { first: '  ', rest: '  ' })
  return [
    `${row.id}  ${levelsText(row)}`,
    '',
    indented(row.sentence),
    '',
    fact('Binds', BOUND[row.binds]),
    fact('Source', row.section),
    fact('Level', levelReason(row)),
    ...(row.words === null ? [] : [fact('Words', `“${row.words}”`)]),
    ...(row.exactStatus ? [fact('Status', 'exactly the one named')] : []),
    fact('Needs', row.needs.join(', ') || 'nothing besides the protocol'),
    fact('Risks', row.risks.join(', ')),
    fact('Testable', row.untestable === null ? 'yes' : `no: ${row.untestable}`),
    ...(row.tests.length === 0 ? [] : [fact('Held by', row.tests.join(', '))]),
    '',
    scenarios.length === 0 ? 'Scenarios  none' : 'Scenarios',
    ...scenarios.map(({ location, name }) =>
      wrapped(`${location} ${name}`, columns, { first: '  ', rest: '    ' }),
    ),
    '',
    ...idList('Deliberate faults that its scenarios find', faults),
    '',
    ...idList('Variants', variants),
    '',
    clarifications.length === 0 ? 'Clarifications  none' : 'Clarifications',
    ...clarifications.flatMap(({ id, title, text }) => [
      indented(`${id}: ${title}`),
      ...paragraphs(text).map((one) =>
        wrapped(one, columns, { first: '    ', rest: one.startsWith('- ') ? '      ' : '    ' }),
      ),
    ]),
    '',
  ].join('\n')
}

/** The card as JSON with stable keys. */
export function cardJson({ row, scenarios, clarifications, faults, variants }: RequirementCard): object {
  return {
    ...row,
    clarifications,
    faults,
    variants,
    scenarios: scenarios.map(({ uri, line, name }) => ({ uri, line, name })),
  }
}

/** A title with ids below it, or with `none` where there are none. */
function idList(title: string, ids: readonly string[]): readonly string[] {
  return ids.length === 0 ? [`${title}  none`] : [title, ...ids.map((id) => `  ${id}`)]
}

/** Paragraphs and list items of a clarification, each as one line. */
function paragraphs(markdown: string): readonly string[] {
  return markdown.split(/\n\n|\n(?=- )/).filter((text) => text.trim() !== '')
}
