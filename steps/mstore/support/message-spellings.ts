import { type WireRequest, withBody, withHeader, headerValue } from '#driver/wire-request.ts'
import { concat, utf8 } from '#protocol/bytes.ts'
import { boundaryOf, buildMultipart, parseMultipart, type MultipartPart } from '#protocol/mstore/multipart.ts'
import { namedEntry } from '../../shared/support/named-entry.ts'

type Header = readonly [name: string, value: string]

/** How a message in parts is written otherwise: its type, the headers of its parts, what stands around it. */
interface MessageSpelling {
  readonly type?: (contentType: string) => string
  readonly header?: (header: Header) => Header
  readonly around?: (message: Uint8Array) => Uint8Array
}

const SPELLINGS: Readonly<Record<string, MessageSpelling>> = {
  'header names in lower case': { header: ([name, value]) => [name.toLowerCase(), value] },
  'header names in upper case': { header: ([name, value]) => [name.toUpperCase(), value] },
  'media types in upper case': { type: typeInUpperCase, header: onTypes(typeInUpperCase) },
  'boundaries in quotes': { type: inQuotes, header: onTypes(inQuotes) },
  'text before and behind it': {
    around: (message) => concat(utf8('To be left aside.\r\n'), message, utf8('This too.\r\n')),
  },
  'lengths that are too small': { header: onLengths((length) => length >> 1) },
  'lengths that are too large': { header: onLengths((length) => length + 7) },
}

/** The request of an upload with its message in the spelling of that name, in both of its layers. */
export function respelledMessage(request: WireRequest, name: string): WireRequest {
  const spelling = namedEntry('spelling', SPELLINGS, name)
  const contentType = headerValue(request.headers, 'Content-Type') ?? ''
  const body = respelled(contentType, request.body ?? new Uint8Array(), spelling)
  const written = spelling.around?.(body) ?? body
  return withHeader(withBody(request, written), 'Content-Type', spelling.type?.(contentType) ?? contentType)
}

function respelled(contentType: string, message: Uint8Array, spelling: MessageSpelling): Uint8Array {
  const type = boundaryOf(contentType)
  const read = type.kind === 'boundary' ? parseMultipart(type.boundary, message) : type
  if (type.kind === 'parse-error' || read.kind === 'parse-error') return message
  return buildMultipart(
    type.boundary,
    read.parts.map((part) => respelledPart(part, spelling)),
  )
}

function respelledPart({ headers, body }: MultipartPart, spelling: MessageSpelling): MultipartPart {
  const type = headers.find(([name]) => name === 'Content-Type')?.[1] ?? ''
  return {
    headers: headers.map((header) => spelling.header?.(header) ?? header),
    body: respelled(type, body, spelling),
  }
}

function typeInUpperCase(contentType: string): string {
  return contentType.replace(/^[^;]+/, (type) => type.toUpperCase())
}

function inQuotes(contentType: string): string {
  return contentType.replace(/boundary=([^;"]+)$/, 'boundary="$1"')
}

function onTypes(change: (contentType: string) => string): (header: Header) => Header {
  return ([name, value]) => [name, name === 'Content-Type' ? change(value) : value]
}

function onLengths(change: (length: number) => number): (header: Header) => Header {
  return ([name, value]) => [name, name === 'Content-Length' ? String(change(Number(value))) : value]
}
