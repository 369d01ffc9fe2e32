/** Two texts where they part: what both begin with, what each has between, and what both end with. */
export interface TextDifference {
  readonly before: string
  readonly expected: string
  readonly got: string
  readonly after: string
}

/** Where two texts part, by whole words: `200` and `204` have nothing in common. */
export function differenceOf(expected: string, got: string): TextDifference {
  const [wanted, seen] = [wordsOf(expected), wordsOf(got)]
  const shorter = Math.min(wanted.length, seen.length)
  const parted = wanted.findIndex((word, index) => word !== seen[index])
  const from = parted < 0 ? shorter : Math.min(parted, shorter)
  let end = 0
  while (end < shorter - from && wanted.at(-1 - end) === seen.at(-1 - end)) end += 1
  return {
    before: wanted.slice(0, from).join(''),
    expected: wanted.slice(from, wanted.length - end).join(''),
    got: seen.slice(from, seen.length - end).join(''),
    after: wanted.slice(wanted.length - end).join(''),
  }
}

/** Words, and every character between them by itself. */
function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_-]+|[^]/gu) ?? []
}
