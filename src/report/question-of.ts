/** What a scenario asks of a server, and the words for its answer. */
export interface Question {
  /** What stands before the subject: `whether `, or nothing. */
  readonly asks: string
  readonly subject: string
  /** Before a status that grants it. */
  readonly taken: string
  /** Before a status that refuses it; the same where it is no question. */
  readonly refused: string
}

const FORMS = [
  {
    name: /^reports what becomes of (.*)$/s,
    asks: '',
    taken: 'taken,',
    refused: 'refused,',
  },
  { name: /^reports whether ((?!.* or ).*)$/s, asks: 'whether ', taken: 'yes,', refused: 'no,' },
  { name: /^(?:reports )?(.*)$/s, asks: '', taken: 'answered', refused: 'answered' },
] as const

/** What the name of a scenario asks: `reports whether X` is answered with yes or no, `reports what becomes of X` with its fate. */
export function questionOf(name: string): Question {
  for (const { name: form, ...words } of FORMS) {
    const subject = form.exec(name)?.[1]
    if (subject !== undefined) return { ...words, subject }
  }
  return { asks: '', subject: name, taken: 'answered', refused: 'answered' }
}
