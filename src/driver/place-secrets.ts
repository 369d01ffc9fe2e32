/**
 * The member of a JSON answer in which a place is given out, as text of JSON; the text may be cut off within it. Without a bound
 * a long one would overflow the matcher's stack.
 */
const LOCATION = /("location"\s*:\s*")((?:[^"\\]|\\.){0,65536})/g

/** User and password of an absolute URL, and its query: what grants access. Slashes may be escaped as in JSON. */
const PLACE = /^(https?:(?:\\?\/){2})([^/\\?#]*@)?([^?#]*)(\?[^#]+)?/i

/** A stretch of a text that is secret, from the first character to before the last. */
export interface SecretStretch {
  readonly from: number
  readonly to: number
  readonly name: 'user' | 'query'
}

/** What is secret in each place that a text of JSON gives out, in order and in one pass. */
export function placeSecrets(text: string): readonly SecretStretch[] {
  return [...text.matchAll(LOCATION)].flatMap(({ index, 1: key = '', 2: place = '' }) =>
    stretchesOf(place, index + key.length + place.length === text.length).map(({ from, to, name }) => {
      const start = index + key.length
      return { from: start + from, to: start + to, name }
    }),
  )
}

/** A place that a header gives out, without what is secret in it: `https://‹user›blobs.test/1‹query›`. */
export function withoutPlaceSecrets(place: string): string {
  const backwards = stretchesOf(place).toReversed()
  return backwards.reduce(
    (text, { from, to, name }) => `${text.slice(0, from)}‹${name}›${text.slice(to)}`,
    place,
  )
}

/** What is secret in a place; one that is cut off before its host ends may have been cut off within its password. */
function stretchesOf(place: string, isCutOff = false): readonly SecretStretch[] {
  const [, scheme = '', user = '', path = '', query = ''] = PLACE.exec(place) ?? []
  const behind = scheme.length + user.length
  const isUser = isCutOff && user === '' && query === '' && !/[/\\]/.test(path)
  const stretches: readonly SecretStretch[] = [
    { from: scheme.length, to: isUser ? place.length : behind, name: 'user' },
    { from: behind + path.length, to: behind + path.length + query.length, name: 'query' },
  ]
  return stretches.filter(({ from, to }) => to > from)
}
