import { wholeArea } from '#protocol/register.ts'
import { featuredProtocols, loadFeatures, type PlannedScenario } from '#run/features.ts'
import { partsByEncryption } from '#run/targets/unencrypted.ts'
import type { NamedProtocols } from '#run/targets/resolve-target.ts'
import {
  VARIANT_OUTCOMES,
  type VariantOutcome,
  type VariantReport,
  type VariantTrial,
} from '#run/try-variant.ts'
import type { RunEnvironment } from './run-environment.ts'
import { runTrials, trialLines, trialTotals, type TrialKind } from './trials.ts'
import {
  loadComposites,
  loadVariants,
  mockOf,
  nameOf,
  variantsNamed,
  type KnownVariant,
} from './variant-selection.ts'

/** The options of `touchstone prove --variants`. */
export interface ProveVariantsOptions {
  readonly protocol?: NamedProtocols
  /** Ids of variants, requirements or areas; none means all, and then the composites as well. */
  readonly variants: readonly string[]
  /** Whether only the composites are tried. */
  readonly together: boolean
  /** Whether the whole suite runs against each variant, and against as many composites as hold each of them. */
  readonly full: boolean
  readonly seed?: string | undefined
  readonly json: boolean
}

/**
 * Verifies the bundled mocks as each variant in turn, with the scenarios of its areas, and as composites of all that
 * can be together, with the whole suite and in both dialects: in plain text but for what is about TLS. A variant that is
 * not named is tried alone in the first of its dialects. Exit codes: 0 all were accepted, 1 one was convicted or left open, 4 the
 * harness failed over one, 130 interrupted. Throws a UsageError for an unknown variant.
 */
export async function proveVariantsCommand(
  options: ProveVariantsOptions,
  environment: RunEnvironment,
): Promise<number> {
  const seed = options.seed ?? environment.nonce()
  const trials = await trialsOf(options, seed)
  return runTrials(REPORTS, { trials, seed, json: options.json }, environment)
}

const REPORTS: TrialKind<VariantTrial, VariantReport, VariantOutcome> = {
  make: (thread, trial) => thread.tryVariant(trial),
  wanted: 'accepted',
  lines: linesOf,
  totals: (reports) =>
    trialTotals(
      'trials of variants',
      reports.map(({ outcome }) => outcome),
      VARIANT_OUTCOMES.map((outcome) => [outcome, outcome, outcome === 'accepted']),
    ),
  member: 'reports',
}

const COLUMN = Math.max(...VARIANT_OUTCOMES.map(({ length }) => length))

function linesOf({ outcome, name, dialect, scenarios, reasons, durationMs }: VariantReport): string {
  const title = `${name} (${dialect}, ${scenarios} scenarios, ${durationMs} ms)`
  return trialLines(outcome, COLUMN, [title, ...(outcome === 'accepted' ? [] : reasons)])
}

async function trialsOf(
  { protocol: named = 'all', variants: terms, together, full }: ProveVariantsOptions,
  seed: string,
): Promise<readonly VariantTrial[]> {
  const protocols = named === 'all' ? featuredProtocols() : [named]
  const scenarios = new Map(protocols.map((protocol) => [protocol, loadFeatures(protocol)]))
  const single = variantsNamed(terms, await loadVariants(protocols)).flatMap((variant) => {
    const own = scenarios.get(variant.protocol) ?? []
    const chosen = full ? own : concernedBy(variant, own)
    const dialects = terms.length > 0 ? variant.dialects : variant.dialects.slice(0, 1)
    return dialects.map((dialect) => ({
      name: variant.id,
      ...mockOf([variant]),
      protocol: variant.protocol,
      dialect,
      scenarios: chosen,
      seed,
    }))
  })
  if (terms.length > 0) return single
  const composites = (await loadComposites(protocols, full)).flatMap((composite) =>
    partsByEncryption(scenarios.get(composite.protocol) ?? []).map((part) => ({
      name: nameOf(composite),
      ...mockOf(composite.variants),
      protocol: composite.protocol,
      dialect: composite.dialect,
      scenarios: part,
      seed,
    })),
  )
  return together ? composites : [...single, ...composites]
}

/** The scenarios of a variant's areas, or of the few requirements it names. */
function concernedBy(
  { requirement, areas, scenarios: only }: KnownVariant,
  own: readonly PlannedScenario[],
): readonly PlannedScenario[] {
  if (only !== null) return own.filter(({ tags }) => tags.some((tag) => only.includes(tag)))
  const prefixes = [wholeArea(requirement), ...areas].map((name) => `${name}-`)
  return own.filter(({ tags }) => tags.some((tag) => prefixes.some((prefix) => tag.startsWith(prefix))))
}
