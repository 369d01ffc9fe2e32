import { UsageError } from '#evidence/usage-error.ts'
import { isClaimed, type ClaimName } from '#protocol/claims.ts'
import { area, isRequirementId, loadRegister, type Requirement } from '#protocol/register.ts'
import { PROTOCOLS, type Protocol } from '#protocol/requirements.ts'
import { featuredProtocols, loadFeatures, type PlannedScenario } from '#run/features.ts'
import { didYouMean } from '#run/nearest.ts'

/** A requirement with what it is filed under. */
export interface RequirementRow extends Requirement {
  readonly protocol: Protocol
  readonly area: string
}

/** What to select rows by; what is left out selects all. The words are the user's, case counts for nothing. */
export interface RowFilter {
  readonly protocol?: string | undefined
  readonly area?: string | undefined
  readonly level?: string | undefined
  readonly binds?: string | undefined
  /** What a server that makes this claim is held to. */
  readonly claim?: ClaimName | undefined
}

let known: readonly RequirementRow[] | undefined

/** Every requirement of every protocol, in the order of the registers. */
export function allRows(): readonly RequirementRow[] {
  return (known ??= PROTOCOLS.flatMap((protocol) =>
    [...loadRegister(protocol).requirements.values()].map((requirement) => ({
      protocol,
      area: area(requirement.id),
      ...requirement,
    })),
  ))
}

/** The rows that fit `filter`. Throws a UsageError at a word that no row left by the words before it fits. */
export function selectRows(rows: readonly RequirementRow[], filter: RowFilter): readonly RequirementRow[] {
  const claimed = filter.claim === undefined ? rows : rows.filter(belongingTo(filter.claim))
  return (['protocol', 'area', 'level', 'binds'] as const).reduce((left, key) => {
    const word = filter[key]?.toLowerCase()
    const selected = word === undefined ? left : left.filter((row) => row[key].toLowerCase() === word)
    if (selected.length > 0) return selected
    throw new UsageError(noneLeft(key, filter[key] ?? '', [...new Set(left.map((row): string => row[key]))]))
  }, claimed)
}

function belongingTo(claim: ClaimName): (row: RequirementRow) => boolean {
  return (row) => {
    const asked = loadRegister(row.protocol).claims[claim]
    return asked !== undefined && isClaimed(row, asked)
  }
}

/** The requirement called `id`, in any case. Throws a UsageError that suggests one where there is none. */
export function findRow(rows: readonly RequirementRow[], id: string): RequirementRow {
  const row = rows.find((one) => one.id === id.toUpperCase())
  if (row !== undefined) return row
  const ids = rows.map((one) => one.id)
  const hint = didYouMean(id, ids) || '; touchstone requirements list shows all'
  throw new UsageError(`requirement ${JSON.stringify(id)}: expected an id of the register${hint}`)
}

/** Whether a server can be held to it: a MUST or a SHOULD that binds the server and can be tested. */
export function bindsServer(row: Requirement): boolean {
  return row.level !== 'MAY' && (row.binds === 'server' || row.binds === 'both') && row.untestable === null
}

/** The scenarios of every protocol that has features, by the requirement ids they are tagged with. */
export function scenariosByRequirement(): ReadonlyMap<string, readonly PlannedScenario[]> {
  const tagged = new Map<string, PlannedScenario[]>()
  for (const scenario of featuredProtocols().flatMap((protocol) => loadFeatures(protocol)))
    for (const id of scenario.tags.filter(isRequirementId))
      tagged.set(id, [...(tagged.get(id) ?? []), scenario])
  return tagged
}

function noneLeft(key: string, word: string, left: readonly string[]): string {
  const hint = didYouMean(word, left)
  return `--${key} ${JSON.stringify(word)}: no such requirement is left to choose from, only ${left.join(', ')}${hint}`
}
