import { counted } from '#verdict/describe.ts'
import {
  notVerifiedCode,
  REQUIREMENT_VERDICTS,
  type RequirementResult,
} from '#verdict/requirement-verdict.ts'
import { filled, type Document } from '../across/document.ts'
import { reasonText } from '../not-verified.ts'
import {
  capital,
  REQUIREMENT_MARKS,
  requirementCounts,
  scenarioCounts,
  subject,
  VERDICT_MARKS,
  verdictScope,
} from '../wording.ts'
import { claimResults, doubtOf, isShown, type ClaimResult } from './claim-results.ts'
import type { Stated } from './statement.ts'

/** A statement for a reader: what is claimed and whether the run shows it, what is lacking, what it rests on. */
export function statementDocument({ run, verdicts, claimed, record }: Stated): Document {
  const results = claimResults({ run, verdicts })
  const doubt = doubtOf({ run, verdicts })
  const { word } = VERDICT_MARKS[verdicts.verdict]
  return {
    title: `Implementation statement: ${subject(run)}`,
    lead: [
      ...results.filter(({ claim }) => claim === claimed).map(claimLine),
      ...(doubt === null ? [] : [`✗ nothing is shown, whatever was verified: ${doubt}`]),
      `${capital(word)}${verdictScope(verdicts, run)}`,
      scenarioCounts(verdicts),
      requirementCounts(verdicts),
      `Touchstone ${run.tool.version}, ${run.dialect} dialect, ${run.startedAt} to ${run.finishedAt ?? '…'}, seed ${run.seed}`,
    ],
    sections: filled([
      {
        title: 'What can be claimed',
        table: {
          head: ['Claim', 'Shown', 'Verified', 'What it says'],
          rows: results.map((result) => [
            `${result.protocol} ${result.claim}`,
            isShown(result) ? '✓ yes' : '○ no',
            `${result.results.length - result.lacking.length} of ${result.results.length}`,
            result.sentence,
          ]),
        },
      },
      ...results
        .filter(({ claim, lacking }) => claim === (claimed ?? 'full') && lacking.length > 0)
        .map(lackingSection),
      {
        title: 'Record',
        lines: Object.entries(record).map(([file, digest]) => `${file}: SHA-256 ${digest}`),
      },
    ]),
  }
}

/** Whether a run shows what is claimed: `✗ relay core is not shown: 61 of 63 requirements verified`. */
function claimLine(result: ClaimResult): string {
  const { protocol, claim, results, lacking } = result
  const said = isShown(result) ? '✓' : '✗'
  const verb = isShown(result) ? 'is shown' : 'is not shown'
  return `${said} ${protocol} ${claim} ${verb}: ${results.length - lacking.length} of ${results.length} requirements verified`
}

function lackingSection({ protocol, claim, lacking }: ClaimResult): Document['sections'][number] {
  const ordered = REQUIREMENT_VERDICTS.flatMap((verdict) => lacking.filter((one) => one.verdict === verdict))
  const looked = ordered.filter((one) => notVerifiedCode(one) !== 'not-selected')
  const left = ordered.length - looked.length
  return {
    title: `What ${protocol} ${claim} lacks`,
    table: {
      head: ['Requirement', 'Verdict', 'Why'],
      rows: [...looked.map(lackingRow), ...(left === 0 ? [] : [leftRow(left)])],
    },
  }
}

function lackingRow(result: RequirementResult): readonly string[] {
  const { requirement, verdict } = result
  return [
    `${requirement.id} (${requirement.level})`,
    REQUIREMENT_MARKS[verdict].word,
    reasonText(result) ?? '',
  ]
}

/** All that the run was not to look at, in one row. */
function leftRow(count: number): readonly string[] {
  return [counted(count, 'requirement'), REQUIREMENT_MARKS['not-verified'].word, 'Not selected for this run.']
}
