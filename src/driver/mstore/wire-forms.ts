import type { RecordedHeader } from '#evidence/exchange.ts'
import { concat } from '#protocol/bytes.ts'
import { withHeader, type WireRequest, headerValue } from '../wire-request.ts'

/** How a request is put on the wire, where that is what is asked about. What is left out is as usual. */
export interface WireForm {
  /** The version of HTTP on the request line, `1.1` by default. */
  readonly version?: '1.0' | '1.1'
  /** Headers in place of those of the request, or besides them. */
  readonly headers?: readonly RecordedHeader[]
  /** A second copy of the request goes out right behind the first. */
  readonly twice?: boolean
  /**
   * What is held back of a body before the connection is ended: its second half, or a blank behind it that its
   * length counts in. Only a request with credentials is cut, the challenge is for a whole one.
   */
  readonly heldBack?: 'half' | 'blank'
  /** Sends plain text, without TLS, whatever the scheme of the target. */
  readonly clear?: boolean
  /** What is offered at the TLS handshake. */
  readonly alpn?: readonly string[]
}

const FORMS = {
  'HTTP/1.1': {},
  'HTTP/1.0': { version: '1.0' },
  'keep-alive': { headers: [['Connection', 'keep-alive']] },
  'keep-alive, twice': { headers: [['Connection', 'keep-alive']], twice: true },
  'half a body': { heldBack: 'half' },
  'a body without its last byte': { heldBack: 'blank' },
  'clear text': { clear: true },
  'an offer of h2': { alpn: ['h2', 'http/1.1'] },
} as const satisfies Readonly<Record<string, WireForm>>

/** The form of that name; throws where there is none, which is a mistake of the feature. */
export function wireForm(name: string): WireForm {
  const form = Object.entries(FORMS).find(([known]) => known === name)?.[1]
  if (form === undefined) throw new Error(`form: expected ${Object.keys(FORMS).join(', ')}; got "${name}"`)
  return form
}

/** Bytes for the wire, and whether nothing more follows them. */
export interface WireBytes {
  readonly bytes: Uint8Array
  readonly ends: boolean
}

/** A request to that authority as it is on the wire. */
export function bytesOf(request: WireRequest, form: WireForm, authority: string): WireBytes {
  const cut = headerValue(request.headers, 'Authorization') === null ? undefined : form.heldBack
  const { declared, sent } = bodyOf(request, cut)
  const { headers } = (form.headers ?? []).reduce(
    (changed, [name, value]) => withHeader(changed, name, value),
    request,
  )
  const lines = [
    `${request.method} ${request.target} HTTP/${form.version ?? '1.1'}`,
    ...[['Host', authority] as const, ...headers].map(([name, value]) => `${name}: ${value}`),
    ...(declared === null ? [] : [`Content-Length: ${declared}`]),
  ]
  const once = concat(Buffer.from([...lines, '', ''].join('\r\n'), 'latin1'), sent)
  return { bytes: form.twice === true ? concat(once, once) : once, ends: cut !== undefined }
}

/** How many bytes a body is said to have, and those that are sent. */
function bodyOf({ body }: WireRequest, cut: WireForm['heldBack']) {
  if (body === null) return { declared: null, sent: new Uint8Array() }
  if (cut === 'blank') return { declared: body.length + 1, sent: body }
  return { declared: body.length, sent: cut === 'half' ? body.subarray(0, body.length >> 1) : body }
}
