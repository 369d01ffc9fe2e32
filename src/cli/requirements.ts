import { resolve } from 'node:path'
import { jsonDocument } from '#evidence/json-text.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { loadClarifications } from './clarifications.ts'
import type { Environment } from './environment.ts'
import { cardJson, cardText, type RequirementCard } from './requirement-card.ts'
import { loadFaults } from './fault-selection.ts'
import type { NamedEntry } from './named-entries.ts'
import { loadVariants } from './variant-selection.ts'
import { coverageOf, coverageText } from './requirement-coverage.ts'
import { listed } from './requirement-list.ts'
import {
  allRows,
  findRow,
  scenariosByRequirement,
  selectRows,
  type RequirementRow,
  type RowFilter,
} from './requirement-rows.ts'
import { pageColumns } from './page-columns.ts'
import { readRunVerdicts, type LatestVerdicts } from './run-verdicts.ts'

/** The options of `touchstone requirements`. The filters work on `list` and `coverage`; `show` takes the term alone, as an id. */
export interface RequirementsOptions extends RowFilter {
  readonly action: 'list' | 'show' | 'coverage'
  readonly json: boolean
  /** The folder of the run that coverage is computed from; `reports` where it is left out. */
  readonly reports?: string | undefined
}

/**
 * Prints the register: its list, one requirement with its scenarios and clarifications, or how far each
 * area is covered. Returns exit code 0. Throws a UsageError at an unknown id or filter, a missing id, and
 * a folder of reports that holds no summary.
 */
export async function requirementsCommand(
  options: RequirementsOptions,
  environment: Environment,
): Promise<number> {
  environment.stdout.write(await answer(options, environment))
  return 0
}

async function answer(options: RequirementsOptions, environment: Environment): Promise<string> {
  const columns = pageColumns(environment.columns)
  switch (options.action) {
    case 'list': {
      const rows = selectRows(allRows(), options)
      return options.json ? jsonDocument({ requirements: rows }) : listed(rows, columns)
    }
    case 'show': {
      const card = await cardOf(options.term)
      return options.json ? jsonDocument(cardJson(card)) : cardText(card, columns)
    }
    case 'coverage':
      return coverage(options, environment)
    default:
      return options.action satisfies never
  }
}

async function cardOf(id: string | undefined): Promise<RequirementCard> {
  if (id === undefined) throw new UsageError('requirements show: expected a requirement id, got none')
  const row = findRow(allRows(), id)
  return {
    row,
    scenarios: scenariosByRequirement().get(row.id) ?? [],
    clarifications: clarificationsOf(row),
    faults: idsOf(row, await loadFaults([row.protocol])),
    variants: idsOf(row, await loadVariants([row.protocol])),
  }
}

function idsOf({ id }: RequirementRow, entries: readonly NamedEntry[]): readonly string[] {
  return entries.filter(({ requirement }) => requirement === id).map((entry) => entry.id)
}

function clarificationsOf({ errata, protocol }: RequirementRow): RequirementCard['clarifications'] {
  if (errata.length === 0) return []
  const known = loadClarifications(protocol)
  return errata.flatMap((id) => known.get(id) ?? [])
}

async function coverage(options: RequirementsOptions, environment: Environment): Promise<string> {
  const folder = options.reports ?? 'reports'
  const run = await readRunVerdicts(resolve(environment.cwd, folder))
  if (run === null && options.reports !== undefined)
    throw new UsageError(`--reports ${folder}: expected a folder with the summary.json of a run, got none`)
  const areas = coverageOf(selectRows(allRows(), options), scenariosByRequirement(), run?.verdicts ?? null)
  if (options.json) return jsonDocument({ reports: run === null ? null : folder, areas })
  return `${coverageText(areas)}\n${legend(run, folder)}\n`
}

function legend(run: LatestVerdicts | null, folder: string): string {
  return `testable: MUST and SHOULD that bind the server; later columns count these.
scenario: have one. known: known deviations. open: not verified.
-: not part of the run.
${origin(run, folder)}`
}

function origin(run: LatestVerdicts | null, folder: string): string {
  if (run === null)
    return `No run in ${folder}/: nothing is verified yet. Make one with touchstone verify,
or name the folder of one with --reports DIR.`
  return run.isEarlier
    ? `Computed from what ran before the last command, which was refused: the summary
of the earlier run in ${folder}/.`
    : `Computed from what ran: the summary of the run in ${folder}/.`
}
