import type { Envelope } from '@cucumber/messages'
import type { RunRecord, TargetRecord } from '#evidence/run-record.ts'
import { UsageError } from '#evidence/usage-error.ts'
import type { RunFiles } from './run-files.ts'

/** A shard with the name of its folder, for messages. */
export interface ShardFiles extends RunFiles {
  readonly folder: string
}

/**
 * The one run that `shards` are parts of. Throws a UsageError where they are not the shards of one run:
 * another version, dialect, target, seed, selection, feature file, baseline or option; begun more than a day
 * apart; a shard missing, twice, or overlapping.
 */
export function mergeShards(shards: readonly ShardFiles[]): RunFiles {
  const [first] = shards
  if (first === undefined) throw new UsageError('expected at least one folder of a run, got none')
  for (const shard of shards.slice(1)) refuseOther(first, shard)
  refuseApart(shards)
  refuseGaps(shards)
  refuseOverlaps(shards)
  return { run: merged(first.run, shards), envelopes: { [Symbol.iterator]: () => messagesOf(shards) } }
}

/** What must be the same in all shards, by the name it has in messages. */
const SAME: Readonly<Record<string, (run: RunRecord) => unknown>> = {
  version: ({ tool }) => tool.version,
  dialect: ({ dialect }) => dialect,
  protocols: ({ protocols }) => protocols,
  targets: ({ targets }) => targets.map(identity),
  seed: ({ seed }) => seed,
  'feature files (SHA-256)': ({ digests }) => digests?.features ?? null,
  'selection (--only)': ({ selection }) => selection.only,
  'selection (--tags)': ({ selection }) => selection.tags,
  baseline: ({ baseline }) => baseline?.entries ?? null,
  '--fail-on': ({ options }) => options.failOn,
  '--allow-flaky': ({ options }) => options.allowFlaky ?? false,
  '--min-coverage': ({ options }) => options.minCoverage ?? null,
  '--require-complete': ({ options }) => options.requireComplete,
}

/** What a target is whatever the port: a bundled mock listens on another one each time. */
function identity({ url, ...target }: TargetRecord): unknown {
  return target.kind === 'bundled' ? target : { ...target, url }
}

function refuseOther(first: ShardFiles, shard: ShardFiles): void {
  for (const [name, value] of Object.entries(SAME)) {
    const [expected, got] = [JSON.stringify(value(first.run)), JSON.stringify(value(shard.run))]
    if (expected !== got)
      throw new UsageError(
        `${shard.folder}: not a shard of the same run as ${first.folder}: ${name}: expected ${expected}, got ${got}`,
      )
  }
}

const HOUR_MS = 3_600_000

/** What a server was a day ago need not be what it is now. */
const LONGEST_APART_MS = 24 * HOUR_MS

function refuseApart(shards: readonly ShardFiles[]): void {
  const [first, ...later] = shards.toSorted((one, other) => begunAt(one) - begunAt(other))
  const late = later.find(
    (shard) => first !== undefined && begunAt(shard) - begunAt(first) > LONGEST_APART_MS,
  )
  if (first === undefined || late === undefined) return
  const hours = Math.floor((begunAt(late) - begunAt(first)) / HOUR_MS)
  throw new UsageError(
    `${late.folder}: begun ${hours} h after ${first.folder}; shards of one run begin within 24 h of each other: run all of them again`,
  )
}

function begunAt({ run }: ShardFiles): number {
  return Date.parse(run.startedAt)
}

function refuseGaps(shards: readonly ShardFiles[]): void {
  const parts = shards.map(({ run, folder }) => ({ folder, ...partOf(run, folder) }))
  const count = parts[0]?.count ?? 0
  const wrong = parts.find((part) => part.count !== count)
  if (wrong !== undefined)
    throw new UsageError(`${wrong.folder}: expected one of ${count} shards, got one of ${wrong.count}`)
  for (let index = 1; index <= count; index += 1) {
    const folders = parts.filter((part) => part.index === index).map(({ folder }) => folder)
    if (folders.length === 0) throw new UsageError(`shard ${index}/${count} is missing: name its folder too`)
    if (folders.length > 1)
      throw new UsageError(`shard ${index}/${count} is given twice: ${folders.join(' and ')}; name one`)
  }
}

function partOf({ selection }: RunRecord, folder: string): { index: number; count: number } {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(selection.shard ?? '') ?? []
  if (index === undefined || count === undefined)
    throw new UsageError(`${folder}: not a shard; only runs made with --shard I/N can be merged`)
  return { index: Number(index), count: Number(count) }
}

function refuseOverlaps(shards: readonly ShardFiles[]): void {
  const owners = new Map<string, string>()
  for (const { run, folder } of shards) {
    for (const scenario of run.selection.scenarios) {
      const owner = owners.get(scenario)
      if (owner !== undefined)
        throw new UsageError(`${folder}: scenario ${scenario} is in ${owner} too; shards must not overlap`)
      owners.set(scenario, folder)
    }
  }
}

function merged(first: RunRecord, shards: readonly ShardFiles[]): RunRecord {
  const runs = shards.map(({ run }) => run)
  const startedAt = runs.map((run) => run.startedAt).sort()[0] ?? first.startedAt
  const finishedAt = runs.some((run) => run.finishedAt === null)
    ? null
    : (runs
        .map((run) => run.finishedAt ?? '')
        .sort()
        .at(-1) ?? null)
  return {
    ...first,
    startedAt,
    finishedAt,
    durationMs: finishedAt === null ? null : Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)),
    interrupted: runs.some(({ interrupted }) => interrupted),
    selection: {
      ...first.selection,
      shard: null,
      scenarios: runs.flatMap(({ selection }) => selection.scenarios),
    },
    options: { ...first.options, failFast: runs.some(({ options }) => options.failFast === true) },
    preflight: runs.map(({ preflight }) => preflight).find((reason) => reason !== null) ?? null,
    ...recheckOf(runs),
    harnessErrors: runs.flatMap(({ harnessErrors }) => harnessErrors),
    mistakes: [...new Set(runs.flatMap(({ mistakes = [] }) => mistakes))],
    ...(runs.some(({ walks }) => walks !== undefined)
      ? { walks: runs.flatMap(({ walks = [] }) => walks) }
      : {}),
    ...(first.budget === undefined ? {} : { budget: { ...first.budget, requests: requestsOf(runs) } }),
  }
}

/** What a check after that before the scenarios objects to in any part of a run, as a record has it. */
export function recheckOf(runs: readonly RunRecord[]): Pick<RunRecord, 'recheck'> {
  const recheck = runs.map((run) => run.recheck).find((reason) => reason !== undefined)
  return recheck === undefined ? {} : { recheck }
}

/** How many requests all shards sent that counted what they send. */
function requestsOf(runs: readonly RunRecord[]): number {
  return runs.reduce((sum, { budget }) => sum + (budget?.requests ?? 0), 0)
}

function* messagesOf(shards: readonly ShardFiles[]): Generator<Envelope> {
  for (const { envelopes } of shards) yield* envelopes
}
