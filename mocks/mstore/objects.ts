import type { Attributes } from '#protocol/mstore/attributes.ts'
import { attachmentDisposition } from '#protocol/mstore/dispositions.ts'
import { listedFlags } from '#protocol/mstore/flags.ts'
import { FOLDERS, type Folder } from '#protocol/mstore/folders.ts'
import { msisdnDigits } from '#protocol/mstore/msisdn.ts'
import { MESSAGE_CONTEXTS, OBJECT_ATTRIBUTES } from '#protocol/mstore/object-attributes.ts'
import {
  type MailObject,
  type ObjectMembers,
  type PayloadPart,
  objectMembers,
} from '#protocol/mstore/objects.ts'
import { decided, jsonContent } from './decisions.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import { knownPath, objectPath } from './object-paths.ts'
import type { AuthorizedRequest } from './scene.ts'
import { shuffled } from './shuffle.ts'
import type { MStoreState } from './state.ts'
import { resourceUrl, type UrlRules } from './urls.ts'

/** A request whose answer shows objects. */
export type ObjectRequest = AuthorizedRequest<{ objects: ObjectRules; urls: UrlRules }>

/** How objects are found and shown (mStore spec, objects). */
export interface ObjectRules {
  /** The object at a path as it stood in a URL; undefined where there is none. `all` are all mailboxes. */
  readonly find: FindObject
  /** The attributes that follow from an object's place and its mailbox. */
  readonly derived: (object: StoredObject, mailbox: StoredMailbox) => Attributes
  /** All attributes, from its own and those that follow. */
  readonly attributes: (own: Attributes, derived: Attributes, object: StoredObject) => Attributes
  readonly folder: (object: StoredObject) => Folder
  readonly flags: (object: StoredObject) => readonly string[]
  /** The path beside the URLs, `/VV-Mail/Inbox/12`. */
  readonly path: (object: StoredObject) => string
  readonly part: (object: StoredObject, href: string) => PayloadPart
  readonly members: (members: ObjectMembers, object: StoredObject) => object
  readonly body: (members: object) => object
  /** What of an object changes when it is read. */
  readonly afterReading: (object: StoredObject) => StoredObject
  /** Whatever else changes in the mailbox then. */
  readonly besideReading: Touched
}

/** Finds the object at a path as it stood in a URL, in a mailbox or among all; undefined where there is none. */
export type FindObject = (
  path: string,
  mailbox: StoredMailbox,
  all?: MStoreState['mailboxes'],
) => StoredObject | undefined

/** Objects of a mailbox that change when something else is asked for, as they are then. */
export type Touched = (mailbox: StoredMailbox) => readonly StoredObject[]

/** The MIME type of the audio, and how it is encoded for a download. */
export const AUDIO_TYPE = 'audio/amr'
/** The Content-Transfer-Encoding of audio in the answer that shows an object (`/objects/<OBJECT PATH>`). */
export const AUDIO_ENCODING = 'base64'

/** How the mStore spec shows and deletes an object (`/objects/<OBJECT PATH>`). */
export const documentedObjects: ObjectRules = {
  // MSTORE-OBJECT-35
  find: (path, { objects }) => objects.get(knownPath(path) ?? ''),
  // MSTORE-OBJECT-06, -07, -09, -11, -13, -20
  derived: (object, { subscriber }) => {
    const digits = msisdnDigits(subscriber.msisdn)
    return new Map([
      ['Content-Transfer-Encoding', AUDIO_ENCODING],
      ['content-type', `multipart/mixed; boundary="${object.boundary}"`],
      ['Direction', 'In'],
      ...(object.folder === 'greetings' ? [['from', digits] as const] : []),
      ['message-context', MESSAGE_CONTEXTS[object.folder]],
      ['to', digits],
    ])
  },
  // MSTORE-OBJECT-10, -12, -16…-19, -21: each folder's objects have the attributes that are theirs
  attributes: (own, derived, { folder }) =>
    new Map(
      OBJECT_ATTRIBUTES.filter(({ on }) => on === 'both' || on === folder).flatMap(({ name }) => {
        const value = derived.get(name) ?? own.get(name)
        return value === undefined ? [] : [[name, value] as const]
      }),
    ),
  // MSTORE-OBJECT-03
  folder: ({ folder }) => FOLDERS[folder],
  // MSTORE-FLAG-01
  flags: listedFlags,
  // MSTORE-OBJECT-25, -26, E-41
  path: ({ folder, number }) => `${FOLDERS[folder].path}/${number}`,
  // MSTORE-OBJECT-29…-33, E-20, E-29
  part: ({ audio, fileName }, href) => ({
    contentType: AUDIO_TYPE,
    size: String(audio.length),
    contentEncoding: AUDIO_ENCODING,
    contentDisposition: attachmentDisposition(fileName),
    href,
  }),
  members: (members) => members,
  // MSTORE-OBJECT-01
  body: (members) => ({ object: members }),
  // MSTORE-OBJECT-36
  afterReading: (object) => object,
  besideReading: () => [],
}

/** An object as the rules have it, URLs and all. */
function mailObject(object: StoredObject, authorized: ObjectRequest): MailObject {
  const { mailbox, rulebook, world } = authorized
  const rules = rulebook.objects
  const attributes = rules.attributes(object.attributes, rules.derived(object, mailbox), object)
  const suffix = `/objects/${objectPath(object)}`
  const resourceURL = resourceUrl(suffix, authorized)
  return {
    parentFolder: resourceUrl(`/folders/${rules.folder(object).id}`, authorized),
    attributes: new Map(shuffled(attributes, world)),
    flags: shuffled(rules.flags(object), world),
    flagsURL: resourceUrl(`${suffix}/flags`, authorized),
    resourceURL,
    path: rules.path(object),
    payloadURL: resourceUrl(`${suffix}/payload`, authorized),
    payloadPart: rules.part(object, resourceUrl(`${suffix}/payloadParts/part1`, authorized)),
    correlationId: attributes.get('Message-Id') ?? '',
  }
}

/** The value of `object`, and an item of a search (MSTORE-OBJECT-02). */
export function shownObject(object: StoredObject, authorized: ObjectRequest): object {
  return authorized.rulebook.objects.members(objectMembers(mailObject(object, authorized)), object)
}

/** Decides a query of an object. */
export function decideObject(authorized: ObjectRequest) {
  const { mailbox, rulebook, target, state } = authorized
  const operation = 'read-object'
  const rules = rulebook.objects
  const { endpoint } = target
  const object =
    endpoint.kind === 'object' ? rules.find(endpoint.objectPath, mailbox, state.mailboxes) : undefined
  if (object === undefined) return decided(operation, 'unknown-object')
  return decided(operation, 'read', {
    content: jsonContent(rules.body(shownObject(object, authorized))),
    changes: [
      ...touched(rules.besideReading, mailbox),
      ...replaced(object, rules.afterReading(object), mailbox),
    ],
  })
}

/** The changes by which objects of a mailbox are touched. */
export function touched(objects: Touched, mailbox: StoredMailbox) {
  const { msisdn } = mailbox.subscriber
  return objects(mailbox).map((object) => ({ kind: 'object-stored', msisdn, object }) as const)
}

/** The change that puts one object in place of another; none where it is the same. */
export function replaced(before: StoredObject, after: StoredObject, { subscriber }: StoredMailbox) {
  return before === after
    ? []
    : [{ kind: 'object-stored', msisdn: subscriber.msisdn, object: after } as const]
}
