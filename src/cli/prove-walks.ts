import { wholeArea } from '#protocol/register.ts'
import type { ExploreRequest } from '#run/explored/explore-request.ts'
import { WALK_OUTCOMES, type WalkOutcome, type WalkReport, type WalkTrial } from '#run/explored/walk-trial.ts'
import { featuredProtocols } from '#run/features.ts'
import type { NamedProtocols } from '#run/targets/resolve-target.ts'
import { faultsNamed, loadFaults } from './fault-selection.ts'
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

/** The options of `touchstone prove --explore`. */
export interface ProveWalksOptions {
  readonly protocol?: NamedProtocols
  /** Ids of faults or variants, requirements or areas; none means all. */
  readonly terms: readonly string[]
  /** What is walked: mocks that are wrong, or mocks that are right in another way. */
  readonly what: 'faults' | 'variants'
  /** Of variants, whether only all that go together at once are walked. */
  readonly together: boolean
  readonly request: ExploreRequest
  readonly seed?: string | undefined
  readonly json: boolean
}

/**
 * Walks the bundled mock of its protocol with each fault in turn, behind one without any, or as each variant. Exit codes: 0 every fault was
 * found or every variant accepted, 1 one was not, 4 the harness failed over one, 130 interrupted. Throws a UsageError
 * for an unknown name.
 */
export async function proveWalksCommand(
  options: ProveWalksOptions,
  environment: RunEnvironment,
): Promise<number> {
  const seed = options.seed ?? environment.nonce()
  const trials = await TRIALS[options.what](options, seed)
  const control = await runTrials(
    CONTROLS,
    { trials: controlsOf(trials), seed, json: false },
    quiet(options, environment),
  )
  if (control !== 0) return control
  return runTrials(KINDS[options.what], { trials, seed, json: options.json }, environment)
}

/** The mocks without any fault that are walked in the same way first: where one is found wrong, no figure counts. */
function controlsOf(trials: readonly WalkTrial[]): readonly WalkTrial[] {
  const controls = trials.map((trial) => ({
    ...trial,
    name: `the ${trial.protocol} mock without a fault`,
    area: trial.protocol,
    differs: {},
    target: {},
  }))
  return [...new Map(controls.map((trial) => [`${trial.protocol} ${trial.dialect}`, trial])).values()]
}

/** JSON is printed alone: then what is said of the controls goes to stderr. */
function quiet({ json }: ProveWalksOptions, environment: RunEnvironment): RunEnvironment {
  return json ? { ...environment, stdout: environment.stderr } : environment
}

const TRIALS = { faults: faultTrials, variants: variantTrials } as const

async function faultTrials(options: ProveWalksOptions, seed: string): Promise<readonly WalkTrial[]> {
  const { terms, request } = options
  return faultsNamed(terms, await loadFaults(protocolsOf(options))).map(
    ({ id, requirement, protocol, dialect }) => ({
      name: id,
      area: wholeArea(requirement),
      protocol,
      dialect,
      differs: { faults: [id] },
      target: {},
      request,
      seed,
    }),
  )
}

/** Each variant in each of its dialects, and all that go together at once unless some are named. */
async function variantTrials(options: ProveWalksOptions, seed: string): Promise<readonly WalkTrial[]> {
  const { terms, request, together } = options
  const single = variantsNamed(terms, await loadVariants(protocolsOf(options))).flatMap((variant) =>
    variant.dialects.map((dialect) => ({
      ...variantMock([variant]),
      name: variant.id,
      area: wholeArea(variant.requirement),
      protocol: variant.protocol,
      dialect,
      request,
      seed,
    })),
  )
  if (terms.length > 0) return single
  const composites = (await loadComposites(protocolsOf(options))).map((composite) => ({
    ...variantMock(composite.variants),
    name: nameOf(composite),
    area: composite.protocol,
    protocol: composite.protocol,
    dialect: composite.dialect,
    request,
    seed,
  }))
  return together ? composites : [...single, ...composites]
}

function variantMock(all: readonly KnownVariant[]): Pick<WalkTrial, 'differs' | 'target'> {
  const { variants, target } = mockOf(all)
  return { differs: { variants }, target }
}

function protocolsOf({ protocol = 'all' }: ProveWalksOptions): ReturnType<typeof featuredProtocols> {
  return protocol === 'all' ? featuredProtocols() : [protocol]
}

function kindOf(
  wanted: WalkOutcome,
  words: Readonly<Partial<Record<WalkOutcome, string>>>,
): TrialKind<WalkTrial, WalkReport, WalkOutcome> {
  const wordOf = (outcome: WalkOutcome): string => words[outcome] ?? outcome
  const column = Math.max(...WALK_OUTCOMES.map((outcome) => wordOf(outcome).length))
  return {
    make: (thread, trial) => thread.walk(trial),
    wanted,
    lines: ({ outcome, name, dialect, sequences, durationMs, reasons }) =>
      trialLines(wordOf(outcome), column, [
        `${name} (${dialect}, ${sequences} sequences, ${durationMs} ms)`,
        ...reasons,
      ]),
    totals: (reports) =>
      `${byArea(reports)}${trialTotals(
        'mocks walked',
        reports.map(({ outcome }) => outcome),
        WALK_OUTCOMES.map((outcome) => [outcome, wordOf(outcome), outcome === wanted]),
      )}`,
    member: 'reports',
  }
}

const CONTROLS = kindOf('accepted', { found: 'convicted' })

const KINDS = { faults: kindOf('found', { accepted: 'not found' }), variants: CONTROLS } as const

/** How many were found in each area, a line for each. */
function byArea(reports: readonly WalkReport[]): string {
  const areas = [...new Set(reports.map((report) => report.area))]
  const width = Math.max(0, ...areas.map(({ length }) => length))
  const lines = areas.map((name) => {
    const own = reports.filter((report) => report.area === name)
    const found = own.filter(({ outcome }) => outcome === 'found').length
    return `${name.padEnd(width)} ${String(found).padStart(4)} of ${own.length} found wrong\n`
  })
  return `\n${lines.join('')}`
}
