import type { Ask } from '#model/ask.ts'

/** How much an ask has in common with others: its party, and the names and values that they have, too. */
export function nearness(ask: Ask, others: readonly Ask[]): number {
  const theirs = new Set(others.flatMap(wordsOf))
  return wordsOf(ask).filter((word) => theirs.has(word)).length
}

/** The name of its party and what its values name, of which one may list several. */
function wordsOf({ party, values }: Ask): readonly string[] {
  return [party, ...Object.values(values).flatMap((value) => value.split(', '))]
}
