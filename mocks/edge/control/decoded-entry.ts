import { fromUtf8 } from '#protocol/bytes.ts'
import { parseJson } from '#protocol/json.ts'
import type { Json, WireAnswer } from '#mocks/engine/reply.ts'
import type { JournalEntry } from '../journal-entry.ts'

type Headers = readonly (readonly [name: string, value: string])[]

/** A message, cut into its parts. */
interface Message {
  readonly headers: Headers
  readonly body: Uint8Array
}

/** An entry of the journal with its request and its answer decoded, in place of the bytes that came. */
export function decodedEntry({ raw, answer, notes, ...entry }: JournalEntry): Json {
  return { ...entry, notes, request: shownMessage(requestOf(raw)), answer: answer && shownAnswer(answer) }
}

function shownAnswer(answer: WireAnswer): Json {
  switch (answer.kind) {
    case 'reply':
      return { kind: 'reply', status: answer.status, ...shownMessage(answer) }
    case 'raw':
      return { kind: 'raw', body: shownBody(answer.bytes, '') }
    case 'hang-up':
    case 'silence':
      return { kind: answer.kind }
    default:
      return answer satisfies never
  }
}

function shownMessage({ headers, body }: Message) {
  return {
    headers: headers.map(([name, value]) => [name, value] as const),
    body: shownBody(body, valueOf(headers, 'content-type')),
  }
}

/** A body as its JSON where it says that it is some, else as text, else in Base64; null where there is none. */
function shownBody(bytes: Uint8Array, type: string): Json {
  if (bytes.length === 0) return null
  const json = /\bjson\b/i.test(type) ? parseJson(bytes) : null
  // Numbers keep the digits that they were written with
  if (json?.kind === 'json') return { json: json.exact as Json }
  const text = fromUtf8(bytes)
  return text === null ? { base64: Buffer.from(bytes).toString('base64') } : { text }
}

const END_OF_HEAD = '\r\n\r\n'

/** The headers of a request that came in these bytes, as they were written, and its body. */
export function requestOf(raw: Uint8Array): Message {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const end = bytes.indexOf(END_OF_HEAD)
  const head = bytes.toString('latin1', 0, end < 0 ? bytes.length : end)
  const headers = head.split('\r\n').slice(1).map(headerOf)
  const body = end < 0 ? bytes.subarray(bytes.length) : bytes.subarray(end + END_OF_HEAD.length)
  const isChunked = /\bchunked\b/i.test(valueOf(headers, 'transfer-encoding'))
  return { headers, body: isChunked ? withoutChunks(body) : body }
}

function headerOf(line: string): readonly [string, string] {
  const colon = line.indexOf(':')
  return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()]
}

function valueOf(headers: Headers, name: string): string {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? ''
}

/** A body without the sizes of its chunks, as far as there are whole ones. */
function withoutChunks(body: Buffer): Buffer {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const end = body.indexOf('\r\n', at)
    const size = end < 0 ? NaN : Number.parseInt(body.toString('latin1', at, Math.min(end, at + 16)), 16)
    if (!(size > 0)) return Buffer.concat(chunks)
    chunks.push(body.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
}
