import { equal } from '#protocol/bytes.ts'
import { decimalId, parseJson } from '#protocol/json.ts'
import { allocateAttachment, downloadBlob, retrieveAttachment, uploadBlob } from '#driver/relay/operations.ts'
import type { Answer } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { KnownAttachment, UploadedBlob } from './attachment.ts'
import { members } from './json-members.ts'
import type { Party } from './party.ts'
import { perform, type OperationRequest } from './operation.ts'
import { credentials } from './registration.ts'
import { STORED, type RelaySession } from './session.ts'

/** What is violated where a place cannot be used because of what the relay said of it. */
interface LocationRequirements {
  /** Where the answer has no location. */
  readonly absent: string
  /** Where the location is no absolute URL. */
  readonly relative: string
}

const ALLOCATION: LocationRequirements = { absent: 'RELAY-ATTACHMENT-01', relative: 'RELAY-ATTACHMENT-02' }
const RETRIEVAL: LocationRequirements = { absent: 'RELAY-ATTACHMENT-08', relative: 'RELAY-ATTACHMENT-08' }
const FOR_ANYBODY = 'RELAY-ATTACHMENT-12'
const WITHOUT_CREDENTIALS = 'RELAY-ATTACHMENT-13'
const ROUND_TRIP = 'RELAY-ATTACHMENT-11'
const LOCATED = 'RELAY-ATTACHMENT-08'

/** The least status that is a refusal. */
const REFUSED = 400

/** The members of a JSON answer, numbers as they were written; none where it is something else. */
export function membersOf(answer: Answer | null): Readonly<Record<string, unknown>> {
  const reading = answer === null ? null : parseJson(answer.body)
  return reading?.kind === 'json' ? members(reading.exact) : {}
}

/** Whether the text is an absolute http(s) URL; white space and control characters, which `URL` drops, are in none. */
export function isAbsolute(location: string): boolean {
  return /^https?:\/\/[^/]/i.test(location) && !/[\s\p{Cc}]/u.test(location) && URL.canParse(location)
}

/** The place that an answer gives out, kept in the session; it is judged when it is used. */
export function keepPlace(session: RelaySession, owner: Party, answer: Answer | null): KnownAttachment {
  const { id, location } = membersOf(answer)
  const read = decimalId(id)
  const attachment: KnownAttachment = {
    owner,
    id: read.kind === 'id' ? String(read.value) : textOf(id),
    location: textOf(location),
    isTried: false,
    upload: null,
  }
  session.attachments.push(attachment)
  return attachment
}

/** Asks for a place, which must be granted. */
export async function allocate(session: RelaySession, owner: Party): Promise<KnownAttachment> {
  return keepPlace(session, owner, await session.succeed(allocateAttachment(credentials(owner))))
}

/** The place that was given out last; a scenario without one is wrong in itself. */
export function latest({ attachments }: RelaySession): KnownAttachment {
  const attachment = attachments.at(-1)
  if (attachment === undefined) throw new Error('no attachment was allocated yet: the scenario needs one')
  return attachment
}

/** Uploads to a new place as the scenario's own request. */
export async function upload(session: RelaySession, owner: Party, blob: UploadedBlob): Promise<void> {
  await perform(session, await uploadOf(session, owner, blob))
}

/** The upload to a new place: once it is taken, the attachment has that blob. */
export async function uploadOf(
  session: RelaySession,
  owner: Party,
  blob: UploadedBlob,
): Promise<OperationRequest> {
  const attachment = await allocate(session, owner)
  return {
    request: uploadBlob(locationOf(session, attachment), blob.bytes),
    remember: ({ status }) => {
      attachment.isTried = true
      if (status !== null && STORED.includes(status)) attachment.upload = blob
    },
  }
}

/** The id of an attachment, where the relay gave one. */
export function idOf(session: RelaySession, { id }: KnownAttachment): string {
  session.check.that({
    requirement: ALLOCATION.absent,
    thing: 'id of an attachment',
    expected: 'an id',
    got: id === '' ? 'none' : id,
    holds: id !== '',
  })
  return id
}

/** The location of an attachment, where the relay gave one that can be used. */
function locationOf(session: RelaySession, { location }: KnownAttachment): string {
  return usable(session, location, ALLOCATION)
}

/**
 * The request for the blob of an attachment, from where a retrieval by that party says it is. Another party
 * retrieves it after its owner has.
 */
export async function download(
  session: RelaySession,
  by: Party,
  attachment: KnownAttachment,
): Promise<WireRequest> {
  const { owner } = attachment
  const id = idOf(session, attachment)
  const retrieved = (party: Party, requirement: string) =>
    session.succeed(retrieveAttachment(credentials(party), id), { requirement })
  const own = await retrieved(owner, LOCATED)
  const answer = by === owner ? own : await retrieved(by, FOR_ANYBODY)
  return downloadBlob(usable(session, textOf(membersOf(answer)['location']), RETRIEVAL))
}

/** What can have become of a blob: it is kept back, or not there, or another attachment's, or its bytes differ. */
type Loss = 'withheld' | 'missing' | 'another' | 'changed'

const WITHHELD = [401, 403]

/** Which losses violate a requirement about something narrower than the round trip as such. */
const losses: Readonly<Record<string, readonly Loss[]>> = {
  'RELAY-ATTACHMENT-03': ['another'],
  'RELAY-ATTACHMENT-07': ['missing'],
  'RELAY-ATTACHMENT-14': ['another', 'missing'],
  'RELAY-ATTACHMENT-26': ['another', 'missing'],
  'RELAY-ATTACHMENT-24': ['missing', 'changed'],
}

function violatedBy({ check: { requirement } }: RelaySession, loss: Loss): string {
  if (loss === 'withheld') return WITHOUT_CREDENTIALS
  return losses[requirement]?.includes(loss) === true ? requirement : ROUND_TRIP
}

function lossOf(session: RelaySession, answer: Answer | null): Loss {
  if (answer === null) return 'missing'
  if (answer.status !== 200) return WITHHELD.includes(answer.status) ? 'withheld' : 'missing'
  return isAnothers(session, answer.body) ? 'another' : 'changed'
}

function isAnothers({ attachments }: RelaySession, bytes: Uint8Array): boolean {
  return attachments.some((attachment) => attachment.upload !== null && equal(attachment.upload.bytes, bytes))
}

/** Asserts that the answer to a download is the blob. */
function assertBlob(
  session: RelaySession,
  answer: Answer | null,
  { expected, got }: { readonly expected: Uint8Array; readonly got: string },
): void {
  const bytes = answer?.body ?? new Uint8Array()
  const sent = answer?.status === 200 || (answer?.status === 204 && expected.length === 0)
  const whole = sent && equal(bytes, expected)
  session.check.that({
    requirement: whole ? session.check.requirement : violatedBy(session, lossOf(session, answer)),
    thing: 'blob downloaded',
    expected: `200 with the ${expected.length} bytes uploaded`,
    got: whole ? 'that' : `${got} with ${difference(expected, bytes)}`,
    lasting: { got: `${got} with ${bytes.length === 0 ? 'nothing' : 'other bytes'}` },
    holds: whole,
    exchange: answer?.exchange.id ?? null,
  })
}

/** Asserts that every blob that was taken from the party can be had by it, byte by byte; one refused is noted. */
export async function assertStored(session: RelaySession, owner: Party): Promise<void> {
  for (const attachment of session.attachments.filter((each) => each.owner === owner && each.isTried)) {
    const expected = attachment.upload?.bytes
    if (expected === undefined) {
      assertRefused(session)
      continue
    }
    const observed = await session.ask(await download(session, owner, attachment))
    assertBlob(session, observed.answer, { expected, got: observed.text })
  }
}

/** Asserts that the upload that left no blob was refused, which is noted: no size is promised. */
function assertRefused({ check, turn: { request, observed } }: RelaySession): void {
  const { status, text, exchange } = observed
  const holds = status !== null && status >= REFUSED
  const expected = 'a success or a refusal'
  check.that({ thing: `status of ${request.operation}`, expected, got: text, holds, exchange })
  check.note(`an upload of ${request.body?.length ?? 0} bytes was answered ${text}`)
}

/** Asserts that the answer is the blob uploaded last. */
export function assertUploaded(session: RelaySession): void {
  const { answer, text } = session.turn.observed
  const expected = latest(session).upload?.bytes
  if (expected === undefined) throw new Error('no blob was uploaded: the scenario needs an upload')
  assertBlob(session, answer, { expected, got: text })
}

/** Asserts that no two attachments were given the same id, or the same location. */
export function assertPlacesDiffer(session: RelaySession, word: string): void {
  const { attachments, check } = session
  const read = word === 'id' ? idOf : locationOf
  const places = attachments.map((attachment) => read(session, attachment))
  check.count(`different ${word}s`, attachments.length, new Set(places).size)
}

/** What became of the location of a retrieval: the status of a download, or why there is none. */
export async function fateOf(session: RelaySession, location: string): Promise<string> {
  return isAbsolute(location) ? (await session.ask(downloadBlob(location))).text : 'no absolute URL'
}

/** The location, where it can be asked for; what keeps it from that is violated. */
function usable(session: RelaySession, location: string, { absent, relative }: LocationRequirements): string {
  session.check.that({
    requirement: location === '' ? absent : relative,
    thing: 'location of an attachment',
    expected: 'an absolute http or https URL',
    got: location === '' ? 'none' : location,
    holds: isAbsolute(location),
  })
  return location
}

/** A member as text: its digits where it is a number, nothing where it is absent or something else. */
function textOf(member: unknown): string {
  if (typeof member === 'string') return member
  const read = decimalId(member)
  return read.kind === 'id' ? String(read.value) : ''
}

function difference(expected: Uint8Array, got: Uint8Array): string {
  if (got.length !== expected.length) return `${got.length} bytes`
  return `other bytes from byte ${expected.findIndex((byte, at) => byte !== got[at])} on`
}
