/** A line of two texts: of both, of the first alone, of the second alone. */
export interface ComparedLine {
  readonly of: 'both' | 'first' | 'second'
  readonly line: string
}

/** The lines of two texts in order, as few as can be of one alone. It takes time and room as the product of their lengths. */
export function lineDifferences(
  first: readonly string[],
  second: readonly string[],
): readonly ComparedLine[] {
  const common = commonLengths(first, second)
  const compared: ComparedLine[] = []
  let [at, other] = [0, 0]
  while (at < first.length || other < second.length) {
    const [line, its] = [first[at], second[other]]
    if (line !== undefined && line === its) {
      compared.push({ of: 'both', line })
      at += 1
      other += 1
    } else if (
      line !== undefined &&
      (its === undefined || lengthAt(common, at + 1, other) >= lengthAt(common, at, other + 1))
    ) {
      compared.push({ of: 'first', line })
      at += 1
    } else if (its !== undefined) {
      compared.push({ of: 'second', line: its })
      other += 1
    }
  }
  return compared
}

type Lengths = readonly (readonly number[])[]

/** For each place in both texts, how many lines the rests from there have in common, in order. */
function commonLengths(first: readonly string[], second: readonly string[]): Lengths {
  const lengths: number[][] = Array.from({ length: first.length + 1 }, () =>
    Array.from({ length: second.length + 1 }, () => 0),
  )
  for (let at = first.length - 1; at >= 0; at -= 1)
    for (let other = second.length - 1; other >= 0; other -= 1) {
      const row = lengths[at] ?? []
      row[other] =
        first[at] === second[other]
          ? lengthAt(lengths, at + 1, other + 1) + 1
          : Math.max(lengthAt(lengths, at + 1, other), lengthAt(lengths, at, other + 1))
    }
  return lengths
}

function lengthAt(lengths: Lengths, at: number, other: number): number {
  return lengths[at]?.[other] ?? 0
}
