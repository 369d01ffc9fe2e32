import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import type { Protocol } from '#protocol/requirements.ts'
import type { ScenarioRecord } from '#verdict/attempt.ts'
import type { PlannedScenario } from './features.ts'

/** How many requests of each operation something makes. */
export type RequestCounts = ReadonlyMap<string, number>

/** The requests of the scenarios of a protocol, as one run against the bundled mock made them. */
interface RequestFigures {
  /** The operations, by their places in the list. */
  readonly operations: readonly string[]
  /** By file and name of a scenario: place and count of each operation, such as `0x1 3x2`. */
  readonly scenarios: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** The requests that a scenario is known to make; null where it is not known. */
export function requestsOf({ protocol, uri, name }: PlannedScenario): RequestCounts | null {
  if (protocol === null) return null
  const { operations, scenarios } = known.get(protocol) ?? readFigures(protocol)
  const written = scenarios[uri]?.[name]
  if (written === undefined) return null
  return new Map(
    written.split(' ').flatMap((entry) => {
      const [place = '', count = ''] = entry.split('x')
      const operation = operations[Number(place)]
      return operation === undefined ? [] : [[operation, Number(count)] as const]
    }),
  )
}

const known = new Map<Protocol, RequestFigures>()

function readFigures(protocol: Protocol): RequestFigures {
  const file = join(PACKAGE_ROOT, 'features', protocol, 'requests.json')
  const figures = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as RequestFigures)
    : { operations: [], scenarios: {} }
  known.set(protocol, figures)
  return figures
}

/** The figures that the record of a run gives for the scenarios of a protocol. */
export function figuresOf(protocol: Protocol, records: Iterable<ScenarioRecord>): RequestFigures {
  const operations: string[] = []
  const scenarios: Record<string, Record<string, string>> = {}
  for (const { plan, attempts } of records) {
    const last = attempts.at(-1)
    if (last === undefined || !plan.uri.startsWith(`features/${protocol}/`)) continue
    const counts = new Map<number, number>()
    const exchanges = last.steps.flatMap(({ evidence }) => evidence.flatMap((each) => each.exchanges))
    for (const { operation } of exchanges) {
      // What follows a comma says how a request deviates.
      const [plain = operation] = operation.split(', ')
      if (!operations.includes(plain)) operations.push(plain)
      const place = operations.indexOf(plain)
      counts.set(place, (counts.get(place) ?? 0) + 1)
    }
    const written = [...counts].map(([place, count]) => `${place}x${count}`).join(' ')
    scenarios[plan.uri] = { ...scenarios[plan.uri], [plan.name]: written }
  }
  return { operations, scenarios }
}
