import type { Basis, Level, Requirement } from '#protocol/register.ts'

/** What a level rests on, as half a sentence. */
const BASES = {
  page: 'the specification says so',
  sample: 'the specification only prints it in an example',
  standard: 'a standard that the specification names says so',
  implementation: 'known implementations do so; the specification does not say it',
  inference: 'the specification implies it, or nothing else makes sense',
} as const satisfies Record<Basis, string>

const EFFECTS = {
  MUST: 'A server that does otherwise is non-conformant',
  SHOULD: 'A server that does otherwise is non-conformant, unless only a MUST counts (--fail-on must)',
  MAY: 'What a server does is recorded as a finding and never counts against it',
} as const satisfies Record<Level, string>

/** Why a requirement has its level, in one sentence for a reader who runs the server. */
export function levelReason({ level, basis }: Pick<Requirement, 'level' | 'basis'>): string {
  return `${EFFECTS[level]}: ${BASES[basis]}.`
}

/** The levels of both dialects: `MUST`, or `MUST (deployed: MAY)` where they differ. */
export function levelsText({ levels }: Pick<Requirement, 'levels'>): string {
  const { documented, deployed } = levels
  return documented === deployed ? documented : `${documented} (deployed: ${deployed})`
}
