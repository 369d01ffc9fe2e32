import type { RecordedHeader } from '#evidence/exchange.ts'
import type { Secrets } from './secrets.ts'

/** The member of a JSON answer in which a place is given out, as text of JSON. */
const LOCATION = /"location"\s*:\s*"((?:[^"\\]|\\.){1,8192})"/g

/** Places of one answer whose secrets are hidden wherever they stand later, its headers first; those of more are where they are given out. */
const MOST_LOCATIONS = 32

/** Characters of a value that is taken for a signature or a token. */
const SHORTEST_TOKEN = 16

/**
 * Adds what is secret in the first 32 locations of an answer to `secrets`: user, password and query, which grant access
 * by themselves.
 */
export function learnLocations(
  { headers, body }: { readonly headers: readonly RecordedHeader[]; readonly body: Uint8Array },
  secrets: Secrets,
): void {
  const text = Buffer.from(body.subarray(0, 65_536)).toString('utf8')
  const inBody = [...text.matchAll(LOCATION)].map(([, escaped = '']) => unescaped(escaped))
  const inHeaders = headers.filter(([name]) => name.toLowerCase() === 'location').map(([, value]) => value)
  for (const location of [...inHeaders, ...inBody].slice(0, MOST_LOCATIONS)) learnLocation(location, secrets)
}

/** The same of one place. What is no absolute URL has no secrets. */
export function learnLocation(location: string, secrets: Secrets): void {
  const [, user, query] = /^https?:\/\/(?:([^/?#]*)@)?[^?#]*(\?[^#]+)?/i.exec(location) ?? []
  if (user !== undefined) secrets.add(`${user}@`, 'user')
  // With its mark, lest a server hide words of a report by giving them out as a query.
  if (query === undefined) return
  secrets.add(query, 'query')
  for (const [, value] of new URLSearchParams(query)) {
    if (value.length >= SHORTEST_TOKEN) secrets.add(value, 'query')
  }
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    return text
  }
}
