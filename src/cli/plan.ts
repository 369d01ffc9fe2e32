import { jsonDocument } from '#evidence/json-text.ts'
import type { Target } from '#driver/target.ts'
import { formatOf } from '#run/targets/formats.ts'
import { redactedTarget } from '#run/targets/redacted-target.ts'
import type { PlannedTarget } from '#run/targets/resolve-target.ts'
import { colours } from './colours.ts'
import { estimateOf, type PlanEstimate } from './plan-estimate.ts'
import { planText } from './plan-text.ts'
import { pageColumns } from './page-columns.ts'
import { plannedRow, type PlannedRow } from './planned-rows.ts'
import { prepare, type SelectionOptions } from './prepare.ts'
import type { RunEnvironment } from './run-environment.ts'

/** What `touchstone plan` reads from its command line. */
export interface PlanOptions extends SelectionOptions {
  readonly json?: boolean | undefined
}

/** Runs `touchstone plan`: prints what `verify` would do and sends nothing. Returns 0; throws a UsageError as `verify` does. */
export function planCommand(options: PlanOptions, environment: RunEnvironment): Promise<number> {
  const { targets, selection, requirements } = prepare(options, {
    ...environment,
    newSeed: environment.nonce,
  })
  const supposedly = targets.map((chosen) => ({ chosen, target: supposed(chosen) }))
  const setting = {
    targets: new Map(supposedly.map(({ target }) => [target.protocol, target])),
    requirements,
  }
  const rows = selection.scenarios.map((scenario) => plannedRow(scenario, setting))
  const estimate = estimateOf(
    rows,
    supposedly.map(({ target }) => target),
  )
  const text =
    options.json === true
      ? json({ targets: supposedly, order: selection.order, rows, estimate })
      : planText(
          { rows, chosen: targets, estimate },
          { paint: colours(environment), columns: pageColumns(environment.columns) },
        )
  environment.stdout.write(text)
  return Promise.resolve(0)
}

/** The target with what a mock's control plane is known to add; nothing is asked, and no mock started, for a plan. */
function supposed({ target }: PlannedTarget): Target {
  return formatOf(target.protocol).supposed(target)
}

interface Plan {
  readonly targets: readonly { readonly chosen: PlannedTarget; readonly target: Target }[]
  readonly order: string
  readonly rows: readonly PlannedRow[]
  readonly estimate: PlanEstimate
}

function json({ targets, order, rows, estimate }: Plan): string {
  const running = rows.filter(({ skip }) => skip === null)
  const { requests, waitMs, durationMs, operations } = estimate
  const plan = {
    schemaVersion: 2,
    protocols: targets.map(({ target }) => target.protocol),
    dialect: targets[0]?.target.dialect,
    targets: targets.map(({ chosen, target }) =>
      chosen.kind === 'bundled'
        ? { kind: 'bundled', protocol: target.protocol }
        : { kind: 'deployment', ...redactedTarget(target) },
    ),
    order,
    totals: { scenarios: rows.length, run: running.length, skipped: rows.length - running.length },
    estimate: { requests, durationMs, waitMs, operations: Object.fromEntries(operations) },
    scenarios: rows.map(({ requests: counts, ...row }) => ({
      ...row,
      requests: counts === null ? null : Object.fromEntries(counts),
    })),
  }
  return jsonDocument(plan)
}
