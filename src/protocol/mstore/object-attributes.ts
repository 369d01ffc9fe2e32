import { type Attributes, instantOf } from './attributes.ts'
import type { FolderName } from './folders.ts'

/** An attribute of objects: which folder's objects have it, and the form of its value where it has one. */
export interface ObjectAttribute {
  readonly name: string
  readonly on: 'both' | FolderName
  readonly form: RegExp | 'instant' | null
}

const NUMBER_WITH_DOMAIN = /^\d+(?:@[^@\s]+)?$/

/** The attributes in their order (mStore spec, objects). */
export const OBJECT_ATTRIBUTES: readonly ObjectAttribute[] = [
  { name: 'content-duration', on: 'both', form: /^\d+$/ },
  { name: 'Content-Transfer-Encoding', on: 'both', form: null },
  { name: 'content-type', on: 'both', form: /^[^\s/;]+\/[^\s/;]+(?:;.*)?$/ },
  { name: 'date', on: 'both', form: 'instant' },
  { name: 'Direction', on: 'both', form: null },
  { name: 'expires', on: 'voicemails', form: 'instant' },
  { name: 'from', on: 'both', form: NUMBER_WITH_DOMAIN },
  { name: 'importance', on: 'voicemails', form: null },
  { name: 'message-context', on: 'both', form: /^(?:voice-message|x-voice-grtng)$/ },
  { name: 'Message-Id', on: 'both', form: null },
  { name: 'mime-version', on: 'both', form: /^1\.0$/ },
  { name: 'return-number', on: 'voicemails', form: NUMBER_WITH_DOMAIN },
  { name: 'sensitivity', on: 'voicemails', form: null },
  { name: 'sourcenode', on: 'voicemails', form: null },
  { name: 'subject', on: 'greetings', form: null },
  { name: 'to', on: 'both', form: /^\d+$/ },
  { name: 'x-cns-greeting-type', on: 'greetings', form: null },
]

/** `message-context` of the objects of each folder. */
export const MESSAGE_CONTEXTS: Readonly<Record<FolderName, string>> = {
  voicemails: 'voice-message',
  greetings: 'x-voice-grtng',
}

/** The types of greeting: the mStore spec's, and the other one by its name in GSMA TS.46. */
export const GREETING_TYPES = { normal: 'normal-greeting', voiceSignature: 'voice-signature' } as const

/** What is wrong with the attributes of an object of `folder`, a line each; unknown ones are right. */
export function objectAttributeMistakes(folder: FolderName, values: Attributes): readonly string[] {
  return OBJECT_ATTRIBUTES.flatMap((attribute) => {
    const { name, on } = attribute
    const value = values.get(name)
    if (on !== 'both' && on !== folder)
      return value === undefined ? [] : [`${name}: expected none in ${folder}, got one`]
    if (value === undefined) return [`${name}: expected a value, got none`]
    return fits(attribute, value)
      ? []
      : [`${name}: expected another form, got ${JSON.stringify(value.slice(0, 60))}`]
  })
}

function fits({ form }: ObjectAttribute, value: string): boolean {
  if (form === null) return value !== ''
  return form === 'instant' ? instantOf(value) !== null : form.test(value)
}
