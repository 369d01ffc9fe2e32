import type { Attributes } from '#protocol/mstore/attributes.ts'
import { instantOf, instantText } from '#protocol/mstore/attributes.ts'
import type { FlagState } from '#protocol/mstore/flags.ts'
import { GREETING_ON, SEEN } from '#protocol/mstore/flags.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { msisdnDigits } from '#protocol/mstore/msisdn.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import type { AuthorizedRequest } from './scene.ts'
import { newBoundary, secondsOf, toSecond, voicemailAttributes, voicemailId } from './voicemails.ts'

/** What a client uploads into a folder. */
export interface Uploaded {
  readonly folder: FolderName
  readonly given: Attributes
  readonly flags: readonly string[]
  readonly audio: Uint8Array
  readonly fileName: string | null
}

/** The attributes that a client may give; of all others the server decides (page, objects POST). */
const GIVEN = ['content-duration', 'date', 'Message-Id', 'mime-version', 'subject', 'x-cns-greeting-type']

/** The object that an upload becomes. */
export function uploadedObject(uploaded: Uploaded, admitted: AuthorizedRequest): StoredObject {
  const { mailbox, rulebook, world } = admitted
  const rules = rulebook.uploads
  const { folder, audio } = uploaded
  const attributes = rules.attributes(uploaded, admitted)
  return {
    ...{ folder, audio, attributes },
    number: rules.number(uploaded, mailbox),
    ...rules.flags(uploaded.flags, folder),
    dateMs: instantOf(attributes.get('date') ?? '') ?? nowOf(admitted),
    expiresMs: instantOf(attributes.get('expires') ?? ''),
    fileName: rules.fileName(uploaded.fileName),
    boundary: newBoundary(world),
  }
}

/** The attributes of an uploaded object: those given, and what the server makes up where none was (UPLOAD-08…-15). */
export function uploadedAttributes(uploaded: Uploaded, admitted: AuthorizedRequest): Attributes {
  const { folder, given, audio } = uploaded
  const dateMs = instantOf(given.get('date') ?? '') ?? nowOf(admitted)
  return new Map([
    ['content-duration', String(secondsOf(audio))],
    ['date', instantText(dateMs)],
    ['mime-version', '1.0'],
    ...(folder === 'greetings' ? greetingAttributes(admitted) : uploadedVoicemail(dateMs, admitted)),
    ...[...given].filter(([name]) => GIVEN.includes(name)),
  ])
}

/** The flags of an uploaded object: of those given only `\Seen` and, of a greeting, `$CNS-Greeting-On` are its client's. */
export function uploadedFlags(flags: readonly string[], folder: FolderName): FlagState {
  return {
    seen: flags.includes(SEEN),
    kept: false,
    greetingOn: folder === 'greetings' && flags.includes(GREETING_ON),
  }
}

function greetingAttributes(admitted: AuthorizedRequest): Attributes {
  return new Map([
    ['Message-Id', freshId(admitted)],
    ['subject', 'custom greeting'],
    ['x-cns-greeting-type', GREETING_TYPES.normal],
  ])
}

function uploadedVoicemail(dateMs: number, admitted: AuthorizedRequest): Attributes {
  const { mailbox, rulebook, world } = admitted
  const expiresMs = Math.max(dateMs, nowOf(admitted)) + rulebook.expiry.voicemailMs
  const from = msisdnDigits(mailbox.subscriber.msisdn)
  return new Map([
    ...voicemailAttributes({ dateMs, expiresMs, from }),
    ['Message-Id', voicemailId(dateMs, world)],
  ])
}

/** Ms since the Unix epoch, as the deployed client has it, and later where an object has that already. */
function freshId({ mailbox, world }: AuthorizedRequest): string {
  const taken = new Set(
    Array.from(mailbox.objects.values(), ({ attributes }) => attributes.get('Message-Id')),
  )
  let ms = world.nowMs(mailbox.subscriber.msisdn)
  while (taken.has(String(ms))) ms += 1
  return String(ms)
}

function nowOf({
  mailbox,
  world,
}: {
  readonly mailbox: StoredMailbox
  readonly world: AuthorizedRequest['world']
}): number {
  return toSecond(world.nowMs(mailbox.subscriber.msisdn))
}
