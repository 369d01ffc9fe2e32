import { durationSeconds, makeAmr, parseAmr } from '#protocol/mstore/amr.ts'
import { instantText } from '#protocol/mstore/attributes.ts'
import { SEEN } from '#protocol/mstore/flags.ts'
import { FOLDERS, folderOfPath } from '#protocol/mstore/folders.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import { isObject, membersOf } from '#protocol/mstore/members.ts'
import { numberBetween } from '../../shared/randomness.ts'
import type { ListedObject } from './listing.ts'
import { listed, listedItems, pathOf } from './listing.ts'
import type { KnownObject, Mailbox } from './mailbox.ts'
import { unknownPath } from './mailbox.ts'
import type { MStoreSession } from './session.ts'
import type { MessageForm } from './upload-messages.ts'
import { uploadOf } from './upload-messages.ts'

/** A greeting as it is about to be uploaded. */
export interface Greeting {
  /** Its subject, by which the scenario names it. */
  readonly label: string
  readonly messageId: string
  readonly audio: Uint8Array
  /** Every attribute that goes with it, in the order of the mStore spec. */
  readonly attributes: ReadonlyMap<string, string>
  readonly flags: readonly string[]
  /** Empty where it belongs to none. */
  readonly parentFolderPath: string
  readonly form: MessageForm
}

/** What a scenario says of a greeting; the rest is as the mStore spec recommends. Empty attributes are left out. */
export interface GreetingOverrides {
  readonly frames?: number
  readonly audio?: Uint8Array
  readonly attributes?: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
  readonly parentFolderPath?: string
  readonly form?: MessageForm
}

/** Three frames of 20 ms, of two lengths: 6 bytes of header and 3 frames make no whole number of Base64 groups. */
const FEW_FRAMES = 3
const MODES = [7, 0]
/** Where the speech of the first frame begins, behind the magic number and the frame's header, and how much is drawn. */
const FIRST_SPEECH_BYTE = 7
const DRAWN_BYTES = 16
/** Nine years from 2015 on: dates that no voicemail of the suite has. */
const FIRST_DATE_S = 1_420_000_000
const LAST_DATE_S = 1_700_000_000

/** A greeting with that subject. Date and `Message-Id` are drawn, so that no two are the same. */
export function newGreeting(
  session: MStoreSession,
  label: string,
  overrides: GreetingOverrides = {},
): Greeting {
  const audio = overrides.audio ?? audioOf(session, overrides.frames)
  const dateMs = numberBetween(session.random, FIRST_DATE_S, LAST_DATE_S) * 1000
  const messageId =
    overrides.attributes?.['Message-Id'] ?? String(dateMs + numberBetween(session.random, 0, 999))
  const recommended: Readonly<Record<string, string>> = {
    'content-duration': String(secondsOf(audio)),
    date: instantText(dateMs),
    'Message-Id': messageId,
    'mime-version': '1.0',
    subject: label,
    'x-cns-greeting-type': GREETING_TYPES.normal,
  }
  const all = Object.entries({ ...recommended, ...overrides.attributes }).filter(([, value]) => value !== '')
  return {
    label,
    messageId,
    audio,
    attributes: new Map(all),
    flags: overrides.flags ?? [SEEN],
    parentFolderPath: overrides.parentFolderPath ?? FOLDERS.greetings.path,
    form: overrides.form ?? {},
  }
}

/** Audio of so many frames; without a number, a few frames that differ each time. */
function audioOf({ random }: MStoreSession, frames?: number): Uint8Array {
  if (frames !== undefined) return makeAmr(frames, MODES)
  const audio = makeAmr(FEW_FRAMES, MODES)
  audio.set(random(DRAWN_BYTES), FIRST_SPEECH_BYTE)
  return audio
}

/** Uploads a greeting, accepted or not, and remembers where it is, or that it is nowhere. */
export async function tryGreeting(
  session: MStoreSession,
  mailbox: Mailbox,
  greeting: Greeting,
): Promise<void> {
  const before = isNamed(greeting) ? null : await listed(session, mailbox, folderOf(greeting))
  await session.act(uploadOf(session, mailbox, greeting), { mailbox })
  const found = await findGreeting(session, mailbox, greeting, before?.map(pathOf))
  if (found === null) mailbox.objects.push(knownAs(greeting, unknownPath(folderOf(greeting))))
}

/**
 * Looks for a greeting that was uploaded and remembers where it is: by its `Message-Id`, which is kept as it was
 * sent (E-45), else by its subject, else it is the one that the scenario does not know. Null where it is not listed.
 * In a mailbox that is not the scenario's own, objects with neither are told from others by what was there `before`.
 */
export async function findGreeting(
  session: MStoreSession,
  mailbox: Mailbox,
  greeting: Greeting,
  before?: readonly string[],
): Promise<KnownObject | null> {
  const others = [...(before ?? []), ...mailbox.objects.map(({ objectPath }) => objectPath)]
  const all = await listed(session, mailbox, folderOf(greeting))
  const isOwn = session.target.capabilities.subscribers !== null || before !== undefined
  const fresh = all.filter((object) => !others.includes(pathOf(object)))
  const found = named(fresh, greeting) ?? (isOwn && fresh.length === 1 ? fresh[0] : undefined)
  if (found === undefined) return null
  const known = knownAs(greeting, pathOf(found))
  mailbox.objects.push(known)
  return known
}

/** Uploads a greeting that must be there afterwards. */
export async function putGreeting(
  session: MStoreSession,
  mailbox: Mailbox,
  greeting: Greeting,
): Promise<KnownObject> {
  await session.succeed(uploadOf(session, mailbox, greeting), { mailbox })
  const found = await findGreeting(session, mailbox, greeting)
  const isReadable = found !== null || (await showsObjects(session, mailbox))
  session.check.that({
    requirement: isReadable ? 'MSTORE-UPLOAD-01' : 'MSTORE-SEARCH-02',
    thing: `the greeting "${greeting.label}" in the list of greetings`,
    expected: 'listed once it was uploaded',
    got: found === null ? 'not listed' : 'listed',
    holds: found !== null,
  })
  if (found === null) throw new Error('an assertion that failed did not end the step')
  return found
}

/** Whether the list of greetings is one of objects, in which one that was uploaded can be found at all. */
async function showsObjects(session: MStoreSession, mailbox: Mailbox): Promise<boolean> {
  const items = (await listedItems(session, mailbox, 'greetings')).map(membersOf)
  return items.every(({ resourceURL, attributes }) => typeof resourceURL === 'string' && isObject(attributes))
}

function folderOf({ parentFolderPath }: Greeting) {
  return folderOfPath(parentFolderPath)?.name ?? 'greetings'
}

function knownAs(greeting: Greeting, objectPath: string): KnownObject {
  const { label, messageId, audio } = greeting
  return { folder: folderOf(greeting), label, objectPath, messageId, audio }
}

/** Whether it has something to be found by among others. */
function isNamed({ attributes }: Greeting): boolean {
  return attributes.has('Message-Id') || attributes.has('subject')
}

function named(objects: readonly ListedObject[], { attributes: sent }: Greeting) {
  return (['Message-Id', 'subject'] as const)
    .filter((name) => sent.has(name))
    .map((name) => objects.find(({ attributes }) => attributes.get(name) === sent.get(name)))
    .find((object) => object !== undefined)
}

function secondsOf(audio: Uint8Array): number {
  const file = parseAmr(audio)
  return file.kind === 'amr' ? durationSeconds(file) : 1
}
