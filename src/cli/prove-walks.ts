import { createHash } from 'node:crypto'
import { loadRegister, protocolOfId, wholeArea } from '#protocol/register.ts'
import type { ExploreRequest } from '#run/explored/explore-request.ts'
import { outOfReach, type OutOfReach } from '#run/explored/out-of-reach.ts'
import { WALK_OUTCOMES, type WalkOutcome, type WalkReport, type WalkTrial } from '#run/explored/walk-trial.ts'
import { featuredProtocols } from '#run/features.ts'
import type { NamedProtocols } from '#run/targets/resolve-target.ts'
import { faultsNamed, loadFaults, type KnownFault } from './fault-selection.ts'
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
  /** Whether as many mocks are walked that are several variants at once as it takes to be each of them. */
  readonly full: boolean
  /** How many of the faults are drawn by the seed; all where left out. */
  readonly sample?: number | undefined
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
  const faults = faultsNamed(terms, await loadFaults(protocolsOf(options)))
  return drawn(faults, options.sample, seed).map(({ id, requirement, protocol, dialect }) => ({
    name: id,
    area: wholeArea(requirement),
    protocol,
    dialect,
    differs: { faults: [id] },
    target: {},
    request,
    seed,
  }))
}

/** So many of the faults, chosen by a hash over seed and id: more of them are these and others. */
function drawn(
  faults: readonly KnownFault[],
  count: number | undefined,
  seed: string,
): readonly KnownFault[] {
  if (count === undefined) return faults
  const key = ({ id }: KnownFault): string => createHash('sha256').update(`${seed}\n${id}`).digest('hex')
  const chosen = new Set(faults.toSorted((one, other) => (key(one) < key(other) ? -1 : 1)).slice(0, count))
  return faults.filter((fault) => chosen.has(fault))
}

/** Each variant in each of its dialects, and all that go together at once unless some are named. */
async function variantTrials(options: ProveWalksOptions, seed: string): Promise<readonly WalkTrial[]> {
  const { terms, request, together, full } = options
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
  const composites = (await loadComposites(protocolsOf(options), full)).map((composite) => ({
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

/** What is printed of a walk: how outcomes are called, and what is said of each mock, and of all, besides. */
interface WalkWords {
  readonly words: Readonly<Partial<Record<WalkOutcome, string>>>
  readonly remarks: (report: WalkReport) => readonly string[]
  readonly sums: (reports: readonly WalkReport[]) => string
}

function kindOf(
  wanted: WalkOutcome,
  { words, remarks, sums }: WalkWords,
): TrialKind<WalkTrial, WalkReport, WalkOutcome> {
  const wordOf = (outcome: WalkOutcome): string => words[outcome] ?? outcome
  const column = Math.max(...WALK_OUTCOMES.map((outcome) => wordOf(outcome).length))
  return {
    make: (thread, trial) => thread.walk(trial),
    wanted,
    lines: (report) =>
      trialLines(wordOf(report.outcome), column, [
        `${report.name} (${report.dialect}, ${report.sequences} sequences, ${report.durationMs} ms)`,
        ...report.reasons,
        ...remarks(report),
      ]),
    totals: (reports) =>
      `${sums(reports)}${trialTotals(
        'mocks walked',
        reports.map(({ outcome }) => outcome),
        WALK_OUTCOMES.map((outcome) => [outcome, wordOf(outcome), outcome === wanted]),
      )}`,
    member: 'reports',
  }
}

const CONTROLS = kindOf('accepted', {
  words: { found: 'convicted' },
  remarks: () => [],
  sums: byArea,
})

const KINDS = {
  faults: kindOf('found', {
    words: { accepted: 'not found' },
    remarks: (report) => {
      const reach = report.outcome === 'accepted' ? reachOf(report) : null
      return reach === null ? [] : [`${reach.name}: ${reach.reason}`]
    },
    sums: (reports) => `${byArea(reports)}${byReach(reports)}`,
  }),
  variants: CONTROLS,
} as const

/** What stands against finding a fault by walks; null where nothing does. */
function reachOf({ name, area, dialect }: WalkReport): OutOfReach | null {
  const requirement = loadRegister(protocolOfId(area), dialect).requirements.get(name.split('/')[0] ?? '')
  return requirement === undefined ? null : outOfReach(requirement)
}

/** The class of what more sequences may find. */
const WITHIN_REACH: OutOfReach = { name: 'within reach', reason: 'more sequences may find it' }

/** How many were not found of each class, with the reason, a line for each. */
function byReach(reports: readonly WalkReport[]): string {
  const missed = reports
    .filter(({ outcome }) => outcome === 'accepted')
    .map((each) => reachOf(each) ?? WITHIN_REACH)
  const classes = [...new Map(missed.map((reach) => [reach.name, reach])).values()]
  const lines = classes.map(({ name, reason }) => {
    const count = missed.filter((each) => each.name === name).length
    return `${String(count).padStart(4)} not found, ${name}: ${reason}\n`
  })
  return lines.length === 0 ? '' : `\n${lines.join('')}`
}

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
