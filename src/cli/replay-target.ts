import type { Target } from '#driver/target.ts'
import type { Exchange } from '#evidence/exchange.ts'
import { UsageError } from '#evidence/usage-error.ts'
import type { NamedRun } from '#report/across/named-run.ts'
import { featuredProtocols } from '#run/features.ts'
import { resolveTargets, type PlannedTarget, type TargetOptions } from '#run/targets/resolve-target.ts'
import type { ScenarioResult } from '#verdict/outcome.ts'
import { rerunOptions } from './rerun-options.ts'
import type { RunEnvironment } from './run-environment.ts'

/** What names the server of a replay besides the record. */
interface ReplayWishes {
  /** The folder of the run, and what the server is otherwise than then. */
  readonly options: TargetOptions & { readonly dir: string; readonly mock?: boolean | undefined }
  readonly environment: Pick<RunEnvironment, 'cwd' | 'env'>
}

/** What names the server of a run, and has no use where a mock takes its place. */
const NO_SERVER = {
  url: undefined,
  control: undefined,
  target: undefined,
  ca: undefined,
  insecure: undefined,
}

/**
 * The server of the run, as far as the command line does not name another or asks for a mock. Throws a UsageError where
 * there is none, and where it was a bundled mock and none is to be started.
 */
export function targetOfReplay(
  { protocol: spoken, uri }: ScenarioResult,
  { run }: NamedRun,
  { options, environment: { cwd, env } }: ReplayWishes,
): PlannedTarget {
  const recorded = rerunOptions(run.options.rerun)
  const protocol = spoken ?? recorded.protocol ?? run.protocols[0]
  const before = options.mock === true ? { ...recorded.options, ...NO_SERVER } : recorded.options
  const wished = { dialect: run.dialect, ...before, ...options }
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

/** The base URL that the request was below. A run verifies several bundled mocks of a protocol at once, and names one. */
export function recordedBase({ url }: Exchange, { run }: NamedRun, { protocol }: Target): string {
  const recorded = run.targets.find((each) => each.protocol === protocol)
  return recorded === undefined || recorded.kind === 'bundled' ? new URL(url).origin : recorded.url
}
