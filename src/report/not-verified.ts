import {
  NOT_VERIFIED_CODES,
  notVerifiedCode,
  type NotVerifiedCode,
  type RequirementResult,
} from '#verdict/requirement-verdict.ts'
import type { Totals } from '#verdict/totals.ts'
import { skipText } from './skip-text.ts'

/** How a reason is written for a reader: behind a number of requirements, and of one, before what else is known. */
interface ReasonWords {
  readonly counted: string
  readonly said: (detail: string, result: RequirementResult) => string
}

const WORDS: Readonly<Record<NotVerifiedCode, ReasonWords>> = {
  skipped: { counted: 'skipped', said: (detail, result) => `Skipped: ${skipped(result) ?? detail}` },
  'not-selected': { counted: 'not selected', said: () => 'Not selected for this run.' },
  untestable: { counted: 'untestable', said: (detail) => `Untestable: ${detail}` },
  client: { counted: 'of the client', said: (_, { requirement }) => ofClient(requirement.tests.length > 0) },
  inconclusive: { counted: 'inconclusive', said: (detail) => `Inconclusive: ${detail}` },
  blocked: {
    counted: 'not judged because of a violation',
    said: (detail) => `Could not be judged because of a violation: ${detail}`,
  },
  observed: { counted: 'optional and absent', said: (detail) => `Optional and absent: ${detail}` },
  harness: { counted: 'harness error', said: (detail) => `Harness error: ${detail}` },
  'no-scenario': { counted: 'without a scenario', said: () => 'No scenario is about it.' },
}

/** Why requirements are not verified, each reason with its number: `12 of the client`, `3 skipped`. */
export function notVerifiedCounts({ notVerified }: Pick<Totals, 'notVerified'>): readonly string[] {
  return NOT_VERIFIED_CODES.filter((code) => notVerified[code] > 0).map(
    (code) => `${notVerified[code]} ${WORDS[code].counted}`,
  )
}

/** The reason of a result in words for a reader; null where it is verified. Of a violation it is what was seen. */
export function reasonText(result: RequirementResult): string | null {
  const { reason } = result
  const code = notVerifiedCode(result)
  if (code === null || reason === null) return reason
  return WORDS[code].said(reason.slice(reason.indexOf(': ') + 2), result)
}

function skipped({ scenarios }: RequirementResult): string | null {
  const skip = scenarios.map((scenario) => scenario.skip).find((given) => given !== null)
  return skip === undefined ? null : skipText(skip)
}

function ofClient(isHeld: boolean): string {
  return isHeld
    ? "Binds the client; tests hold Touchstone's own client to it."
    : 'Binds the client, of which a server shows nothing.'
}
