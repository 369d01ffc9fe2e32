import { type Attributes, instantOf, instantText } from '#protocol/mstore/attributes.ts'
import { type FlagState, GREETING_ON, SEEN } from '#protocol/mstore/flags.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { msisdnDigits } from '#protocol/mstore/msisdn.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import type { ExpiryRules } from './expiry.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import type { AuthorizedRequest } from './scene.ts'
import { newBoundary, secondsOf, toSecond, voicemailAttributes, voicemailId } from './voicemails.ts'

/** What a new object depends on besides its upload. */
export type UploadedContext = Pick<
  AuthorizedRequest<{ expiry: ExpiryRules }>,
  'mailbox' | 'rulebook' | 'world' | 'state' | 'request'
>

/** What a client uploads into a folder. */
export interface Uploaded {
  readonly folder: FolderName
  readonly given: Attributes
  readonly flags: readonly string[]
  readonly audio: Uint8Array
  readonly fileName: string | null
}

/** How the object is made that an upload becomes. */
export interface UploadedObjectRules {
  /** The attributes that the new object has of its own. */
  readonly attributes: (uploaded: Uploaded, authorized: UploadedContext) => Attributes
  readonly flags: (flags: readonly string[], folder: FolderName) => FlagState
  readonly fileName: (given: string | null) => string
  readonly number: (uploaded: Uploaded, mailbox: StoredMailbox) => number
}

/** The file name of an object that was uploaded without one. */
export const DEFAULT_FILE_NAME = 'audio.amr'

/** What the mStore spec makes of an uploaded object (`/objects` [POST]). */
export const documentedUploadedObjects: UploadedObjectRules = {
  attributes: uploadedAttributes,
  // MSTORE-UPLOAD-14, -16, -35
  flags: uploadedFlags,
  // MSTORE-OBJECT-32
  fileName: (given) => given ?? DEFAULT_FILE_NAME,
  // MSTORE-UPLOAD-40
  number: ({ folder }, { nextNumbers }) => nextNumbers[folder],
}

/** The attributes that a client may give; of all others the server decides (mStore spec, objects POST). */
const GIVEN = ['content-duration', 'date', 'Message-Id', 'mime-version', 'subject', 'x-cns-greeting-type']

/** The object that an upload becomes. */
export function uploadedObject(
  uploaded: Uploaded,
  rules: UploadedObjectRules,
  authorized: UploadedContext,
): StoredObject {
  const { mailbox, world } = authorized
  const { folder, audio } = uploaded
  const attributes = rules.attributes(uploaded, authorized)
  return {
    folder,
    audio,
    attributes,
    number: rules.number(uploaded, mailbox),
    ...rules.flags(uploaded.flags, folder),
    dateMs: instantOf(attributes.get('date') ?? '') ?? nowOf(authorized),
    expiresMs: instantOf(attributes.get('expires') ?? ''),
    fileName: rules.fileName(uploaded.fileName),
    boundary: newBoundary(world),
  }
}

/** The attributes of an uploaded object: those given, and what the server makes up where none was (UPLOAD-08…-15). */
function uploadedAttributes(uploaded: Uploaded, authorized: UploadedContext): Attributes {
  const { folder, given, audio } = uploaded
  const dateMs = instantOf(given.get('date') ?? '') ?? nowOf(authorized)
  return new Map([
    ['content-duration', String(secondsOf(audio))],
    ['date', instantText(dateMs)],
    ['mime-version', '1.0'],
    ...(folder === 'greetings' ? greetingAttributes(authorized) : uploadedVoicemail(dateMs, authorized)),
    ...[...given].filter(([name]) => GIVEN.includes(name)),
  ])
}

/** The flags of an uploaded object: of those given only `\Seen` and, of a greeting, `$CNS-Greeting-On` are its client's. */
function uploadedFlags(flags: readonly string[], folder: FolderName): FlagState {
  return {
    seen: flags.includes(SEEN),
    kept: false,
    greetingOn: folder === 'greetings' && flags.includes(GREETING_ON),
  }
}

/** The attributes that a greeting has where its upload says nothing of them. */
export function greetingAttributes(authorized: Pick<UploadedContext, 'mailbox' | 'world'>): Attributes {
  return new Map([
    ['Message-Id', freshId(authorized)],
    ['subject', 'custom greeting'],
    ['x-cns-greeting-type', GREETING_TYPES.normal],
  ])
}

function uploadedVoicemail(dateMs: number, authorized: UploadedContext): Attributes {
  const { mailbox, rulebook, world } = authorized
  const expiresMs = Math.max(dateMs, nowOf(authorized)) + rulebook.expiry.voicemailMs
  const from = msisdnDigits(mailbox.subscriber.msisdn)
  return new Map([
    ...voicemailAttributes({ dateMs, expiresMs, from }),
    ['Message-Id', voicemailId(dateMs, world)],
  ])
}

/** Ms since the Unix epoch, as the deployed client has it, and later where an object has that already. */
function freshId({ mailbox, world }: Pick<UploadedContext, 'mailbox' | 'world'>): string {
  const taken = new Set(
    Array.from(mailbox.objects.values(), ({ attributes }) => attributes.get('Message-Id')),
  )
  let ms = world.nowMs(mailbox.subscriber.msisdn)
  while (taken.has(String(ms))) ms += 1
  return String(ms)
}

function nowOf({ mailbox, world }: UploadedContext): number {
  return toSecond(world.nowMs(mailbox.subscriber.msisdn))
}
