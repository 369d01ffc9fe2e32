import { secretVariable } from '#driver/secret-variable.ts'
import type { Target } from '#driver/target.ts'
import type { Exchange } from '#evidence/exchange.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { exchangeLine } from '#report/exchange-text.ts'
import type { NamedRun } from '#report/across/named-run.ts'
import {
  exchangeNumber,
  exchangeNumbered,
  recordedExchanges,
  scenariosNamed,
  type RecordedExchange,
} from '#report/replay/recorded-exchanges.ts'
import { isAsRecorded, replayLine, replayText } from '#report/replay/replay-text.ts'
import { featuredProtocols } from '#run/features.ts'
import { refuseScenario } from '#run/replay/refuse-risks.ts'
import { replayExchange } from '#run/replay/replay-exchange.ts'
import { resolveTargets, type PlannedTarget, type TargetOptions } from '#run/targets/resolve-target.ts'
import { startTargets } from '#run/targets/start-targets.ts'
import type { ScenarioResult } from '#verdict/outcome.ts'
import { failedCapability } from './failed-capability.ts'
import { namedRun } from './named-run.ts'
import { rerunOptions } from './rerun-options.ts'
import type { RunEnvironment } from './run-environment.ts'

/** What `touchstone replay` reads from its command line; of the target what it says otherwise than the run did. */
export interface ReplayOptions extends TargetOptions {
  /** The folder of the run. */
  readonly dir: string
  /** Left out, exchanges are listed. */
  readonly exchange?: string | undefined
  readonly scenario?: string | undefined
  /** Whether to start a bundled mock, where the run verified one. */
  readonly mock?: boolean | undefined
}

const CHANGED = 1
const INCONCLUSIVE = 3

/**
 * Sends one exchange of a run again and shows what differs. Returns 0 where it ends as recorded, 1 where it does not, 3 where there
 * is no answer now and was one. Throws a UsageError where it cannot or must not be sent.
 */
export async function replayCommand(options: ReplayOptions, environment: RunEnvironment): Promise<number> {
  const judged = namedRun(options.dir, environment.cwd)
  const scenarios = scenariosNamed(judged.verdicts.scenarios, options.scenario)
  if (options.exchange === undefined) {
    environment.stdout.write(listing(scenarios, options.scenario !== undefined))
    return 0
  }
  const found = exchangeNumbered(recordedExchanges(scenarios), options.exchange)
  const planned = plannedTarget(found.scenario, judged, { options, environment })
  refuseScenario(found.scenario, planned.target)
  const running = await startTargets([planned], judged.run.seed)
  try {
    const [target = planned.target] = running.targets
    return await replayed(found, target, { judged, environment })
  } finally {
    await running.close()
  }
}

interface Replaying {
  readonly judged: NamedRun
  readonly environment: RunEnvironment
}

async function replayed(
  { exchange, scenario }: RecordedExchange,
  target: Target,
  { judged, environment: { env, stdout } }: Replaying,
): Promise<number> {
  const at = {
    url: recordedBase(exchange, judged, target),
    given: Object.keys(target.headers ?? {}),
    fill: (name: string) => env[secretVariable(name)],
  }
  const { exchange: now, as } = await replayExchange(exchange, target, { at, env }).catch(failedCapability)
  const repeated = { recorded: exchange, now }
  const how = as === null ? '' : `, as ${as}`
  stdout.write(
    `Exchange ${exchangeNumber(exchange)} of "${scenario.name}"\nsent again to ${target.url}${how}\n\n${replayText(repeated)}\n${replayLine(repeated)}\n`,
  )
  if (isAsRecorded(repeated)) return 0
  return now.response === null ? INCONCLUSIVE : CHANGED
}

/** The base URL that the request was below. A run verifies several bundled mocks of a protocol at once, and names one. */
function recordedBase({ url }: Exchange, { run }: NamedRun, { protocol }: Target): string {
  const recorded = run.targets.find((each) => each.protocol === protocol)
  return recorded === undefined || recorded.kind === 'bundled' ? new URL(url).origin : recorded.url
}

/** As many are listed. */
const LISTED = 100

function listing(scenarios: readonly ScenarioResult[], isNamed: boolean): string {
  const failed = scenarios.filter(({ outcome }) => outcome === 'failed')
  const all = recordedExchanges(isNamed || failed.length === 0 ? scenarios : failed)
  const lines = all
    .slice(0, LISTED)
    .map(({ exchange }) => `${exchangeNumber(exchange).padStart(6)}  ${exchangeLine(exchange)}\n`)
  const rest =
    all.length > LISTED ? `… and ${all.length - LISTED} more: name a scenario with --scenario\n` : ''
  return `${lines.join('')}${rest}Send one again with --exchange N.\n`
}

interface Wished {
  readonly options: ReplayOptions
  readonly environment: RunEnvironment
}

/** The server of the run, as far as the command line does not name another. */
function plannedTarget(
  { protocol: spoken, uri }: ScenarioResult,
  { run }: NamedRun,
  { options, environment: { cwd, env } }: Wished,
): PlannedTarget {
  const recorded = rerunOptions(run.options.rerun)
  const protocol = spoken ?? recorded.protocol ?? run.protocols[0]
  const wished = { dialect: run.dialect, ...recorded.options, ...options }
  const targets = resolveTargets(protocol, wished, { cwd, env, featured: featuredProtocols() })
  const planned = targets.find(({ target }) => target.protocol === protocol)
  if (planned === undefined)
    throw new UsageError(`${options.dir}: expected a run of relay or mstore, got ${uri}`)
  if (planned.kind === 'bundled' && options.mock !== true)
    throw new UsageError(
      `${options.dir}: the bundled ${planned.target.protocol} mock of this run ended with it: --mock starts one like it, or name a server with --url or --target`,
    )
  return planned
}
