/**
 * The candidate that `word` most probably was meant to be, or null where none is near: at most two edits
 * away, or a third of the word's length for long words, with more than half of its letters. Case counts for nothing; of equals the first wins.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const limit = Math.max(2, Math.floor(word.length / 3))
  let best: { readonly candidate: string; readonly distance: number } | null = null
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit) continue
    if (!sharesMost(word.toLowerCase(), candidate.toLowerCase())) continue
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance <= limit && distance < (best?.distance ?? Infinity)) best = { candidate, distance }
  }
  return best?.candidate ?? null
}

/** `; did you mean X?`, or nothing where no candidate is near. Made to end a message. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const candidate = nearest(word, candidates)
  return candidate === null ? '' : `; did you mean ${candidate}?`
}

function sharesMost(word: string, candidate: string): boolean {
  const unshared = Array.from(candidate).reduce((rest, letter) => rest.replace(letter, ''), word)
  return 2 * unshared.length < word.length
}

/** Insertions, deletions and substitutions that turn `from` into `to` (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i += 1) row = nextRow(row, { letter: from.charAt(i - 1), index: i, to })
  return row[to.length] ?? 0
}

function nextRow(
  above: readonly number[],
  { letter, index, to }: { readonly letter: string; readonly index: number; readonly to: string },
): number[] {
  const row = [index]
  for (let j = 1; j <= to.length; j += 1) {
    const substituted = (above[j - 1] ?? 0) + (to.charAt(j - 1) === letter ? 0 : 1)
    row.push(Math.min(substituted, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
  }
  return row
}
