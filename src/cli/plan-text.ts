import type { Skip } from '#evidence/step-evidence.ts'
import { skipText } from '#report/skip-text.ts'
import { duration } from '#report/wording.ts'
import { RISKS, type Risk } from '#protocol/requirements.ts'
import { protocolOf, type PlannedTarget } from '#run/targets/resolve-target.ts'
import { counted } from '#verdict/describe.ts'
import type { Colours } from './colours.ts'
import type { PlanEstimate } from './plan-estimate.ts'
import type { PlannedRow } from './planned-rows.ts'

/** A plan that is shown. */
export interface ShownPlan {
  readonly rows: readonly PlannedRow[]
  readonly chosen: readonly PlannedTarget[]
  readonly estimate: PlanEstimate
}

/** The plan for a reader: what it comes to, then its scenarios by feature. */
export function planText(plan: ShownPlan, paint: Colours): string {
  const files = [...new Set(plan.rows.map(({ uri }) => uri))]
  const features = files.map((file) =>
    featureLines(
      plan.rows.filter(({ uri }) => uri === file),
      paint,
    ),
  )
  return [totalLines(plan, paint), ...features].map((lines) => `${lines.join('\n')}\n`).join('\n')
}

function totalLines({ rows, chosen, estimate }: ShownPlan, paint: Colours): readonly string[] {
  const running = rows.filter(({ skip }) => skip === null)
  const skipped = rows.filter(({ skip }) => skip !== null)
  const urls = chosen.flatMap((each) => (each.kind === 'bundled' ? [] : [each.target.url]))
  const where = urls.join(', ') || `the bundled mocks (${chosen.map(protocolOf).join(', ')})`
  const risks = counts(running.flatMap((row) => row.risks))
  return [
    paint.bold(
      `${counted(rows.length, 'scenario')} for ${where}: ${running.length} would run, ${skipped.length} be skipped`,
    ),
    ...timeLines(estimate),
    ...[...risks].map(([risk, count]) => line(count, RISK_MEANINGS[risk])),
    ...operationLines(estimate, paint),
    ...skipLines(skipped, paint),
    'Nothing was sent.',
  ]
}

function timeLines({
  requests,
  durationMs,
  waitMs,
  requestsPerSecond,
  requestMs,
}: PlanEstimate): readonly string[] {
  if (requests === 0) return []
  const pace = requestsPerSecond === null ? `${requestMs} ms each` : `${requestsPerSecond} a second`
  const waits = waitMs === 0 ? '' : `, ${duration(waitMs)} of it for limiters to refill`
  return [
    `About ${counted(requests, 'request')}; at ${pace} that takes about ${duration(durationMs)}${waits}.`,
  ]
}

function operationLines({ operations }: PlanEstimate, paint: Colours): readonly string[] {
  if (operations.length === 0) return []
  return [
    paint.dim('Requests by operation:'),
    ...operations.map(([operation, count]) => line(count, operation)),
  ]
}

/** What is skipped, by all that is missing at once, and then what to write for each. */
function skipLines(skipped: readonly PlannedRow[], paint: Colours): readonly string[] {
  if (skipped.length === 0) return []
  const groups = [...counts(skipped.map(({ missing }) => needsText(missing)))].sort(
    ([, one], [, other]) => other - one,
  )
  const lines = enablingLines(skipped.flatMap(({ missing }) => missing))
  return [
    paint.dim('Skipped:'),
    ...groups.map(([why, count]) => line(count, why)),
    ...(lines.length === 0 ? [] : [paint.dim('What would enable them, in the target file:')]),
    ...lines.map((text) => `        ${text}`),
  ]
}

/** What a scenario needs and has not: `needs writes, sends and a verificationCode`. */
function needsText(missing: readonly Skip[]): string {
  const [other] = missing.filter(({ code }) => code !== 'risk' && code !== 'capability')
  if (other !== undefined) return skipText(other)
  const words = missing.map(({ code, name }) => (code === 'risk' ? name : withArticle(name)))
  const last = words.at(-1) ?? ''
  return `needs ${words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`}`
}

/** What there are several of, or nothing to count, has no article. */
function withArticle(name: string): string {
  if (/s$|^(gba|federation)$/.test(name)) return name
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`
}

/** The lines of the target file that would enable what is skipped; one allows all risks together. */
function enablingLines(missing: readonly Skip[]): readonly string[] {
  const allowed = new Set(
    missing.flatMap(({ code, enable }) => (code === 'risk' ? (enable.match(/\w+/g) ?? []) : [])),
  )
  const risks = RISKS.filter((risk) => allowed.has(risk))
  const capabilities = missing.filter(({ code }) => code === 'capability').map(({ enable }) => enable)
  return [...(risks.length === 0 ? [] : [`allow: [${risks.join(', ')}]`]), ...new Set(capabilities)]
}

function featureLines(rows: readonly PlannedRow[], paint: Colours): readonly string[] {
  const [first] = rows
  return [
    paint.bold(first?.feature ?? '') + paint.dim(` (${first?.uri ?? ''})`),
    ...rows.flatMap(({ line: place, name, requirements, risks, missing }) => [
      `${String(place).padStart(5)}  ${name}`,
      paint.dim(`       ${[...requirements, risks.join(', ')].join('  ')}`),
      ...(missing.length === 0 ? [] : [paint.yellow(`       skipped: ${needsText(missing)}`)]),
    ]),
  ]
}

function line(count: number, text: string): string {
  return `  ${String(count).padStart(5)} ${text}`
}

const RISK_MEANINGS: Readonly<Record<Risk, string>> = {
  reads: 'read',
  writes: 'write: they make or change something',
  sends: 'send: an SMS, a call or a push goes out',
  destroys: 'destroy: they take something away that was there',
  exhausts: 'exhaust: they use up a rate limit',
  slow: 'are slow',
}

function counts<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const result = new Map<T, number>()
  for (const value of values) result.set(value, (result.get(value) ?? 0) + 1)
  return result
}
