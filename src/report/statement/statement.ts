import { jsonDocument } from '#evidence/json-text.ts'
import type { ClaimName } from '#protocol/claims.ts'
import type { NamedRun } from '../across/named-run.ts'
import { VERDICT_MARKS, verdictScope } from '../wording.ts'
import { claimResults, doubtOf, isShown, type ClaimResult } from './claim-results.ts'

/** What a statement is made of: a run that came to its end, and what is claimed because of it. */
export interface Stated extends Pick<NamedRun, 'run' | 'verdicts'> {
  /** Null where nothing is claimed. */
  readonly claimed: ClaimName | null
  /** SHA-256 of the files of the record, in hexadecimal, by their names. */
  readonly record: Readonly<Record<string, string>>
}

/**
 * An implementation statement, of the form of `schemas/statement.json`: what was claimed of which server, what was tested
 * and what came of it, bound to the record it rests on. The same record and claim give the same bytes.
 */
export function statementText(stated: Stated): string {
  return jsonDocument(statement(stated))
}

function statement({ run, verdicts, claimed, record }: Stated) {
  const doubt = doubtOf({ run, verdicts })
  return {
    schemaVersion: 1,
    tool: run.tool,
    claimed,
    dialect: run.dialect,
    targets: run.targets,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    seed: run.seed,
    selection: { only: run.selection.only, tags: run.selection.tags },
    verdict: verdicts.verdict,
    headline: `${VERDICT_MARKS[verdicts.verdict].word}${verdictScope(verdicts, run)}`,
    ...(doubt === null ? {} : { doubt }),
    claims: claimResults({ run, verdicts }).map(claimEntry),
    requirements: verdicts.requirements.map(({ requirement: { id, level }, verdict, reason, scenarios }) => ({
      id,
      level,
      verdict,
      reason,
      scenarios: {
        passed: scenarios.filter(({ outcome }) => outcome === 'passed').length,
        skipped: scenarios.filter(({ outcome }) => outcome === 'skipped').length,
        all: scenarios.length,
      },
    })),
    record,
  } as const
}

function claimEntry(result: ClaimResult) {
  const { protocol, claim, sentence, results, lacking } = result
  return {
    protocol,
    claim,
    sentence,
    shown: isShown(result),
    requirements: results.length,
    verified: results.length - lacking.length,
    lacking: lacking.map(({ requirement }) => requirement.id),
  }
}
