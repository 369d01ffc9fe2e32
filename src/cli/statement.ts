import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UsageError } from '#evidence/usage-error.ts'
import type { ClaimName } from '#protocol/claims.ts'
import { loadRegister } from '#protocol/register.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { documentMarkdown } from '#report/across/document-markdown.ts'
import { documentText } from '#report/across/document-text.ts'
import { claimResults, isShown } from '#report/statement/claim-results.ts'
import { recordFiles } from '#report/statement/record-files.ts'
import { statementDocument } from '#report/statement/statement-document.ts'
import { statementText, type Stated } from '#report/statement/statement.ts'
import type { Environment } from './environment.ts'
import { namedRun } from './named-run.ts'

/** The options of `touchstone statement`. */
export interface StatementOptions {
  /** The folder of the run. */
  readonly dir: string
  readonly claim?: ClaimName | undefined
}

/** The name of a statement in the folder of its run. */
export const STATEMENT = 'statement.json'

/**
 * Writes `statement.json` and `statement.md` into the folder of a run, and prints what they say. Returns 1 where the run does
 * not show what is claimed, else 0. Throws a UsageError where the folder holds no run, one that did not come to its end, or
 * one of a protocol that has no such claim.
 */
export async function statementCommand(
  { dir, claim }: StatementOptions,
  { cwd, stdout, columns }: Pick<Environment, 'cwd' | 'stdout' | 'columns'>,
): Promise<number> {
  const made = stated({ dir, claim: claim ?? null }, cwd)
  if (claim !== undefined) for (const protocol of made.run.protocols) refuseAbsent(claim, protocol)
  const document = statementDocument(made)
  const folder = resolve(cwd, dir)
  await writeFile(join(folder, STATEMENT), statementText(made))
  await writeFile(join(folder, 'statement.md'), documentMarkdown(document))
  stdout.write(
    `${documentText(document, columns)}\nWritten: ${join(dir, STATEMENT)}, ${join(dir, 'statement.md')}\n`,
  )
  const claimed = claimResults(made).filter((one) => one.claim === claim)
  return claimed.every(isShown) ? 0 : 1
}

/** What is to be stated of the run in `dir`, judged from its record. Throws a UsageError where it did not come to its end. */
export function stated(
  { dir, claim }: { readonly dir: string; readonly claim: ClaimName | null },
  cwd: string,
): Stated {
  const { run, verdicts } = namedRun(dir, cwd)
  if (run.finishedAt === null || run.preflight !== null)
    throw new UsageError(
      `${dir}: expected a run that came to its end, got one that did not; run the verification again`,
    )
  return { run, verdicts, claimed: claim, record: recordFiles(resolve(cwd, dir), dir) }
}

function refuseAbsent(claim: ClaimName, protocol: Protocol): void {
  const names = Object.keys(loadRegister(protocol).claims)
  if (!names.includes(claim))
    throw new UsageError(`--claim ${claim}: expected a claim of the ${protocol}, one of ${names.join(', ')}`)
}
