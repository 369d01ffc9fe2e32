import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { loadConfiguration, loadSupport, runCucumber } from '@cucumber/cucumber/api'
import type { Envelope } from '@cucumber/messages'
import type { RequestBudget } from '#driver/request-budget.ts'
import type { Targets } from '#driver/target.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { STEPS } from './compiled-places.ts'
import { watchWorkers } from './worker-processes.ts'

/** What the steps find in `this.parameters`. */
export interface WorldParameters {
  readonly targets: Targets
  /** From which scenarios derive their random values. */
  readonly seed: string
  /** What may be spent; absent where nothing bounds the run. */
  readonly budget?: RequestBudget
  /** The path of the ledger; absent where no server outlives the run. */
  readonly ledger?: string
}

/** One execution of features by cucumber. */
export interface CucumberRun {
  readonly protocols: readonly Protocol[]
  /** `uri:line` of each scenario to run, in order. */
  readonly scenarios: readonly string[]
  /** Whether to read the feature files of these scenarios alone, and not all of the protocols. */
  readonly narrow?: boolean
  /** Feature files besides, relative to the root. */
  readonly further?: readonly string[]
  readonly parameters: WorldParameters
  /** Worker processes; 0 runs everything in this process. */
  readonly parallel: number
  readonly retry: number
  readonly failFast: boolean
  /** Once aborted, no further scenario is begun. */
  readonly interrupted: AbortSignal
  readonly stderr: Writable
  readonly env: Readonly<Record<string, string | undefined>>
  /** Handed every message as it comes. Scenarios kept from starting are among them, with every step skipped. */
  readonly onMessage: (envelope: Envelope) => void
  /** The folder that holds `features/` and the compiled steps; the package itself by default. */
  readonly root?: string
}

const SELECTION_PLUGIN = pathToFileURL(join(PACKAGE_ROOT, 'dist/src/run/selection-plugin.js')).href

/**
 * Runs scenarios of the package's features with its compiled steps. It has no verdict of its own: that is
 * read from the messages. Throws where cucumber cannot run at all (a hook around the run failed, a planned
 * scenario is not in the features).
 */
export async function executeFeatures(run: CucumberRun): Promise<void> {
  // The root as working directory, and globs relative to it, hold also where its path has glob characters.
  const cwd = run.root ?? PACKAGE_ROOT
  const environment = { cwd, stdout: silence(), stderr: run.stderr, env: { ...run.env } }
  const { configuration, support } = await loadedFrom(cwd, environment)
  const runtime = {
    ...configuration.runtime,
    parallel: run.parallel,
    retry: run.retry,
    failFast: run.failFast,
    worldParameters: structuredClone(run.parameters) as object as Record<string, never>,
  }
  const stop = stopping(run, runtime)
  try {
    await runCucumber(
      {
        ...configuration,
        sources: { ...configuration.sources, paths: pathsOf(run) },
        plugins: { specifiers: [SELECTION_PLUGIN], options: { scenarios: [...run.scenarios] } },
        support: run.parallel === 0 ? withoutPaths(support) : support,
        runtime,
      },
      environment,
      stop.onMessage,
    )
  } finally {
    stop.release()
  }
}

function pathsOf({ narrow = false, protocols, scenarios, further = [] }: CucumberRun): string[] {
  if (!narrow) return [...protocols.map((protocol) => `features/${protocol}/*.feature`), ...further]
  return [...new Set(scenarios.map((location) => location.replace(/:\d+$/, '')))]
}

/** What all runs of one root share: cucumber's configuration, and the steps. */
interface LoadedPackage {
  readonly configuration: Awaited<ReturnType<typeof loadConfiguration>>['runConfiguration']
  readonly support: Awaited<ReturnType<typeof loadSupport>>
}

/** By root: steps register themselves when their module is first imported, and never again. */
const loaded = new Map<string, Promise<LoadedPackage>>()

function loadedFrom(root: string, environment: Parameters<typeof loadSupport>[1]): Promise<LoadedPackage> {
  const found = loaded.get(root) ?? load(environment)
  loaded.set(root, found)
  return found
}

async function load(environment: Parameters<typeof loadSupport>[1]): Promise<LoadedPackage> {
  const provided = {
    import: [STEPS],
    // The formatter that does least; what it writes goes nowhere.
    format: ['rerun'],
  }
  const { runConfiguration } = await loadConfiguration({ file: false, provided }, environment)
  const support = await loadSupport(runConfiguration, environment)
  refuseEmptySupport(support)
  return { configuration: runConfiguration, support }
}

/** Support code that is loaded already: only worker processes need its paths, and each costs a search. */
function withoutPaths(support: LoadedPackage['support']): LoadedPackage['support'] {
  const { originalCoordinates, ...library } = support as LoadedPackage['support'] & {
    readonly originalCoordinates: object
  }
  return { ...library, originalCoordinates: { ...originalCoordinates, importPaths: [], requirePaths: [] } }
}

/**
 * Cucumber has no way to stop. In this process it asks before each scenario whether the run is a dry one:
 * from the interrupt on it is, until the last scenario is over, so that the hooks after the run take place.
 * Worker processes are ended instead, each after its running scenario.
 */
function stopping(
  run: CucumberRun,
  runtime: { dryRun: boolean },
): { readonly onMessage: (envelope: Envelope) => void; readonly release: () => void } {
  let toCome = run.scenarios.length
  const workers = watchWorkers()
  const onInterrupt = (): void => {
    runtime.dryRun = toCome > 0
    workers.stop()
  }
  run.interrupted.addEventListener('abort', onInterrupt)
  if (run.interrupted.aborted) onInterrupt()
  return {
    onMessage: (envelope) => {
      if (envelope.testCaseFinished?.willBeRetried === false) toCome -= 1
      if (toCome === 0) runtime.dryRun = false
      workers.note(envelope)
      run.onMessage(envelope)
    },
    release: () => {
      run.interrupted.removeEventListener('abort', onInterrupt)
      workers.release()
    },
  }
}

function refuseEmptySupport(support: object): void {
  const { stepDefinitions } = support as { readonly stepDefinitions?: readonly unknown[] }
  if (stepDefinitions?.length === 0)
    throw new Error(`no step definitions were found under ${STEPS}: run npm run build`)
}

/** Cucumber always formats something to its stdout; here it goes nowhere. */
function silence(): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => {
      done()
    },
  })
}
