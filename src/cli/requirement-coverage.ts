import { bindsServer, type RequirementRow } from './requirement-rows.ts'
import type { RunVerdicts } from './run-verdicts.ts'

/** The verdicts that a run gives, in the order of the columns. */
const VERDICTS = ['verified', 'violated', 'known-deviation', 'not-verified'] as const

/** How far one area is covered. Only `requirements` counts every row; all else counts those a server can be held to. */
export interface AreaCoverage {
  readonly protocol: string
  readonly area: string
  readonly requirements: number
  /** MUST and SHOULD requirements that bind the server and can be tested. */
  readonly testable: number
  readonly withScenario: number
  /** Requirements that bind the client alone, or that no server's answers can show. */
  readonly unseen: number
  /** Those of them that tests of the suite's own client hold. */
  readonly heldByTests: number
  /** What the run found of them; null where the run did not take in this protocol, or there is none. */
  readonly run: Readonly<Record<(typeof VERDICTS)[number], number>> | null
}

/** The coverage of each area of `rows`, in their order; `tagged` holds the ids that have a scenario. */
export function coverageOf(
  rows: readonly RequirementRow[],
  tagged: { readonly has: (id: string) => boolean },
  verdicts: RunVerdicts | null,
): readonly AreaCoverage[] {
  const areas = new Map<string, RequirementRow[]>()
  for (const row of rows) {
    const key = `${row.protocol} ${row.area}`
    areas.set(key, [...(areas.get(key) ?? []), row])
  }
  return [...areas.values()].map((area) => {
    const testable = area.filter(bindsServer)
    const known = verdicts !== null && area.some(({ id }) => verdicts.has(id))
    return {
      protocol: area[0]?.protocol ?? '',
      area: area[0]?.area ?? '',
      requirements: area.length,
      testable: testable.length,
      withScenario: testable.filter(({ id }) => tagged.has(id)).length,
      unseen: area.filter(isUnseen).length,
      heldByTests: area.filter((row) => isUnseen(row) && row.tests.length > 0).length,
      run: known ? counted(testable, verdicts) : null,
    }
  })
}

/** The coverage as a table of 80 columns, with a line of totals for each protocol. */
export function coverageText(areas: readonly AreaCoverage[]): string {
  const protocols = [...new Set(areas.map(({ protocol }) => protocol))]
  const lines = protocols.flatMap((protocol) => {
    const own = areas.filter((area) => area.protocol === protocol)
    return [
      ...own.map((area) => line(`${protocol} ${area.area}`, area)),
      line(`${protocol}, all`, total(own)),
      unseenLine(protocol, total(own)),
      '',
    ]
  })
  return `${HEADING}\n${lines.join('\n')}`
}

const HEADING = cells('', ['rows', 'testable', 'scenario', 'verified', 'violated', 'known', 'open'])

function line(title: string, area: AreaCoverage): string {
  const { requirements, testable, withScenario, run } = area
  const found = VERDICTS.map((verdict) => (run === null ? '-' : String(run[verdict])))
  return cells(title, [requirements, testable, withScenario].map(String).concat(found))
}

function unseenLine(protocol: string, { unseen, heldByTests }: AreaCoverage): string {
  return `${protocol}: ${unseen} rows bind the client or cannot be tested; tests of Touchstone's own\nclient cover ${heldByTests} of them`
}

function isUnseen({ binds, untestable }: RequirementRow): boolean {
  return binds === 'client' || untestable !== null
}

function cells(title: string, values: readonly string[]): string {
  return (
    title.padEnd(18) +
    values
      .map((value) => value.padStart(9))
      .join('')
      .slice(2)
  )
}

function counted(rows: readonly RequirementRow[], verdicts: RunVerdicts): NonNullable<AreaCoverage['run']> {
  const count = (verdict: string): number =>
    rows.filter(({ id }) => (verdicts.get(id) ?? 'not-verified') === verdict).length
  return {
    verified: count('verified'),
    violated: count('violated'),
    'known-deviation': count('known-deviation'),
    'not-verified': count('not-verified'),
  }
}

function total(areas: readonly AreaCoverage[]): AreaCoverage {
  const sum = (value: (area: AreaCoverage) => number): number =>
    areas.reduce((all, area) => all + value(area), 0)
  const ran = areas.flatMap(({ run }) => (run === null ? [] : [run]))
  const found = (verdict: (typeof VERDICTS)[number]): number =>
    ran.reduce((all, run) => all + run[verdict], 0)
  return {
    protocol: areas[0]?.protocol ?? '',
    area: '',
    requirements: sum((area) => area.requirements),
    testable: sum((area) => area.testable),
    withScenario: sum((area) => area.withScenario),
    unseen: sum((area) => area.unseen),
    heldByTests: sum((area) => area.heldByTests),
    run:
      ran.length === 0
        ? null
        : {
            verified: found('verified'),
            violated: found('violated'),
            'known-deviation': found('known-deviation'),
            'not-verified': found('not-verified'),
          },
  }
}
