import type { FolderName } from '#protocol/mstore/folders.ts'

/** Which URL of an object a bulk request names: the simple one unless the scenario says otherwise. */
export type ObjectUrlForm = 'simple' | 'extended' | 'decoded'

/** How a scenario refers to an object: by its place among those it has, by its subject, or by what it is not. */
export type ObjectReference = { readonly url: ObjectUrlForm } & (
  | { readonly kind: 'voicemail'; readonly place: number }
  | { readonly kind: 'greeting'; readonly label: string | null }
  | { readonly kind: 'unknown'; readonly folder: FolderName }
  | { readonly kind: 'path'; readonly objectPath: string }
)

const PLACES = ['first', 'second', 'third', 'fourth', 'fifth'] as const

const VOICEMAIL = `the (?:(?:${PLACES.join('|')}) )?voicemail`
const GREETING = 'the greeting(?: "[^"]*")?'
const UNKNOWN = 'an unknown (?:voicemail|greeting)'
const URL_FORM = '(?: by its (?:extended|decoded) URL)?'

/**
 * `the voicemail`, `the second voicemail` in the order in which they were left; `the greeting`, `the greeting
 * "late"` by its subject; `an unknown greeting`; `the object "test"` by its path as it stands.
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
  if (text.startsWith('the object')) return { url, kind: 'path', objectPath: label ?? '' }
  if (text.startsWith('the greeting')) return { url, kind: 'greeting', label }
  if (text.startsWith('an unknown'))
    return { url, kind: 'unknown', folder: text.includes('voicemail') ? 'voicemails' : 'greetings' }
  const place = PLACES.findIndex((word) => text.includes(` ${word} `))
  return { url, kind: 'voicemail', place: Math.max(0, place) }
}
