import type { Target } from '#driver/target.ts'
import { gate, risksOf } from '#driver/gate.ts'
import type { Skip } from '#evidence/step-evidence.ts'
import type { Requirement } from '#protocol/register.ts'
import type { Protocol, Risk } from '#protocol/requirements.ts'
import type { PlannedScenario } from '#run/features.ts'
import { formatOf } from '#run/targets/formats.ts'
import { redactedTarget } from '#run/targets/redacted-target.ts'
import { protocolOf, type PlannedTarget } from '#run/targets/resolve-target.ts'
import { counted } from '#verdict/describe.ts'
import { colours, type Colours } from './colours.ts'
import { prepare, type SelectionOptions } from './prepare.ts'
import type { RunEnvironment } from './run-environment.ts'

/** What `touchstone plan` reads from its command line. */
export interface PlanOptions extends SelectionOptions {
  readonly json?: boolean | undefined
}

/** A scenario of a plan: what it verifies, what it does, and why it would be skipped (null: it would run). */
interface PlannedRow extends Pick<PlannedScenario, 'uri' | 'line' | 'name' | 'feature' | 'rule'> {
  readonly requirements: readonly string[]
  readonly risks: readonly Risk[]
  readonly skip: Skip | null
}

/** Runs `touchstone plan`: prints what `verify` would do and sends nothing. Returns 0; throws a UsageError as `verify` does. */
export function planCommand(options: PlanOptions, environment: RunEnvironment): Promise<number> {
  const { targets, selection, requirements } = prepare(options, {
    ...environment,
    newSeed: environment.nonce,
  })
  const supposedly = targets.map((chosen) => ({ chosen, target: supposed(chosen) }))
  const known = { targets: new Map(supposedly.map(({ target }) => [target.protocol, target])), requirements }
  const rows = selection.scenarios.map((scenario) => planned(scenario, known))
  const text =
    options.json === true
      ? json({ targets: supposedly, order: selection.order, rows })
      : listing(rows, targets, colours(environment))
  environment.stdout.write(text)
  return Promise.resolve(0)
}

/** The target with what a mock's control plane is known to add; nothing is asked, and no mock started, for a plan. */
function supposed({ target, control }: PlannedTarget): Target {
  return control ? formatOf(target.protocol).supposed(target) : target
}

/** What a plan is made with: the target of each protocol, and the requirements by id. */
interface Known {
  readonly targets: ReadonlyMap<Protocol, Target>
  readonly requirements: ReadonlyMap<string, Requirement>
}

function planned(scenario: PlannedScenario, { targets, requirements: register }: Known): PlannedRow {
  const { protocol, uri, line, name, feature, rule, tags } = scenario
  const target = protocol === null ? undefined : targets.get(protocol)
  if (target === undefined) throw new Error(`${uri}: expected a feature of a protocol that is verified`)
  const requirements = tags.flatMap((tag) => register.get(tag) ?? [])
  return {
    uri,
    line,
    name,
    feature,
    rule,
    requirements: requirements.map(({ id }) => id),
    risks: risksOf(requirements, tags),
    skip: gate(requirements, tags, target),
  }
}

function listing(rows: readonly PlannedRow[], chosen: readonly PlannedTarget[], paint: Colours): string {
  const files = [...new Set(rows.map(({ uri }) => uri))]
  const blocks = files.map((file) =>
    block(
      rows.filter(({ uri }) => uri === file),
      paint,
    ),
  )
  return [...blocks, totals(rows, chosen)].map((lines) => `${lines.join('\n')}\n`).join('\n')
}

function block(rows: readonly PlannedRow[], paint: Colours): readonly string[] {
  const [first] = rows
  return [
    paint.bold(first?.feature ?? '') + paint.dim(` (${first?.uri ?? ''})`),
    ...rows.flatMap(({ line, name, requirements, risks, skip }) => [
      `${String(line).padStart(5)}  ${name}`,
      paint.dim(`       ${[...requirements, risks.join(', ')].join('  ')}`),
      ...(skip === null ? [] : [paint.yellow(`       skipped: ${reason(skip)}`)]),
    ]),
  ]
}

function totals(rows: readonly PlannedRow[], chosen: readonly PlannedTarget[]): readonly string[] {
  const running = rows.filter(({ skip }) => skip === null)
  const skips = counts(rows.flatMap(({ skip }) => (skip === null ? [] : [reason(skip)])))
  const risks = counts(running.flatMap((row) => row.risks))
  const urls = chosen.flatMap((each) => (each.kind === 'bundled' ? [] : [each.target.url]))
  const where = urls.join(', ') || `the bundled mocks (${chosen.map(protocolOf).join(', ')})`
  return [
    `${counted(rows.length, 'scenario')} for ${where}: ${running.length} would run, ${rows.length - running.length} be skipped`,
    ...[...risks].map(([risk, count]) => `  ${String(count).padStart(5)} ${RISK_MEANINGS[risk]}`),
    ...(skips.size === 0 ? [] : ['Skipped:']),
    ...[...skips].map(([why, count]) => `  ${String(count).padStart(5)} ${why}`),
    'Nothing was sent.',
  ]
}

const RISK_MEANINGS: Readonly<Record<Risk, string>> = {
  reads: 'read',
  writes: 'write: they make or change something',
  sends: 'send: an SMS, a call or a push goes out',
  destroys: 'destroy: they take something away that was there',
  exhausts: 'exhaust: they use up a rate limit',
  slow: 'are slow',
}

function reason({ code, name, enable }: Skip): string {
  return code === 'risk' ? `risk ${name} is not allowed; ${enable}` : `${code} ${name} is missing; ${enable}`
}

function counts<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const result = new Map<T, number>()
  for (const value of values) result.set(value, (result.get(value) ?? 0) + 1)
  return result
}

interface Plan {
  readonly targets: readonly { readonly chosen: PlannedTarget; readonly target: Target }[]
  readonly order: string
  readonly rows: readonly PlannedRow[]
}

function json({ targets, order, rows }: Plan): string {
  const running = rows.filter(({ skip }) => skip === null)
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
    scenarios: rows,
  }
  return `${JSON.stringify(plan, null, 2)}\n`
}
