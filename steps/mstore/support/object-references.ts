import type { FolderName } from '#protocol/mstore/folders.ts'

/** Which URL of an object a bulk request names: the simple one unless the scenario says otherwise. */
export type ObjectUrlForm = 'simple' | 'extended' | 'decoded'

/** How a scenario refers to an object: by its place among those it has, by its subject, or by what it is not. */
export type ObjectReference = {
  readonly url: ObjectUrlForm
  /** Whose object it is, where it is not that of the party at hand. */
  readonly owner: string | null
} & (
  | { readonly kind: 'voicemail'; readonly place: number }
  | { readonly kind: 'greeting'; readonly label: string | null }
  | { readonly kind: 'unknown'; readonly folder: FolderName }
  | { readonly kind: 'path'; readonly objectPath: string }
  | { readonly kind: 'every'; readonly folder: FolderName }
)

const PLACES = ['first', 'second', 'third', 'fourth', 'fifth'] as const

const OWNER = "(?:the|[A-Z][a-z]+'s)"
const VOICEMAIL = `${OWNER} (?:(?:${PLACES.join('|')}) )?voicemail`
const GREETING = `${OWNER} greeting(?: "[^"]*")?`
const UNKNOWN = '(?:an unknown|every) (?:voicemail|greeting)'
const URL_FORM = '(?: by its (?:extended|decoded) URL)?'

/**
 * `the voicemail`, `the second voicemail` in the order in which they were left; `the greeting`, `the greeting
 * "late"` by its subject; `Bob's voicemail`; `an unknown greeting`; `the object "test"` by its path as it stands; in
 * bulk requests `every voicemail` that the scenario knows.
 */
export const OBJECT = `(?:${VOICEMAIL}|${GREETING}|${UNKNOWN}|the object "[^"]*")${URL_FORM}`

/** Objects in a row: `the first voicemail, the first voicemail and an unknown voicemail`; or `nothing`. */
export const OBJECTS = `nothing|${OBJECT}(?:(?:, | and )${OBJECT})*`

/** The objects that a text of the form above refers to. */
export function referencesOf(list: string): readonly ObjectReference[] {
  return [...list.matchAll(new RegExp(OBJECT, 'g'))].map(([text]) => referenceOf(text))
}

/** The object that a text of the form above refers to. */
export function referenceOf(text: string): ObjectReference {
  const url = text.endsWith(' extended URL')
    ? 'extended'
    : text.endsWith(' decoded URL')
      ? 'decoded'
      : 'simple'
  const label = /"(.*)"/.exec(text)?.[1] ?? null
  const owner = /^([A-Z][a-z]+)'s /.exec(text)?.[1] ?? null
  const common = { url, owner } as const
  const folder = text.includes('voicemail') ? 'voicemails' : 'greetings'
  if (text.startsWith('the object')) return { ...common, kind: 'path', objectPath: label ?? '' }
  if (text.startsWith('an unknown')) return { ...common, kind: 'unknown', folder }
  if (text.startsWith('every')) return { ...common, kind: 'every', folder }
  if (folder === 'greetings') return { ...common, kind: 'greeting', label }
  const place = PLACES.findIndex((word) => text.includes(` ${word} `))
  return { ...common, kind: 'voicemail', place: Math.max(0, place) }
}
