import type { Command } from 'commander'
import { newBudget, type RequestBudget } from '#driver/request-budget.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { wholeNumber } from './arguments.ts'
import { timeSpan } from './walk-options.ts'

/** What a command line says of what a run may spend. Times are milliseconds. */
export interface BudgetOptions {
  readonly maxRequests?: number | undefined
  readonly maxTime?: number | undefined
}

const MOST_REQUESTS = 100_000_000

/** Gives `command` the options that bound what is spent at a server. */
export function addBudgetOptions(command: Command): Command {
  return command
    .optionsGroup('What may be spent:')
    .option(
      '--max-requests <n>',
      'send no more requests than that, besides those that put changes back',
      wholeNumber(1, MOST_REQUESTS),
    )
    .option('--max-time <time>', 'send nothing after so long, such as 10m, besides the same', timeSpan)
}

/**
 * The budget of a run that begins `now`; undefined where nothing bounds it. Throws a UsageError where worker processes
 * would have to share a count.
 */
export function budgetOf(
  { maxRequests, maxTime: maxTimeMs }: BudgetOptions,
  { parallel, now }: { readonly parallel: number; readonly now: number },
): RequestBudget | undefined {
  if (maxRequests === undefined && maxTimeMs === undefined) return undefined
  if (parallel > 0)
    throw new UsageError(
      `--parallel: expected none beside --max-requests and --max-time, for one process counts; got ${parallel}`,
    )
  return newBudget({ maxRequests, maxTimeMs }, now)
}
