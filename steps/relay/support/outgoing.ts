import { decodeBase64, decodeLossy, encodeBase64 } from '#protocol/base64.ts'
import { checkBody } from '#protocol/contracts.ts'
import { FIRST_DEVICE } from '#protocol/relay/credentials.ts'
import { jsonContract } from '#driver/contract.ts'
import { sendMessages } from '#driver/relay/operations.ts'
import { readingOf } from '#driver/relay/readings.ts'
import { withBody, type WireRequest } from '#driver/wire-request.ts'
import { numberBetween } from '../../shared/support/randomness.ts'
import type { PartyDevice, Party, SentMessage } from './party.ts'
import { credentials } from './registration.ts'
import type { RelaySession } from './session.ts'

/** Greatest registration id: 14 bits. */
const MOST_REGISTRATION_ID = 0x3fff
/** Bytes of a body of which nothing is said; sealed it fills four cipher blocks, so its Base64 shows padding. */
const BODY_BYTES = 25
const FIRST_TIMESTAMP_MS = 1_400_000_000_000
const TIMESTAMP_SPAN_MS = 2 ** 31

/** A message as a scenario writes it down: a cell for each column it has, the rest is drawn. */
export type MessageRow = Readonly<
  Partial<Record<'device' | 'registrationId' | 'type' | 'body' | 'timestamp', string>>
>

/** Sender and recipient. */
export interface MessageRoute {
  readonly from: Party
  readonly to: Party
  /** The sending device; 1 by default. */
  readonly fromDevice?: number
  /** The member `relay` of the request. */
  readonly relay?: string
}

/** A request that submits messages, and the messages it carries. */
export interface Outgoing {
  readonly request: WireRequest
  readonly messages: readonly SentMessage[]
  /** Whether it names each reachable device and no other, each with the registration id it has. */
  readonly fresh: boolean
}

/** A message for each reachable device of the recipient, with that body, or with bodies of their own of so many bytes. */
export function messageToAll(
  session: RelaySession,
  route: MessageRoute,
  body: number | Uint8Array = BODY_BYTES,
): Outgoing {
  const rows = route.to.reachable().map(({ id }) => ({
    device: String(id),
    body: bodyText(session, typeof body === 'number' ? session.random(body) : body),
  }))
  return outgoing(session, route, rows)
}

/** The request that submits the messages written in `rows`, each cell in its place; `absent` leaves a member out. */
export function outgoing(session: RelaySession, route: MessageRoute, rows: readonly MessageRow[]): Outgoing {
  const batch = Symbol(route.to.name)
  const drafts = rows.map((row) => draft(session, { ...route, batch }, row))
  const { from, to, fromDevice = 1, relay } = route
  const bare = sendMessages(credentials(from, fromDevice), to.number, { messages: [] })
  const body = { ...(relay === undefined ? {} : { relay }), messages: drafts.map(({ members }) => members) }
  return {
    request: claimed(withBody(bare, JSON.stringify(body)), rows),
    messages: drafts.map(({ sent }) => sent),
    fresh: isFresh(to, rows),
  }
}

/** The request as one that fits its schema, unless a row says otherwise. */
function claimed(request: WireRequest, rows: readonly MessageRow[]): WireRequest {
  const isOdd = rows.some(
    ({ body, timestamp = '1' }) => body === 'absent' || body === '""' || !isTime(timestamp),
  )
  return isOdd ? request : { ...request, contract: jsonContract('message-list', checkBody) }
}

function isTime(timestamp: string): boolean {
  return /^(\d+|"\d{1,20}")$/.test(timestamp)
}

function isFresh(to: Party, rows: readonly MessageRow[]): boolean {
  const addressed = rows.map(({ device = '1' }) => device).toSorted()
  const reachable = to
    .reachable()
    .map(({ id }) => String(id))
    .toSorted()
  return (
    rows.length > 0 &&
    addressed.join() === reachable.join() &&
    rows.every(({ registrationId = 'right' }) => registrationId === 'right')
  )
}

interface MessageDraft {
  readonly members: Readonly<Record<string, unknown>>
  readonly sent: SentMessage
}

function draft(
  session: RelaySession,
  { from, to, fromDevice = 1, batch }: MessageRoute & { batch: symbol },
  row: MessageRow,
): MessageDraft {
  const device = row.device === 'absent' ? 1 : Number(row.device ?? 1)
  const type = Number(row.type ?? 1)
  const body = row.body ?? bodyText(session, session.random(BODY_BYTES))
  const timestamp = row.timestamp ?? drawnTimestamp(session)
  const registrationId = registrationIdOf(
    session,
    to.devices.find(({ id }) => id === device),
    row.registrationId,
  )
  const members = {
    type,
    destinationDeviceId: row.device === 'absent' ? undefined : device,
    destinationRegistrationId: registrationId,
    body: body === 'absent' ? undefined : body === '""' ? '' : body,
    timestamp: timestamp === 'absent' ? undefined : (JSON.parse(timestamp) as unknown),
  }
  const sent = {
    from,
    fromDevice,
    to,
    device,
    type,
    body: delivered(session, body),
    timestamp: numberIn(timestamp),
    batch,
  }
  return { members, sent }
}

function registrationIdOf(
  session: RelaySession,
  device: PartyDevice | undefined,
  cell = 'right',
): number | undefined {
  if (cell === 'absent') return undefined
  const right = Number(device?.registrationId ?? numberBetween(session.random, 1, MOST_REGISTRATION_ID))
  if (cell === 'right') return isForgotten(session, device) ? 0 : right
  return cell === 'stale' ? (right % MOST_REGISTRATION_ID) + 1 : Number(cell)
}

/** Whether the relay keeps no registration id for the device, so that any but 0 is stale. */
function isForgotten({ target }: RelaySession, device: PartyDevice | undefined): boolean {
  const added = device !== undefined && device.id > FIRST_DEVICE
  return added && readingOf(target.dialect, 'addedRegistrationId') === 'dropped'
}

/** A time in milliseconds, as JSON: in quotes, as the relay spec prints it, or as the field's clients send it. */
function drawnTimestamp({ random, target }: RelaySession): string {
  const ms = FIRST_TIMESTAMP_MS + numberBetween(random, 1, TIMESTAMP_SPAN_MS)
  return readingOf(target.dialect, 'timestampSent') === 'text' ? `"${ms}"` : String(ms)
}

/** What is to be delivered of a body; of one that is no Base64 nothing, or what a lenient decoder makes of it. */
function delivered({ target }: RelaySession, body: string): Uint8Array {
  const strict = decodeBase64(body)
  if (strict.kind === 'decoded') return strict.bytes
  const isLenient = readingOf(target.dialect, 'unpaddedBody') !== 'whole'
  const lossy = isLenient ? decodeLossy(body) : strict
  return lossy.kind === 'decoded' ? lossy.bytes : new Uint8Array()
}

function numberIn(timestamp: string): number {
  return Number(timestamp.replaceAll('"', ''))
}

function bodyText({ target }: RelaySession, bytes: Uint8Array): string {
  return encodeBase64(bytes, { padded: readingOf(target.dialect, 'bodySent') === 'padded' })
}
