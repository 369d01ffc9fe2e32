import { upload } from '#driver/mstore/operations.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { toHex } from '#protocol/bytes.ts'
import { durationSeconds, makeAmr, parseAmr } from '#protocol/mstore/amr.ts'
import { instantText } from '#protocol/mstore/attributes.ts'
import { SEEN } from '#protocol/mstore/flags.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import { isObject, membersOf } from '#protocol/mstore/members.ts'
import { uploadRoot } from '#protocol/mstore/upload.ts'
import { numberBetween } from '../randomness.ts'
import { listed, listedItems, pathOf } from './lookup.ts'
import type { KnownObject, Mailbox } from './mailbox.ts'
import type { MStoreSession } from './session.ts'

/** A greeting as it is about to be uploaded. */
export interface Greeting {
  /** Its subject, by which the scenario names it. */
  readonly label: string
  readonly messageId: string
  readonly audio: Uint8Array
  /** Every attribute that goes with it, in the page's order. */
  readonly attributes: ReadonlyMap<string, string>
  readonly flags: readonly string[]
  readonly parentFolderPath: string
}

/** What a scenario says of a greeting; the rest is as the page recommends. Attributes that are empty are left out. */
export interface GreetingWishes {
  readonly frames?: number
  readonly audio?: Uint8Array
  readonly attributes?: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
  readonly parentFolderPath?: string
}

/** Three frames of 20 ms, of two lengths: 6 bytes of header and 3 frames make no whole number of Base64 groups. */
const FEW_FRAMES = 3
const MODES = [7, 0]
const BOUNDARY_BYTES = 8
/** Nine years from 2015 on: dates that no voicemail of the suite has. */
const FIRST_DATE_S = 1_420_000_000
const LAST_DATE_S = 1_700_000_000

/** A greeting with that subject. Date and `Message-Id` are drawn, so that no two are the same. */
export function newGreeting(session: MStoreSession, label: string, wishes: GreetingWishes = {}): Greeting {
  const audio = wishes.audio ?? makeAmr(wishes.frames ?? FEW_FRAMES, MODES)
  const dateMs = numberBetween(session.random, FIRST_DATE_S, LAST_DATE_S) * 1000
  const messageId =
    wishes.attributes?.['Message-Id'] ?? String(dateMs + numberBetween(session.random, 0, 999))
  const recommended: Readonly<Record<string, string>> = {
    'content-duration': String(secondsOf(audio)),
    date: instantText(dateMs),
    'Message-Id': messageId,
    'mime-version': '1.0',
    subject: label,
    'x-cns-greeting-type': GREETING_TYPES.normal,
  }
  const all = Object.entries({ ...recommended, ...wishes.attributes }).filter(([, value]) => value !== '')
  return {
    ...{ label, messageId, audio, attributes: new Map(all) },
    flags: wishes.flags ?? [SEEN],
    parentFolderPath: wishes.parentFolderPath ?? FOLDERS.greetings.path,
  }
}

/** The request that uploads a greeting. */
export function uploadOf(session: MStoreSession, mailbox: Mailbox, greeting: Greeting): WireRequest {
  const { audio } = greeting
  const root = uploadRoot(greeting)
  return upload(mailbox.msisdn, { root, audio, ...drawBoundaries(session) })
}

/** Two boundaries, of which none begins with the other. */
export function drawBoundaries({ random }: MStoreSession) {
  const drawn = toHex(random(BOUNDARY_BYTES))
  return { outerBoundary: `outer-${drawn}`, innerBoundary: `inner-${drawn}` }
}

/**
 * Looks for a greeting that was uploaded and remembers where it is: by its `Message-Id`, which is kept as it was
 * sent (E-45), else by its subject. Null where it is not listed.
 */
export async function findGreeting(
  session: MStoreSession,
  mailbox: Mailbox,
  { label, messageId, audio }: Greeting,
): Promise<KnownObject | null> {
  const all = await listed(session, mailbox, 'greetings')
  const found =
    all.find(({ attributes }) => attributes.get('Message-Id') === messageId) ??
    all.find(({ attributes }) => attributes.get('subject') === label)
  if (found === undefined) return null
  const known = { folder: 'greetings', label, objectPath: pathOf(found), messageId, audio } as const
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

function secondsOf(audio: Uint8Array): number {
  const file = parseAmr(audio)
  return file.kind === 'amr' ? durationSeconds(file) : 1
}
