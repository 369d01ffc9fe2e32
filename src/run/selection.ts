import { createHash } from 'node:crypto'
import { parse as parseTags } from '@cucumber/tag-expressions'
import { UsageError } from '#evidence/usage-error.ts'
import type { PlannedScenario } from './features.ts'
import { didYouMean } from './nearest.ts'
import { isNamedBy, meantBy, ofAnotherProtocol } from './requirement-terms.ts'

/** What of the features a run is asked to execute, and in what order. */
export interface SelectionRequest {
  /** Requirement ids, areas (`RELAY-MESSAGE`, `MESSAGE`), scenario names, feature files or `file:line`; none means all. */
  readonly only: readonly string[]
  /** A tag expression (`@RELAY-PUSH-01 or not @slow`), or null. */
  readonly tags: string | null
  /** `I/N`: the I-th of N parts, counted from 1; null for the whole. */
  readonly shard: string | null
  /** `defined`, `random` or `random:SEED`. */
  readonly order: string
}

/** The scenarios of a run, in the order in which they run. `order` names the seed where it is random. */
export interface Selection {
  readonly scenarios: readonly PlannedScenario[]
  readonly order: string
}

/** All that a selection is made from: the scenarios there are, the ids the register has, a seed to fall back on. */
export interface SelectionSource {
  readonly scenarios: readonly PlannedScenario[]
  readonly requirements: Iterable<string>
  readonly newSeed: () => string
}

/**
 * The scenarios that `request` names. A scenario runs when one of `only` names it and the tag expression
 * holds; of those, a shard takes every N-th, so that shards of one request never overlap and together are
 * the whole, whatever their order. Throws a UsageError for a name of nothing, and for an empty result.
 */
export function select(request: SelectionRequest, source: SelectionSource): Selection {
  const named = namedBy(request.only, source)
  const tagged = taggedBy(request.tags, named, source.scenarios)
  if (tagged.length === 0)
    throw new UsageError(`nothing is selected: no scenario meets ${describeRequest(request)}`)
  const shard = shardOf(request.shard, tagged)
  const order = parseOrder(request.order, source.newSeed)
  return order.seed === null
    ? { scenarios: shard, order: 'defined' }
    : { scenarios: shuffled(shard, order.seed), order: `random:${order.seed}` }
}

function describeRequest({ only, tags }: SelectionRequest): string {
  const parts = only.map((term) => `--only ${JSON.stringify(term)}`)
  if (tags !== null) parts.push(`--tags ${JSON.stringify(tags)}`)
  return parts.join(' and ') || 'the request: the package holds no features'
}

function namedBy(only: readonly string[], source: SelectionSource): readonly PlannedScenario[] {
  if (only.length === 0) return source.scenarios
  const ids = [...source.requirements]
  const chosen = new Set(only.flatMap((term) => matches(term, source.scenarios, ids)))
  return source.scenarios.filter((scenario) => chosen.has(scenario))
}

function matches(
  term: string,
  scenarios: readonly PlannedScenario[],
  ids: readonly string[],
): readonly PlannedScenario[] {
  const concerned = ids.filter((id) => isNamedBy(term, id))
  const found =
    concerned.length > 0
      ? scenarios.filter(({ tags }) => tags.some((tag) => concerned.includes(tag)))
      : scenarios.filter(({ name, uri, location }) => [name, uri, location].includes(term))
  if (found.length > 0) return found
  throw new UsageError(
    concerned.length > 0 ? `--only ${term}: no scenario is tagged with it` : unknown(term, scenarios, ids),
  )
}

function unknown(term: string, scenarios: readonly PlannedScenario[], ids: readonly string[]): string {
  const shaped = /^[A-Za-z]+-[A-Za-z0-9-]+$/.test(term)
  const [shown, what] = shaped
    ? [term, 'unknown requirement']
    : [JSON.stringify(term), 'no scenario has this name']
  const names = shaped ? [] : scenarios.map(({ name }) => name)
  return `--only ${shown}: ${ofAnotherProtocol(term, ids) ?? `${what}${meantBy(term, ids, names)}`}`
}

function taggedBy(
  expression: string | null,
  named: readonly PlannedScenario[],
  all: readonly PlannedScenario[],
): readonly PlannedScenario[] {
  if (expression === null) return named
  const holds = parseExpression(expression)
  const known = new Set(all.flatMap(({ tags }) => tags.map((tag) => `@${tag}`)))
  for (const tag of tagsIn(expression))
    if (!known.has(tag))
      throw new UsageError(`--tags: no scenario has the tag ${tag}${didYouMean(tag, known)}`)
  return named.filter(({ tags }) => holds(tags.map((tag) => `@${tag}`)))
}

function parseExpression(expression: string): (tags: string[]) => boolean {
  try {
    const node = parseTags(expression)
    return (tags) => node.evaluate(tags)
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ')
    throw new UsageError(`--tags: ${JSON.stringify(expression)} is no tag expression: ${why}`)
  }
}

function tagsIn(expression: string): readonly string[] {
  return expression.split(/[\s()]+/).filter((word) => !['', 'and', 'or', 'not'].includes(word))
}

function shardOf(shard: string | null, scenarios: readonly PlannedScenario[]): readonly PlannedScenario[] {
  if (shard === null) return scenarios
  const [index, count] = parseShard(shard)
  const part = scenarios.filter((_, position) => position % count === index - 1)
  if (part.length === 0)
    throw new UsageError(
      `--shard ${shard}: empty, for only ${scenarios.length} scenarios are selected; use fewer shards`,
    )
  return part
}

function parseShard(shard: string): readonly [index: number, count: number] {
  const [, index = 0, count = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(shard) ?? []).map(Number)
  if (index < 1 || index > count)
    throw new UsageError(`--shard: expected I/N with 1 <= I <= N, such as 1/4, got ${JSON.stringify(shard)}`)
  return [index, count]
}

function parseOrder(order: string, newSeed: () => string): { readonly seed: string | null } {
  if (order === 'defined') return { seed: null }
  if (order === 'random') return { seed: newSeed() }
  const seed = /^random:([\w.-]+)$/.exec(order)?.[1]
  if (seed === undefined)
    throw new UsageError(`--order: expected defined, random or random:SEED, got ${JSON.stringify(order)}`)
  return { seed }
}

/**
 * In the order of a hash over seed and place: the same seed orders two scenarios alike, whatever else is
 * selected, which makes a failure that depends on order easier to narrow down.
 */
function shuffled(scenarios: readonly PlannedScenario[], seed: string): readonly PlannedScenario[] {
  const key = (location: string): string => createHash('sha256').update(`${seed}\n${location}`).digest('hex')
  return scenarios
    .map((scenario) => ({ scenario, key: key(scenario.location) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ scenario }) => scenario)
}
