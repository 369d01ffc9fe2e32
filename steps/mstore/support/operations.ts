import {
  bulkDelete,
  bulkUpdate,
  deleteFlag,
  getObject,
  getPayload,
  getProfile,
  putFlag,
  putProfile,
  search,
} from '#driver/mstore/operations.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { GREETING_ON, SEEN } from '#protocol/mstore/flags.ts'
import { booleanOf } from '#protocol/mstore/attributes.ts'
import { type FolderName, FOLDERS } from '#protocol/mstore/folders.ts'
import { endpointPath } from '#protocol/mstore/endpoints.ts'
import { extendedUrl } from '#protocol/mstore/urls.ts'
import { namedEntry } from '../../shared/support/named-entry.ts'
import { simpleUrlOf } from './bulk.ts'
import { textAt } from './answer-members.ts'
import { newGreeting } from './greeting.ts'
import { putGreeting } from './greetings.ts'
import { quotaOf } from './mailbox-reading.ts'
import { objectOf } from './lookup.ts'
import { unknownPath, type Mailbox } from './mailbox.ts'
import { referenceOf, referencesOf } from './object-references.ts'
import { readMembers } from './objects.ts'
import { goodPinChange } from './pins.ts'
import type { MStoreSession } from './session.ts'
import { uploadOf } from './upload-messages.ts'
import { leaveVoicemail } from './voicemails.ts'

/**
 * An operation: what must be there before it, and a request that is right once it is. Before, the request is for
 * an object that is not there, which is all that a challenge needs.
 */
export interface DrivenOperation {
  readonly prepare: (session: MStoreSession, mailbox: Mailbox) => Promise<unknown>
  readonly request: (session: MStoreSession, mailbox: Mailbox) => WireRequest
}

/** The operation of that name, or one on objects that the scenario knows; throws where there is none. */
export function operationNamed(name: string): DrivenOperation {
  for (const [words, operationOn] of ON_OBJECTS) {
    const objects = words.exec(name)?.[1]
    if (objects !== undefined) return operationOn(objects)
  }
  return namedEntry('operation', operations, name)
}

/** Operations whose names have the objects in them. */
const ON_OBJECTS: readonly (readonly [words: RegExp, operation: (objects: string) => DrivenOperation])[] = [
  [/^mark (.+) as seen$/, (list) => onObjects(list, (msisdn, urls) => bulkUpdate(msisdn, markSeen(urls)))],
  [/^delete (the .+)$/, (list) => onObjects(list, bulkDelete)],
  [/^activate (the .+)$/, (object) => onFlag(object, putFlag)],
]

/** A change of the flag of active greetings, of an object by its reference in a scenario. */
function onFlag(object: string, change: typeof putFlag): DrivenOperation {
  return {
    prepare: withNothing,
    request: (_, mailbox) => {
      const { objectPath } = objectOf(mailbox, referenceOf(object))
      return change(mailbox.msisdn, { objectPath, flag: GREETING_ON })
    },
  }
}

/** A bulk request for objects by their references in a scenario. */
function onObjects(
  list: string,
  bulk: (msisdn: string, urls: readonly string[]) => WireRequest,
): DrivenOperation {
  return {
    prepare: withNothing,
    request: (session, mailbox) => {
      const urls = referencesOf(list).map((reference) => simpleUrlOf(session, mailbox, reference))
      return bulk(mailbox.msisdn, urls)
    },
  }
}

const markSeen = (urls: readonly string[]) => ({ urls, operation: 'AddFlag', flags: [SEEN] })

/** Frames of 13 and 32 bytes that make more than 200 kB of Base64. */
const MANY_FRAMES = 7000

const withNothing = () => Promise.resolve()
const withVoicemail = (session: MStoreSession, mailbox: Mailbox) => leaveVoicemail(session, mailbox)
const withGreeting = (session: MStoreSession, mailbox: Mailbox) =>
  putGreeting(session, mailbox, newGreeting(session, 'ready'))

/** The path of the newest object of a folder that the scenario knows, or of one that was never there. */
function newest(mailbox: Mailbox, folder: FolderName): string {
  return mailbox.in(folder).at(-1)?.objectPath ?? unknownPath(folder)
}

const urlOf = (session: MStoreSession, mailbox: Mailbox, folder: FolderName) =>
  mailbox.objectUrl(session.origin, newest(mailbox, folder))

function searchIn(session: MStoreSession, mailbox: Mailbox, folder: FolderName): WireRequest {
  const scope = mailbox.folderUrl(session.origin, FOLDERS[folder].id)
  return search(mailbox.msisdn, { maxEntries: 10, scope })
}

/**
 * Another value than the profile has: the opposite of what was last seen, where it was looked at; else another for
 * each request, the first `true`, where the mStore spec shows `false`.
 */
function nextNut(mailbox: Mailbox): string {
  const known = booleanOf(mailbox.snapshots.get('profile')?.get('profile nut') ?? '')
  if (known !== null) return String(!known)
  mailbox.writes += 1
  return String(mailbox.writes % 2 === 1)
}

/** Leaves a voicemail and looks where its audio is; an object that does not say so is judged elsewhere. */
async function withAudio(session: MStoreSession, mailbox: Mailbox): Promise<void> {
  await leaveVoicemail(session, mailbox)
  const place = mailbox.in('voicemails').length - 1
  const voicemail = { url: 'simple', owner: null, kind: 'voicemail', place } as const
  const href = textAt(await readMembers(session, mailbox, voicemail), 'payloadPart.0.href')
  mailbox.audioUrl = getPayload(href, session.origin).kind === 'request' ? href : null
}

/** The audio of the voicemail that is ready for it; else that of the newest, at the address that the mStore spec shows. */
function download(session: MStoreSession, mailbox: Mailbox): WireRequest {
  const objectPath = `${newest(mailbox, 'voicemails')}/payloadParts/part1`
  const shown = extendedUrl('any.example', endpointPath(mailbox.msisdn, { kind: 'object', objectPath }))
  const payload = getPayload(mailbox.audioUrl ?? shown, session.origin)
  if (payload.kind === 'parse-error') throw new Error(payload.reason)
  return payload.request
}

const operations: Readonly<Record<string, DrivenOperation>> = {
  'read the profile': { prepare: withNothing, request: (_, { msisdn }) => getProfile(msisdn) },
  'write the profile': {
    prepare: withNothing,
    request: (_, mailbox) => putProfile(mailbox.msisdn, [['nut', nextNut(mailbox)]]),
  },
  'change the PIN': { prepare: withNothing, request: goodPinChange },
  'read the voicemails folder': {
    prepare: withNothing,
    request: ({ target }, mailbox) => quotaOf(target, mailbox, 'voicemails'),
  },
  'read the greetings folder': {
    prepare: withNothing,
    request: ({ target }, mailbox) => quotaOf(target, mailbox, 'greetings'),
  },
  'read an object': {
    prepare: withVoicemail,
    request: (_, mailbox) => getObject(mailbox.msisdn, newest(mailbox, 'voicemails')),
  },
  'set a flag': {
    prepare: withGreeting,
    request: (_, mailbox) =>
      putFlag(mailbox.msisdn, { objectPath: newest(mailbox, 'greetings'), flag: GREETING_ON }),
  },
  'clear a flag': {
    prepare: withGreeting,
    request: (_, mailbox) =>
      deleteFlag(mailbox.msisdn, { objectPath: newest(mailbox, 'greetings'), flag: GREETING_ON }),
  },
  search: {
    prepare: withVoicemail,
    request: (session, mailbox) => searchIn(session, mailbox, 'voicemails'),
  },
  'update in bulk': {
    prepare: withVoicemail,
    request: (session, mailbox) =>
      bulkUpdate(mailbox.msisdn, markSeen([urlOf(session, mailbox, 'voicemails')])),
  },
  'delete in bulk': {
    prepare: withVoicemail,
    request: (session, mailbox) => bulkDelete(mailbox.msisdn, [urlOf(session, mailbox, 'voicemails')]),
  },
  'download audio': { prepare: withAudio, request: download },
  'upload a greeting': {
    prepare: withNothing,
    request: (session, mailbox) => uploadOf(session, mailbox, newGreeting(session, 'another')),
  },
  'upload a long greeting': {
    prepare: withNothing,
    request: (session, mailbox) =>
      uploadOf(session, mailbox, newGreeting(session, 'long', { frames: MANY_FRAMES })),
  },
}
