import type { TableRow } from '../../shared/support/session.ts'
import { answerRows } from './answer-rows.ts'
import { bootstrapRows, bootstrappingChallengeRows } from './bootstrap.ts'
import { resultRows, resultsRows } from './bulk-artifacts.ts'
import { challengeRows } from './challenge.ts'
import { connectionRows } from './connection.ts'
import { profileRows } from './profile-attributes.ts'
import { quotaRows } from './quota.ts'
import type { RowComparison } from './row-comparison.ts'
import { searchRows } from './search-rows.ts'
import type { MStoreSession } from './session.ts'

type ArtifactReader = (
  session: MStoreSession,
  named: readonly string[],
) => RowComparison | Promise<RowComparison>

/** What scenarios look at closely; what a name has in parentheses is handed to its reader. */
const ARTIFACTS: readonly (readonly [name: RegExp, read: ArtifactReader])[] = [
  [/^the answer$/, answerRows],
  [/^the bootstrap$/, bootstrapRows],
  [/^the challenge$/, challengeRows],
  [/^the challenge of the bootstrapping server$/, bootstrappingChallengeRows],
  [/^the connection$/, connectionRows],
  [/^the quota of (\w+)'s (\w+)$/, quotaRows],
  [/^the result of (.+)$/, resultRows],
  [/^the list of results$/, resultsRows],
  [/^the search$/, searchRows],
  [/^(\w+)'s profile$/, profileRows],
]

/** Asserts each row of a table about an artifact; throws where there is none of that name. */
export async function assertArtifact(
  session: MStoreSession,
  artifact: string,
  rows: readonly TableRow[],
): Promise<void> {
  const compare = await readArtifact(session, artifact)
  for (const [side, wanted] of rows)
    for (const comparison of [await compare(side, wanted)].flat()) session.check.that(comparison)
}

function readArtifact(session: MStoreSession, artifact: string): RowComparison | Promise<RowComparison> {
  for (const [name, read] of ARTIFACTS) {
    const found = name.exec(artifact)
    if (found !== null) return read(session, found.slice(1))
  }
  throw new Error(
    `artifact: expected one of ${ARTIFACTS.map(([name]) => name.source).join(', ')}; got "${artifact}"`,
  )
}
