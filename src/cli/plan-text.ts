import type { Skip } from '#evidence/step-evidence.ts'
import { skipText } from '#report/skip-text.ts'
import { wrapped, type Indent } from '#report/wrapped.ts'
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

/** How a plan is shown: its colours, and the most characters of a line. */
export interface PlanPage {
  readonly paint: Colours
  readonly columns: number
}

/** The plan for a reader: what it comes to, then its scenarios by feature. */
export function planText(plan: ShownPlan, page: PlanPage): string {
  const files = [...new Set(plan.rows.map(({ uri }) => uri))]
  const features = files.map((file) =>
    featureLines(
      plan.rows.filter(({ uri }) => uri === file),
      page,
    ),
  )
  return [totalLines(plan, page), ...features].map((lines) => `${lines.join('\n')}\n`).join('\n')
}

function totalLines({ rows, chosen, estimate }: ShownPlan, page: PlanPage): readonly string[] {
  const running = rows.filter(({ skip }) => skip === null)
  const skipped = rows.filter(({ skip }) => skip !== null)
  const urls = chosen.flatMap((each) => (each.kind === 'bundled' ? [] : [each.target.url]))
  const where = urls.join(', ') || `the bundled mocks (${chosen.map(protocolOf).join(', ')})`
  const risks = counts(running.flatMap((row) => row.risks))
  return [
    ...lines(
      `${counted(rows.length, 'scenario')} for ${where}: ${running.length} would run, ${skipped.length} would be skipped`,
      page,
    ).map(page.paint.bold),
    ...timeLines(estimate).flatMap((text) => lines(text, page)),
    ...[...risks].flatMap(([risk, count]) => line(count, RISK_MEANINGS[risk], page)),
    ...operationLines(estimate, page),
    ...skipLines(skipped, page),
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

function operationLines({ operations }: PlanEstimate, page: PlanPage): readonly string[] {
  if (operations.length === 0) return []
  return [
    page.paint.dim('Requests by operation:'),
    ...operations.flatMap(([operation, count]) => line(count, operation, page)),
  ]
}

/** What is skipped, by all that is missing at once, and then what to write for each. */
function skipLines(skipped: readonly PlannedRow[], page: PlanPage): readonly string[] {
  if (skipped.length === 0) return []
  const groups = [...counts(skipped.map(({ missing }) => missingText(missing)))].sort(
    ([, one], [, other]) => other - one,
  )
  const enabling = enablingLines(skipped.flatMap(({ missing }) => missing))
  return [
    page.paint.dim('Skipped:'),
    ...groups.flatMap(([why, count]) => line(count, why, page)),
    ...(enabling.length === 0 ? [] : [page.paint.dim('What would enable them, in the target file:')]),
    ...enabling.flatMap((text) => lines(text, page, { first: '        ', rest: '          ' })),
  ]
}

/** What scenarios need and have not: `for lack of writes, sends and a verificationCode`. */
function missingText(missing: readonly Skip[]): string {
  const [other] = missing.filter(({ code }) => code !== 'risk' && code !== 'capability')
  if (other !== undefined) return skipText(other)
  const words = missing.map(({ code, name }) => (code === 'risk' ? name : withArticle(name)))
  const last = words.at(-1) ?? ''
  return `for lack of ${words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`}`
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

function featureLines(rows: readonly PlannedRow[], page: PlanPage): readonly string[] {
  const [first] = rows
  const { paint } = page
  const below = { first: BELOW, rest: `${BELOW}  ` }
  return [
    ...lines(`${first?.feature ?? ''} (${first?.uri ?? ''})`, page).map(paint.bold),
    ...rows.flatMap(({ line: place, name, requirements, risks, missing }) => [
      ...lines(name, page, { first: `${String(place).padStart(5)}  `, rest: BELOW }),
      ...lines(`${requirements.join(', ')}; ${risks.join(', ')}`, page, below).map(paint.dim),
      ...(missing.length === 0
        ? []
        : lines(`skipped: ${missingText(missing)}`, page, below).map(paint.yellow)),
    ]),
  ]
}

/** Behind the line of a scenario. */
const BELOW = ' '.repeat(7)

function line(count: number, text: string, page: PlanPage): readonly string[] {
  return lines(text, page, { first: `  ${String(count).padStart(5)} `, rest: ' '.repeat(10) })
}

function lines(
  text: string,
  { columns }: PlanPage,
  indent: Indent = { first: '', rest: '  ' },
): readonly string[] {
  return wrapped(text, columns, indent).split('\n')
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
