/** A header's value with parameters: `form-data; name="x"`. Names and the value in lower case. */
export interface HeaderValue {
  readonly value: string
  readonly params: ReadonlyMap<string, string>
}

const PARAM = /;[ \t]*([^\s;="]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))[ \t]*(?=;|$)/sy

/** Longer than any header that is meant; of what is much longer no expression can be matched. */
const MAX_CHARACTERS = 65_536

/**
 * Reads a value with parameters (RFC 9110, section 5.6.6), with or without a blank after `;` (E-29); else, and of more
 * than `MAX_CHARACTERS`, null.
 */
export function parseHeaderValue(text: string): HeaderValue | null {
  if (text.length > MAX_CHARACTERS) return null
  const opening = /^[ \t]*([^\s;]+)[ \t]*(?=;|$)/.exec(text)
  if (opening === null) return null
  const params = new Map<string, string>()
  let at = opening[0].length
  while (at < text.length) {
    PARAM.lastIndex = at
    const found = PARAM.exec(text)
    if (found === null) return null
    const [whole, name = '', quoted, bare = ''] = found
    params.set(name.toLowerCase(), quoted?.replace(/\\(.)/gs, '$1') ?? bare)
    at += whole.length
  }
  return { value: (opening[1] ?? '').toLowerCase(), params }
}

/** Whether two values of a header say the same, however they are quoted, spaced and ordered. */
export function isSameHeaderValue(left: string, right: string): boolean {
  return left === right || (canonical(left) !== null && canonical(left) === canonical(right))
}

function canonical(text: string): string | null {
  const parsed = parseHeaderValue(text)
  return parsed === null ? null : JSON.stringify([parsed.value, ...[...parsed.params].toSorted()])
}
