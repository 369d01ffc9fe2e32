import { UsageError } from '#evidence/usage-error.ts'
import { isClaimed, type ClaimName } from '#protocol/claims.ts'
import { area, isRequirementId, loadRegister, wholeArea, type Requirement } from '#protocol/register.ts'
import { PROTOCOLS, type Protocol } from '#protocol/requirements.ts'
import { featuredProtocols, loadFeatures, type PlannedScenario } from '#run/features.ts'
import { didYouMean } from '#run/nearest.ts'
import { isNamedBy, meantBy, ofAnotherProtocol } from '#run/requirement-terms.ts'

/** A requirement with what it is filed under. */
export interface RequirementRow extends Requirement {
  readonly protocol: Protocol
  readonly area: string
}

/** What to select rows by; what is left out selects all. The words are the user's, case counts for nothing. */
export interface RowFilter {
  /** An id, or an area with its protocol or without it. */
  readonly term?: string | undefined
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

const FILTERS = ['protocol', 'area', 'level', 'binds'] as const

/** The rows that fit `filter`. Throws a UsageError at a word that no row left by the words before it fits. */
export function selectRows(rows: readonly RequirementRow[], filter: RowFilter): readonly RequirementRow[] {
  const claimed = filter.claim === undefined ? rows : rows.filter(belongingTo(filter.claim))
  const fitting = FILTERS.reduce((left, key) => {
    const word = filter[key]?.toLowerCase()
    const selected = word === undefined ? left : left.filter(has(key, word))
    if (selected.length > 0) return selected
    throw new UsageError(noneLeft(key, filter[key] ?? '', { rows, left }))
  }, claimed)
  return filter.term === undefined ? fitting : rowsNamed(filter.term, fitting)
}

type Filter = (typeof FILTERS)[number]

/** An area is called by its whole name too. */
function has(key: Filter, word: string): (row: RequirementRow) => boolean {
  return (row) =>
    row[key].toLowerCase() === word || (key === 'area' && wholeArea(row.id).toLowerCase() === word)
}

function rowsNamed(term: string, rows: readonly RequirementRow[]): readonly RequirementRow[] {
  const named = rows.filter(({ id }) => isNamedBy(term, id))
  const ids = rows.map(({ id }) => id)
  if (named.length > 0) return named
  throw new UsageError(
    `requirements ${term}: ${ofAnotherProtocol(term, ids) ?? `expected an id or an area of the register${meantBy(term, ids)}`}`,
  )
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

function noneLeft(
  key: Filter,
  word: string,
  { rows, left }: { readonly rows: readonly RequirementRow[]; readonly left: readonly RequirementRow[] },
): string {
  const choices = [...new Set(left.map((row): string => row[key]))]
  const exists = rows.some(has(key, word.toLowerCase()))
  const why = exists
    ? 'no requirement has it and all else that is asked for'
    : `there is no such ${NOUNS[key]}`
  const hint =
    choices.length > MOST_CHOICES ? didYouMean(word, choices) : `; expected ${choices.join(' or ')}`
  return `--${key} ${JSON.stringify(word)}: ${why}${hint}`
}

/** So many choices are listed; of more the nearest. */
const MOST_CHOICES = 4

const NOUNS = { protocol: 'protocol', area: 'area', level: 'level', binds: 'party that is bound' } as const
