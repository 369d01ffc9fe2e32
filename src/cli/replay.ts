import { secretVariable } from '#driver/secret-variable.ts'
import type { Target } from '#driver/target.ts'
import type { NamedRun } from '#report/across/named-run.ts'
import { exchangeList } from '#report/replay/exchange-list.ts'
import {
  exchangeNumber,
  exchangeNumbered,
  recordedExchanges,
  scenariosNamed,
  type RecordedExchange,
} from '#report/replay/recorded-exchanges.ts'
import { isAsRecorded, replayLine, replayText } from '#report/replay/replay-text.ts'
import { rerunCommand } from '#report/failures.ts'
import { refuseScenario } from '#run/replay/refuse-risks.ts'
import { replayExchange } from '#run/replay/replay-exchange.ts'
import type { TargetOptions } from '#run/targets/resolve-target.ts'
import { startTargets } from '#run/targets/start-targets.ts'
import { failedCapability } from './failed-capability.ts'
import { latestRun } from './named-run.ts'
import { recordedBase, targetOfReplay } from './replay-target.ts'
import type { RunEnvironment } from './run-environment.ts'

/** What `touchstone replay` reads from its command line; of the target what it says otherwise than the run did. */
export interface ReplayOptions extends TargetOptions {
  /** The folder of the run. */
  readonly dir: string
  /** Left out, exchanges are listed. */
  readonly exchange?: string | undefined
  readonly scenario?: string | undefined
  /** Whether to start a bundled mock in place of the server of the run. */
  readonly mock?: boolean | undefined
}

const CHANGED = 1
const INCONCLUSIVE = 3

/**
 * Sends one exchange of a run again and shows what differs. Returns 0 where it ends as recorded, 1 where it does not, 3 where there
 * is no answer now and was one. Throws a UsageError where it cannot or must not be sent.
 */
export async function replayCommand(options: ReplayOptions, environment: RunEnvironment): Promise<number> {
  const judged = latestRun(options.dir, environment)
  const scenarios = scenariosNamed(judged.verdicts.scenarios, options.scenario)
  if (options.exchange === undefined) {
    environment.stdout.write(exchangeList(scenarios, options.scenario !== undefined))
    return 0
  }
  const found = exchangeNumbered(recordedExchanges(scenarios), options.exchange)
  const planned = targetOfReplay(found.scenario, judged, { options, environment })
  refuseScenario(found.scenario, planned.target)
  const running = await startTargets([planned], judged.run.seed)
  try {
    const [target = planned.target] = running.targets
    return await replayed(found, target, { judged, environment })
  } finally {
    await running.close()
  }
}

/** Why an exchange may end otherwise at a server that does the same as before. */
const WITHOUT_BEFORE =
  'What the exchanges before it left at the server may be gone. This repeats all of them:'

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
  if (!isAsRecorded(repeated)) stdout.write(`\n${WITHOUT_BEFORE}\n  ${rerunCommand(judged.run, scenario)}\n`)
  if (isAsRecorded(repeated)) return 0
  return now.response === null ? INCONCLUSIVE : CHANGED
}
