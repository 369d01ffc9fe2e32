import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { byPlace, type ScenarioAttempt, type ScenarioRecord } from '#verdict/attempt.ts'
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

/** The figures that the record of a run gives for the scenarios of a protocol, in an order that is the same for every run. */
export function figuresOf(protocol: Protocol, records: Iterable<ScenarioRecord>): RequestFigures {
  const counted = [...records]
    .filter(({ plan }) => plan.uri.startsWith(`features/${protocol}/`))
    .toSorted((one, other) => byPlace(one.plan, other.plan))
    .flatMap(({ plan, attempts }) => attempts.slice(-1).map((last) => ({ plan, counts: countsOf(last) })))
  const operations = [...new Set(counted.flatMap(({ counts }) => [...counts.keys()]))].toSorted()
  const scenarios: Record<string, Record<string, string>> = {}
  for (const { plan, counts } of counted) {
    const written = operations.flatMap((operation, place) => {
      const count = counts.get(operation)
      return count === undefined ? [] : [`${place}x${count}`]
    })
    scenarios[plan.uri] = { ...scenarios[plan.uri], [plan.name]: written.join(' ') }
  }
  return { operations, scenarios }
}

function countsOf({ steps }: ScenarioAttempt): RequestCounts {
  const counts = new Map<string, number>()
  const exchanges = steps.flatMap(({ evidence }) => evidence.flatMap((each) => each.exchanges))
  for (const { operation } of exchanges) {
    // What follows a comma says how a request deviates.
    const [plain = operation] = operation.split(', ')
    counts.set(plain, (counts.get(plain) ?? 0) + 1)
  }
  return counts
}
