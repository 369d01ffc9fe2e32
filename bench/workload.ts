import { directoryToken } from '#protocol/relay/tokens.ts'
import { basicAuthorization } from '#protocol/relay/credentials.ts'

/** The kinds of requests that are measured. */
export const WORKLOADS = ['get', 'put', 'prekey', 'directory', 'message'] as const
/** A kind of requests that is measured. */
export type Workload = (typeof WORKLOADS)[number]
/** Those that servers that are no relay know, too. */
export const PLAIN_WORKLOADS = ['get', 'put'] as const satisfies readonly Workload[]
/** A kind of requests that any server knows. */
export type PlainWorkload = (typeof PLAIN_WORKLOADS)[number]

/** How many accounts send the requests, in turn. */
const CALLERS = 1000
/** One-time prekeys of each of them. */
export const PREKEYS = 1000
/** The password of all accounts. */
export const PASSWORD = 'correct-horse'
/** 52 bytes in Base64. */
export const SIGNALING_KEY = Buffer.alloc(52, 7).toString('base64')
/** The registration id of all devices. */
export const REGISTRATION_ID = 1234
/** A public key with its type byte, in Base64. */
export const PUBLIC_KEY = Buffer.alloc(33, 5).toString('base64')

/** The numbers of a directory of that size, by place. */
export function numberAt(place: number): string {
  return `+1${2_000_000_000 + place}`
}

/** The places of the callers: spread evenly over a directory of `accounts`. */
export function callerPlaces(accounts: number): readonly number[] {
  return Array.from({ length: CALLERS }, (_, caller) => Math.floor((caller * accounts) / CALLERS))
}

/** The id of the attachment of the caller at a place: 63 bits, odd. */
export function attachmentId(place: number): string {
  return String(2n ** 62n + BigInt(place) * 2n + 1n)
}

/** The requests of a workload as bytes, one for each caller of a directory of `accounts`. */
export function requestsOf(workload: Workload, accounts: number): readonly string[] {
  const places = callerPlaces(accounts)
  return places.map((place, caller) => {
    const next = places[(caller + 1) % places.length] ?? place
    return written(requestOf(workload, { place, next }), numberAt(place))
  })
}

interface Request {
  readonly line: string
  readonly body?: object
}

/** `next` is the place of the caller whose keys, or whose attention, are asked for. */
function requestOf(
  workload: Workload,
  { place, next }: { readonly place: number; readonly next: number },
): Request {
  switch (workload) {
    case 'get':
      return { line: `GET /v1/attachments/${attachmentId(place)}` }
    case 'put':
      return { line: 'PUT /v1/accounts/gcm/', body: { gcmRegistrationId: `gcm-registration-id-of-${place}` } }
    case 'prekey':
      return { line: `GET /v1/keys/${numberAt(next)}/1` }
    case 'directory':
      return { line: 'PUT /v1/directory/tokens', body: { contacts: [directoryToken(numberAt(next))] } }
    case 'message':
      return { line: `PUT /v1/messages/${numberAt(next)}`, body: { messages: [message] } }
    default:
      return workload satisfies never
  }
}

const message = {
  type: 1,
  destinationDeviceId: 1,
  destinationRegistrationId: REGISTRATION_ID,
  body: Buffer.alloc(160, 1).toString('base64'),
  timestamp: 1_400_000_000_000,
}

function written({ line, body }: Request, number: string): string {
  const text = body === undefined ? '' : JSON.stringify(body)
  return [
    `${line} HTTP/1.1`,
    'Host: relay.test',
    `Authorization: ${basicAuthorization({ username: number, password: PASSWORD })}`,
    ...(body === undefined ? [] : ['Content-Type: application/json', `Content-Length: ${text.length}`]),
    '',
    text,
  ].join('\r\n')
}
