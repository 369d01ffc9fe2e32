import { parsePlainJson } from '#protocol/json.ts'
import { headerValue, type WireRequest } from '#driver/wire-request.ts'
import { parseAuthorization } from '#protocol/relay/credentials.ts'
import type { Limiter } from '#protocol/relay/limiters.ts'

/** A request as a limiter sees it (E-64): which limiter, whose bucket, and how much it takes from it. */
export interface CountedRequest {
  readonly limiter: Limiter
  /** The number whose requests are counted. */
  readonly number: string
  /** What distinguishes the buckets of one limiter. */
  readonly bucket: string
  readonly cost: number
}

type Counting = (request: WireRequest, caller: string) => CountedRequest

const byCaller =
  (limiter: Limiter): Counting =>
  (_, caller) => ({ limiter, number: caller, bucket: caller, cost: 1 })

/** The operations that limiters count, by their names. */
const COUNTED: Readonly<Record<string, Counting>> = {
  'GET /v1/accounts/{transport}/code/{number}': ({ target }) => {
    const [, transport, number = ''] = /^\/v1\/accounts\/([^/]*)\/code\/([^/?]*)/.exec(target) ?? []
    return { limiter: transport === 'voice' ? 'voice' : 'sms', number, bucket: number, cost: 1 }
  },
  'PUT /v1/accounts/code/{code}': byCaller('verify'),
  'PUT /v1/messages/{destination_number}': byCaller('messages'),
  'GET /v1/keys/{number}/{device_id}': ({ target }, caller) => ({
    limiter: 'prekeys',
    number: caller,
    bucket: `${caller} ${target.replace(/\?.*$/, '')}`,
    cost: 1,
  }),
  'GET /v1/attachments/': byCaller('attachments'),
  'GET /v1/attachments/{attachment_id}': byCaller('retrievals'),
  'PUT /v1/directory/tokens': (request, caller) => ({
    limiter: 'contacts',
    number: caller,
    bucket: caller,
    cost: Math.max(1, tokensIn(request)),
  }),
}

/** How many tokens a query of the directory has; none where it cannot be read. */
function tokensIn({ body }: WireRequest): number {
  const json = body === null ? null : parsePlainJson(body)
  const query: unknown = json?.kind === 'json' ? json.plain : null
  const contacts: unknown =
    typeof query === 'object' && query !== null && 'contacts' in query ? query.contacts : []
  return Array.isArray(contacts) ? contacts.length : 0
}

/** What a limiter sees of a request; null where none counts it. */
export function countedRequest(request: WireRequest): CountedRequest | null {
  const counting = COUNTED[request.operation]
  if (counting === undefined) return null
  const caller = parseAuthorization(headerValue(request.headers, 'Authorization') ?? undefined)
  return counting(request, caller.kind === 'credentials' ? caller.number : '')
}
