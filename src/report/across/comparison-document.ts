import { counted } from '#verdict/describe.ts'
import { capital, duration } from '../wording.ts'
import { CHANGE_KINDS, type ChangeKind, type RequirementChange } from './changes.ts'
import type { RunComparison } from './compare-runs.ts'
import { filled, type Document, type DocumentSection } from './document.ts'
import { runLine } from './named-run.ts'

/** A comparison as a document: the answer first, then what changed, the worst first. */
export function comparisonDocument(comparison: RunComparison): Document {
  const { before, after, cautions, requirements, scenarios } = comparison
  return {
    title: answer(comparison),
    lead: [
      `before: ${runLine(before)}`,
      `after: ${runLine(after)}`,
      ...cautions.map((line) => `note: ${line}`),
    ],
    sections: filled([
      ...CHANGE_KINDS.map((kind) => changed(kind, requirements)),
      {
        title: 'Assertions no longer made, in scenarios that passed both times',
        table: {
          head: ['Requirement', 'Scenario'],
          rows: scenarios.lostAssertions.map(({ requirement, scenario }) => [requirement, scenario]),
        },
      },
      {
        title: 'Slower',
        table: {
          head: ['Before', 'After', 'Scenario'],
          rows: scenarios.slower.map((one) => [duration(one.beforeMs), duration(one.afterMs), one.scenario]),
        },
      },
      { title: 'Scenarios of the earlier run alone', lines: scenarios.onlyBefore },
      { title: 'Scenarios of the later run alone', lines: scenarios.onlyAfter },
    ]),
  }
}

function answer({ requirements, scenarios, regressed }: RunComparison): string {
  const parts = CHANGE_KINDS.flatMap((kind) => {
    const count = requirements.filter((one) => one.kind === kind).length
    return count === 0 ? [] : [`${counted(count, 'requirement')} ${kind}`]
  })
  const lost = scenarios.lostAssertions.length
  const all = lost === 0 ? parts : [...parts, `${counted(lost, 'assertion')} no longer made`]
  const said = all.length === 0 ? 'nothing changed in what the requirements say' : all.join(', ')
  return `${regressed ? '✗ Worse' : '✓ No worse'}: ${said}`
}

function changed(kind: ChangeKind, changes: readonly RequirementChange[]): DocumentSection {
  const rows = changes
    .filter((one) => one.kind === kind)
    .map(({ requirement, reason, blocks }) => [
      `${requirement.id} (${requirement.level})`,
      requirement.sentence,
      [reason ?? '', ...(blocks.length === 0 ? [] : [`keeps from being verified: ${blocks.join(', ')}`])]
        .filter((part) => part !== '')
        .join('; '),
    ])
  return {
    title: capital(kind),
    table: { head: ['Requirement', 'Sentence', 'Seen'], rows },
  }
}
