import { printable } from '#evidence/printable.ts'
import type { ReachedCell, WalkRecord } from '#evidence/walk-record.ts'
import { counted } from '#verdict/describe.ts'
import { duration } from './wording.ts'

/** What walks did, in printable lines for a terminal or a page: numbers, a table of operations and answers, what was never reached. */
export function walkLines(walk: WalkRecord): readonly string[] {
  return linesOf(walk).map((line) => printable(line))
}

function linesOf(walk: WalkRecord): readonly string[] {
  const { protocol, sequences, asks, durationMs, seed, counterexamples } = walk
  const { reached, neverReached, leftBehind } = walk
  return [
    `Walked the ${protocol} server: ${counted(sequences, 'sequence')}, ${counted(asks, 'request')} in ${duration(durationMs)}, seed ${seed}`,
    ...(counterexamples.length === 0
      ? []
      : [`  ${counted(counterexamples.length, 'counterexample')}, each saved as a scenario`]),
    ...operationRows(reached),
    ...neverReached.map(
      ({ operation, situations }) => `  never reached: ${operation} (${situations.join('; ')})`,
    ),
    ...leftBehind.map((line) => `  not put back: ${line}`),
  ]
}

/** Answers of one operation that are shown, the most frequent first. */
const SHOWN_ANSWERS = 5

function operationRows(reached: readonly ReachedCell[]): readonly string[] {
  const operations = [...new Set(reached.map(({ operation }) => operation))]
  const width = Math.max(0, ...operations.map((name) => name.length))
  return operations.map((name) => {
    const cells = reached.filter(({ operation }) => operation === name)
    const times = String(sum(cells)).padStart(6)
    return `  ${name.padEnd(width)} ${times}  ${answersOf(cells)}`
  })
}

function answersOf(cells: readonly ReachedCell[]): string {
  const counts = new Map<string, number>()
  for (const { answer, times } of cells) counts.set(answer, (counts.get(answer) ?? 0) + times)
  const sorted = [...counts].toSorted(([, one], [, other]) => other - one)
  const shown = sorted.slice(0, SHOWN_ANSWERS).map(([answer, times]) => `${answer} x ${times}`)
  return [...shown, ...(sorted.length > SHOWN_ANSWERS ? ['…'] : [])].join(', ')
}

function sum(cells: readonly ReachedCell[]): number {
  return cells.reduce((total, { times }) => total + times, 0)
}
