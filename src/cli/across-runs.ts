import { UsageError } from '#evidence/usage-error.ts'
import { compareRuns } from '#report/across/compare-runs.ts'
import { comparisonDocument } from '#report/across/comparison-document.ts'
import type { Document } from '#report/across/document.ts'
import { formatDocument, type DocumentFormat } from '#report/across/format-document.ts'
import type { NamedRun } from '#report/across/named-run.ts'
import { matrixDocument } from '#report/across/matrix-document.ts'
import { trendDocument } from '#report/across/trend-document.ts'
import type { Environment } from './environment.ts'
import { latestRun, namedRun } from './named-run.ts'

/** The options of the commands that set runs beside each other. */
export interface AcrossOptions {
  /** Folders of runs. */
  readonly dirs: readonly string[]
  readonly format: DocumentFormat
}

type Shown = Pick<Environment, 'cwd' | 'stdout' | 'stderr' | 'columns'>

/**
 * Compares the later of two runs with the earlier one; 1 where it is worse, else 0. Throws a UsageError where a
 * folder holds no run, or the two are of other protocols.
 */
export function compareCommand({ dirs, format }: AcrossOptions, shown: Shown): number {
  const [before, after] = atLeastTwo('compare', dirs, (dir) => namedRun(dir, shown.cwd))
  const [of, with_] = [before.run.protocols.join(', '), after.run.protocols.join(', ')]
  if (of !== with_)
    throw new UsageError(`compare: expected two runs of the same protocols, got ${of} and ${with_}`)
  const comparison = compareRuns(before, after)
  write(comparisonDocument(comparison), format, shown)
  return comparison.regressed ? 1 : 0
}

/** Shows runs side by side; always 0. Throws a UsageError where a folder holds no run. */
export function matrixCommand({ dirs, format }: AcrossOptions, shown: Shown): number {
  const runs = atLeastTwo('matrix', dirs, (dir) => latestRun(dir, shown))
  write(matrixDocument(runs), format, shown)
  return 0
}

/** Shows runs over time; always 0. Throws a UsageError where a folder holds no run. */
export function trendCommand({ dirs, format }: AcrossOptions, shown: Shown): number {
  const runs = atLeastTwo('trend', dirs, (dir) => latestRun(dir, shown))
  write(trendDocument(runs), format, shown)
  return 0
}

function write(document: Document, format: DocumentFormat, { stdout, columns }: Shown): void {
  stdout.write(formatDocument(document, format, columns))
}

type Runs = readonly [NamedRun, NamedRun, ...NamedRun[]]

function atLeastTwo(command: string, dirs: readonly string[], read: (dir: string) => NamedRun): Runs {
  const [first, second, ...rest] = dirs.map(read)
  if (first === undefined || second === undefined)
    throw new UsageError(`${command}: expected the folders of two runs or more, got ${dirs.length}`)
  return [first, second, ...rest]
}
