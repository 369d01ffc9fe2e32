import type { FolderName } from '#protocol/mstore/folders.ts'
import { unknownPath, type KnownObject, type Mailbox } from './mailbox.ts'
import type { ObjectReference } from './object-references.ts'

/** The object a scenario refers to; throws where the scenario has put none such there. */
export function objectOf(mailbox: Mailbox, reference: ObjectReference): KnownObject {
  const known = find(mailbox, reference)
  if (known === undefined) {
    const has = mailbox.objects.map(({ folder, label }) => label ?? folder).join(', ')
    throw new Error(`${mailbox.name} has no ${describe(reference)}, but ${has === '' ? 'nothing' : has}`)
  }
  return known
}

function find(mailbox: Mailbox, reference: ObjectReference): KnownObject | undefined {
  switch (reference.kind) {
    case 'voicemail':
      return mailbox.in('voicemails')[reference.place]
    case 'greeting':
      return reference.label === null
        ? mailbox.in('greetings').at(-1)
        : mailbox.objects.findLast(({ label }) => label === reference.label)
    case 'unknown':
      return unknownObject(reference.folder, unknownPath(reference.folder))
    case 'path':
      return unknownObject('voicemails', reference.objectPath)
    case 'every':
      return undefined
    default:
      return reference satisfies never
  }
}

function unknownObject(folder: FolderName, objectPath: string): KnownObject {
  return { folder, label: null, objectPath, messageId: null, audio: null }
}

function describe(reference: ObjectReference): string {
  return reference.kind === 'voicemail' ? `voicemail ${reference.place + 1}` : `such ${reference.kind}`
}
