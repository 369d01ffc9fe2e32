import { utf8 } from '../bytes.ts'
import { type ParseError, parseError } from '../parse-error.ts'
import { parsePlainJson } from '../json.ts'

/** The alert of an APN notification as the relay spec prints it (E-34). */
export const DOCUMENTED_ALERT = 'You have a new message!'
/** The alert of an APN notification as the relay server v0.8 sends it (E-34). */
export const DEPLOYED_ALERT = 'Message!'

/** Where an alert is: beside `m`, as printed, or inside `aps`, as Apple requires (E-34). */
export type AlertPlace = 'top' | 'aps'

/** What an APN client receives. `members` names everything at the top level, in order. */
export interface ApnNotification {
  readonly kind: 'apn'
  /** Null where there is none. */
  readonly alert: string | null
  /** Where the alert is; null where there is none. */
  readonly place: AlertPlace | null
  readonly payload: string
  readonly members: readonly string[]
}

/** What a GCM client receives: the payload alone, or the data members of deployed relays (E-35). */
export interface GcmNotification {
  readonly kind: 'gcm'
  readonly form: 'bare' | 'data'
  readonly payload: string
}

type JsonObject = Readonly<Record<string, unknown>>

/** The text an APN client receives, `alert` before `m` (relay spec, Receiving a message). */
export function apnNotification({
  alert,
  place,
  payload,
}: {
  readonly alert: string
  readonly place: AlertPlace
  readonly payload: string
}): string {
  return JSON.stringify(place === 'top' ? { alert, m: payload } : { aps: { alert }, m: payload })
}

/** Reads what an APN client received: a JSON object with the payload in `m`, and an alert, which may be missing. */
export function parseApnNotification(text: string): ApnNotification | ParseError {
  const reading = parseObject(text)
  if (reading.kind === 'parse-error') return reading
  const { value } = reading
  const payload = value['m']
  if (typeof payload !== 'string')
    return parseError(`APN notification: expected text in m, got ${named(payload)}`)
  const aps = value['aps']
  const place: AlertPlace = 'alert' in value ? 'top' : 'aps'
  const alert = alertText(place === 'top' ? value['alert'] : isObject(aps) ? aps['alert'] : undefined)
  return { kind: 'apn', alert, place: alert === null ? null : place, payload, members: Object.keys(value) }
}

/** The text of an alert, which Apple lets be a text or an object with a text `body`; null where it is neither. */
function alertText(alert: unknown): string | null {
  const text = isObject(alert) ? alert['body'] : alert
  return typeof text === 'string' ? text : null
}

/**
 * Reads what a GCM client received: JSON whose data members are `type` "message" and `message`, at the top
 * or inside `data`, or else the payload itself, which is not judged here.
 */
export function parseGcmNotification(text: string): GcmNotification | ParseError {
  if (!text.trimStart().startsWith('{')) return { kind: 'gcm', form: 'bare', payload: text }
  const reading = parseObject(text)
  if (reading.kind === 'parse-error') return reading
  const data = isObject(reading.value['data']) ? reading.value['data'] : reading.value
  const payload = data['message']
  return data['type'] === 'message' && typeof payload === 'string'
    ? { kind: 'gcm', form: 'data', payload }
    : parseError(
        `GCM notification: expected type "message" and text in message, got members ${Object.keys(data).join(', ')}`,
      )
}

function parseObject(text: string): { readonly kind: 'object'; readonly value: JsonObject } | ParseError {
  const reading = parsePlainJson(utf8(text))
  if (reading.kind === 'parse-error') return parseError(`notification: ${reading.reason}`)
  return isObject(reading.plain)
    ? { kind: 'object', value: reading.plain }
    : parseError(`notification: expected a JSON object, got ${named(reading.plain)}`)
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function named(value: unknown): string {
  if (value === undefined) return 'nothing'
  return Array.isArray(value) ? 'an array' : value === null ? 'null' : typeof value
}
