import { UsageError } from '#evidence/usage-error.ts'
import type { Requirement } from '#protocol/register.ts'
import { featuredProtocols, loadFeatures } from '#run/features.ts'
import { featuresDigest } from '#run/features-digest.ts'
import { readFeatureFiles } from '#run/feature-files.ts'
import { mergedRegister } from '#run/merged-register.ts'
import {
  protocolOf,
  resolveTargets,
  type PlannedTarget,
  type NamedProtocols,
  type TargetOptions,
} from '#run/targets/resolve-target.ts'
import { select, type Selection, type SelectionRequest, type SelectionSource } from '#run/selection.ts'
import { shardOfCi } from './ci-shard.ts'
import type { Environment } from './environment.ts'

/** What both `verify` and `plan` read from the command line. */
export interface SelectionOptions extends TargetOptions {
  readonly protocol?: NamedProtocols
  readonly only: readonly string[]
  readonly tags?: string | undefined
  /** `I/N`, or `auto`. */
  readonly shard?: string | undefined
  readonly order: string
  /** Feature files in place of those of the package, relative to the working directory. */
  readonly features?: readonly string[]
}

/** The targets and the scenarios of a run, settled; nothing has been sent. */
export interface PreparedRun {
  /** One for each protocol that is verified. */
  readonly targets: readonly PlannedTarget[]
  readonly request: SelectionRequest
  readonly selection: Selection
  readonly requirements: ReadonlyMap<string, Requirement>
  readonly featuresDigest: string
  /** Whether the files of the selected scenarios alone are read. */
  readonly narrow: boolean
  /** Whether the scenarios are those of other files than ours. */
  readonly isPart: boolean
}

/**
 * Settles what a run is about. Where no protocol is named, those are verified of which something is selected,
 * in whichever shard. Throws a UsageError for a name of nothing and for a file that cannot be read.
 */
export function prepare(
  options: SelectionOptions,
  { cwd, env, newSeed }: Pick<Environment, 'cwd' | 'env'> & { readonly newSeed: () => string },
): PreparedRun {
  const targets = resolveTargets(options.protocol, options, { cwd, env, featured: featuredProtocols() })
  const protocols = targets.map(protocolOf)
  const { requirements } = mergedRegister(protocols, targets[0]?.target.dialect ?? 'documented')
  const { features = [] } = options
  const scenarios =
    features.length > 0
      ? readFeatureFiles(features, cwd).filter(
          ({ protocol }) => protocol !== null && protocols.includes(protocol),
        )
      : protocols.flatMap((protocol) => loadFeatures(protocol))
  const { only, tags = null, order } = options
  const named = options.shard === 'auto' ? shardOfCi(env) : (options.shard ?? null)
  const shard = named === '1/1' ? null : named
  if (tags?.trim() === '')
    throw new UsageError('--tags: expected a tag expression such as @RELAY-PUSH-01, got nothing')
  const request = { only, tags, shard, order }
  const source = { scenarios, requirements: [...requirements.keys()], newSeed }
  const selection = select(request, source)
  const concerned = options.protocol === undefined ? concernedBy(targets, request, source) : targets
  return {
    targets: concerned,
    request,
    selection,
    requirements,
    featuresDigest: featuresDigest(scenarios),
    narrow: features.length > 0,
    isPart: features.length > 0,
  }
}

/** The targets of which the request selects something, its shard left aside: all shards are of one run. */
function concernedBy(
  targets: readonly PlannedTarget[],
  request: SelectionRequest,
  source: SelectionSource,
): readonly PlannedTarget[] {
  const { scenarios } = select({ ...request, shard: null, order: 'defined' }, source)
  const concerned = new Set(scenarios.map(({ protocol }) => protocol))
  return targets.filter((target) => concerned.has(protocolOf(target)))
}
