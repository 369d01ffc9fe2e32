import { defineParameterType } from '@cucumber/cucumber'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { MAILBOX_PARTS, mailboxPart } from './mailbox-parts.ts'
import { OBJECT, OBJECTS, referenceOf, referencesOf } from './object-references.ts'

/** A folder, or so many of its objects: `the quota of the voicemails`, `1 voicemail`, `0 greetings`. */
defineParameterType({
  name: 'folder',
  regexp: /voicemails?|greetings?/,
  transformer: (name): FolderName => (name.startsWith('voicemail') ? 'voicemails' : 'greetings'),
})

defineParameterType({
  name: 'mailboxPart',
  regexp: new RegExp(MAILBOX_PARTS.join('|')),
  transformer: mailboxPart,
})

defineParameterType({ name: 'mailObject', regexp: new RegExp(OBJECT), transformer: referenceOf })

defineParameterType({ name: 'mailObjects', regexp: new RegExp(OBJECTS), transformer: referencesOf })
