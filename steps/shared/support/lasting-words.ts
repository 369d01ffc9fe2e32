/** What another run draws otherwise, by what it looks like; the first form that fits a piece of text counts. */
const FORMS: readonly (readonly [form: RegExp, name: string, fits?: (piece: string) => boolean])[] = [
  [/\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?/g, 'date'],
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'id'],
  [/(?<![\w+/-])(?:[\w+/-]{4}){3,}(?:[\w+/-]{2}==|[\w+/-]{3}=)(?![\w=])/g, 'text'],
  [/(?<![0-9a-z])[0-9a-f]{12,}(?![0-9a-z])/gi, 'hexadecimal', (piece) => /\d/.test(piece)],
  [/[A-Za-z0-9+_-]{12,}={0,2}/g, 'text', isDrawnText],
  [/\d{8,}/g, 'number'],
]

/** As often as this a random text goes from one kind of character to another. */
const LEAST_CHANGES = 4

/** From so many digits beside letters on a word is none. */
const MANY_DIGITS = 6

/** Whether small letters, capitals and digits follow one another as in no word (Base64, say), or digits abound. */
function isDrawnText(piece: string): boolean {
  const digits = piece.match(/\d/g)?.length ?? 0
  if (digits === 0 || !/[A-Za-z]/.test(piece)) return false
  const kinds = Array.from(piece, (character) => (/\d/.test(character) ? 0 : /[a-z]/.test(character) ? 1 : 2))
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length
  return changes >= LEAST_CHANGES || digits >= MANY_DIGITS
}

/**
 * Makes what an assertion says the same in every run: names take the place of what a scenario drew or a server chose.
 * A name is shown in angle quotes, as in `‹number of Bob›`.
 */
export class LastingWords {
  readonly #names = new Map<string, string>()

  /** From now on `text`, wherever it occurs, is called `name`. */
  name(text: string, name: string): void {
    this.#names.set(text, name)
  }

  /** The text with what has a name, and what looks drawn, called by its name. */
  of(text: string): string {
    const longestFirst = [...this.#names].toSorted(([one], [other]) => other.length - one.length)
    const named = longestFirst.reduce((part, [drawn, name]) => part.replaceAll(drawn, `‹${name}›`), text)
    return FORMS.reduce(
      (part, [form, name, fits = () => true]) =>
        part.replace(form, (piece) => (fits(piece) ? `‹${name}›` : piece)),
      named,
    )
  }
}
