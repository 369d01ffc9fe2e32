import { defineParameterType } from '@cucumber/cucumber'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { MAILBOX_PARTS } from './mailbox-parts.ts'
import type { MailboxPart } from './mailbox-parts.ts'

defineParameterType({
  name: 'folder',
  regexp: /voicemails|greetings/,
  transformer: (name): FolderName => (name === 'voicemails' ? 'voicemails' : 'greetings'),
})

defineParameterType({
  name: 'mailboxPart',
  regexp: new RegExp(MAILBOX_PARTS.join('|')),
  transformer: (name): MailboxPart => MAILBOX_PARTS.find((part) => part === name) ?? 'mailbox',
})

/** How a scenario refers to an object: by its place among those it has, by its subject, or by what it is not. */
export type ObjectReference =
  | { readonly kind: 'voicemail'; readonly place: number }
  | { readonly kind: 'greeting'; readonly label: string | null }
  | { readonly kind: 'unknown'; readonly folder: FolderName }
  | { readonly kind: 'path'; readonly objectPath: string }

const PLACES = ['first', 'second', 'third', 'fourth', 'fifth'] as const

const VOICEMAIL = `the (?:(?:${PLACES.join('|')}) )?voicemail`
const GREETING = 'the greeting(?: "[^"]*")?'
const UNKNOWN = 'an unknown (?:voicemail|greeting)'
const OBJECT = `(?:${VOICEMAIL}|${GREETING}|${UNKNOWN}|the object "[^"]*")`

/**
 * `the voicemail`, `the second voicemail` in the order in which they were left; `the greeting`, `the greeting
 * "late"` by its subject; `an unknown greeting`; `the object "test"` by its path as it stands.
 */
defineParameterType({
  name: 'mailObject',
  regexp: new RegExp(OBJECT),
  transformer: referenceOf,
})

/** Objects in a row: `the first voicemail, the first voicemail and an unknown voicemail`; or `nothing`. */
defineParameterType({
  name: 'mailObjects',
  regexp: new RegExp(`nothing|${OBJECT}(?:(?:, | and )${OBJECT})*`),
  transformer: (list: string): readonly ObjectReference[] =>
    [...list.matchAll(new RegExp(OBJECT, 'g'))].map(([text]) => referenceOf(text)),
})

/** What a text of one of the forms above refers to. */
export function referenceOf(text: string): ObjectReference {
  const quoted = /"(.*)"$/.exec(text)?.[1] ?? null
  if (text.startsWith('the object')) return { kind: 'path', objectPath: quoted ?? '' }
  if (text.startsWith('the greeting')) return { kind: 'greeting', label: quoted }
  if (text.startsWith('an unknown')) {
    return { kind: 'unknown', folder: text.endsWith('voicemail') ? 'voicemails' : 'greetings' }
  }
  const place = PLACES.findIndex((word) => text.includes(` ${word} `))
  return { kind: 'voicemail', place: Math.max(0, place) }
}
