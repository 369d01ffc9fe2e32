import { HeadScanner } from '#driver/answer-head.ts'
import { Secrets } from '#driver/secrets.ts'
import { printable } from '#evidence/printable.ts'
import { RequestFraming } from '#mocks/edge/request-framing.ts'
import { deployedBodies } from '#mocks/relay/deployed-bodies.ts'
import { parseAuthParams, parseAuthSchemes } from '#protocol/auth-params.ts'
import { decodeBase64, decodeLossy } from '#protocol/base64.ts'
import { parseBootstrappingInfo } from '#protocol/gba/bootstrapping-info.ts'
import { parseJson, parsePlainJson } from '#protocol/json.ts'
import { parseAmr } from '#protocol/mstore/amr.ts'
import { readBulkAnswer } from '#protocol/mstore/bulk-results.ts'
import { parseTarget } from '#protocol/mstore/endpoints.ts'
import { parseHeaderValue } from '#protocol/mstore/header-value.ts'
import { parseMultipart } from '#protocol/mstore/multipart.ts'
import { unwrapBase64 } from '#protocol/mstore/transfer-encoding.ts'
import { folderIdOf, objectPathOf, parseResourceUrl } from '#protocol/mstore/urls.ts'

/** A reader of bytes from outside and an input that asks the most of it. */
export interface ParserCase {
  readonly reader: string
  /** What the input is, in a few words. */
  readonly input: string
  /** Makes an input of about so many bytes; returns what reads it once. */
  readonly reading: (bytes: number) => () => unknown
}

const NO_BOUND = Number.MAX_SAFE_INTEGER

/** The cases of a reader of text: each input is a beginning, a text so often that it has the size, and an end. */
function texts(
  reader: string,
  read: (text: string) => unknown,
  inputs: Readonly<Record<string, readonly [begin: string, again: string, end: string]>>,
): readonly ParserCase[] {
  return Object.entries(inputs).map(([input, [begin, again, end]]) => ({
    reader,
    input,
    reading: (bytes) => {
      // Written to a buffer, the text is one flat string, as one that came from outside is.
      const text = Buffer.from(begin + again.repeat(bytes / again.length) + end).toString('latin1')
      return () => read(text)
    },
  }))
}

/** Names that differ, joined into a text of that size. */
function named(bytes: number, [before, after]: readonly [before: string, after: string]): string {
  const count = bytes / (before.length + after.length + DIGITS)
  return Array.from(
    { length: count },
    (_, place) => before + String(place).padStart(DIGITS, '0') + after,
  ).join('')
}

const DIGITS = 7

/** The bytes in pieces of that size, as they come over a connection. */
function inPieces(bytes: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, place) =>
    bytes.subarray(place * size, (place + 1) * size),
  )
}

/** A case of a reader that takes bytes piece by piece. */
function pieces(
  [reader, input]: readonly [reader: string, input: string],
  read: (pieces: readonly Buffer[]) => unknown,
  [begin, again, size]: readonly [begin: string, again: string, size: number],
): ParserCase {
  return {
    reader,
    input,
    reading: (bytes) => {
      const parts = inPieces(Buffer.from(begin + again.repeat(bytes / again.length), 'latin1'), size)
      return () => read(parts)
    },
  }
}

function framed(parts: readonly Buffer[]): void {
  const framing = new RequestFraming()
  for (const part of parts) framing.take(part, 0)
}

function scanned(parts: readonly Buffer[]): unknown {
  const scanner = new HeadScanner(NO_BOUND)
  for (const part of parts) scanner.feed(part)
  return scanner.head
}

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const unbounded = { maxBytes: NO_BOUND, maxDepth: 64 }

/** All readers of bytes that others send, each with the inputs that are worst for it. */
export const PARSER_CASES: readonly ParserCase[] = [
  pieces(['head of an answer', 'lines of 4 bytes, one by one'], scanned, ['HTTP/1.1 200 OK\r\n', 'a:b\n', 4]),
  pieces(['head of an answer', 'interim answers'], scanned, ['', 'HTTP/1.1 100 Continue\r\n\r\n', 65_536]),
  pieces(['head of an answer', 'one line'], scanned, ['HTTP/1.1 200 OK\r\na:', 'x', 1024]),
  pieces(['head of an answer', 'blank lines'], scanned, ['', '\r\n\r\n', 65_536]),
  pieces(['framing of requests', 'a head in pieces'], framed, ['GET / HTTP/1.1\r\n', 'a: b\r\n', 64]),
  pieces(['framing of requests', 'a head without end, byte by byte'], framed, ['GET /', 'x', 16]),
  pieces(['framing of requests', 'empty lines'], framed, ['', '\r\n', 64]),
  pieces(['framing of requests', 'a chunk size without end'], framed, [
    'GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;',
    'x',
    64,
  ]),
  pieces(['framing of requests', 'trailers'], framed, [
    'GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n',
    'a: b\r\n',
    65_536,
  ]),
  pieces(['framing of requests', 'empty chunks of one byte'], framed, [
    'GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n',
    '1\r\nx\r\n',
    65_536,
  ]),
  pieces(['framing of requests', 'a thousand requests'], framed, ['', 'GET / HTTP/1.1\r\n\r\n', 65_536]),
  ...texts('bootstrapping information', parseBootstrappingInfo, {
    'elements inside one another': ['', '<a>', ''],
    attributes: ['<BootstrappingInfo', ' a="b"', '>'],
    text: ['<BootstrappingInfo xmlns="uri:3gpp-gba"><btid>', 'x', '</btid>'],
    blanks: ['<BootstrappingInfo', ' ', ''],
    'a comment': ['<!--', '-', ''],
    entities: ['<BootstrappingInfo xmlns="uri:3gpp-gba"><btid>', '&#0;', '</btid>'],
    'white space outside': [' ', ' ', 'x'],
  }),
  ...texts('multipart', (text) => parseMultipart('b', bytesOf(text)), {
    'a header of blanks': ['--b\r\na:', ' ', 'x\r\n\r\n\r\n--b--'],
    'a header of words and blanks': ['--b\r\na:', 'x ', '\r\n\r\n\r\n--b--'],
    'a header of blanks within': ['--b\r\na:x', ' ', 'x\r\n\r\n\r\n--b--'],
    'a header name': ['--b\r\n', 'x', '\r\n\r\n\r\n--b--'],
    headers: ['--b\r\n', 'a: b\r\n', '\r\n\r\n--b--'],
    parts: ['', '--b\r\n\r\n\r\n', '--b--'],
    'parts without end': ['', '--b\r\n', ''],
    'delimiters with blanks': ['--b', ' ', 'x'],
    'almost delimiters': ['', '\r\n--bb', ''],
    'line ends': ['--b\r\n', '\r\n', '--b--'],
  }),
  ...texts('header with parameters', parseHeaderValue, {
    'a quoted string without end': ['a;b="', 'x', ''],
    escapes: ['a;b="', '\\"', '"'],
    'quoted strings': ['a', ';b="x"', ''],
    blanks: ['a;', ' ', '='],
    'blanks behind': ['a', ' ', 'x'],
    'a long value': ['a;b=', 'x', '"'],
    'a long name': ['a;', 'x', '"'],
  }),
  ...texts('authentication schemes', parseAuthSchemes, {
    'a quoted string without end': ['Digest a="', 'x', ''],
    escapes: ['Digest a="', '\\"', '"'],
    'escapes without end': ['Digest a="', '\\"', ''],
    schemes: ['', 'a b,', ''],
    blanks: ['Digest', ' ', '"'],
    commas: ['Digest ', ',', '"'],
    'a token': ['Digest ', 'x', '"'],
    'token68 and blanks': ['Digest x', ' ', '"'],
  }),
  {
    reader: 'authentication schemes',
    input: 'parameters',
    reading: (bytes) => {
      const text = `Digest ${named(bytes, ['n', '=1,'])}`
      return () => parseAuthSchemes(text)
    },
  },
  ...texts('authentication parameters', parseAuthParams, { escapes: ['a="', '\\"', '"'] }),
  ...texts('JSON', (text) => parseJson(bytesOf(text), unbounded), {
    'a string': ['"', 'x', '"'],
    escapes: ['"', '\\u0041', '"'],
    quotes: ['"', '\\"', '"'],
    numbers: ['[1', ',1', ']'],
    'a number': ['', '1', ''],
    blanks: ['[', ' ', ']'],
    'blanks behind strings': ['["a"', '\n', ']'],
    'arrays inside one another': ['', '[', ''],
    arrays: ['[[]', ',[]', ']'],
    'one name': ['{"a":1', ',"a":1', '}'],
  }),
  {
    reader: 'JSON',
    input: 'names',
    reading: (bytes) => {
      const text = bytesOf(`{${named(bytes, ['"', '":1,'])}"a":1}`)
      return () => parseJson(text, unbounded)
    },
  },
  {
    reader: 'JSON',
    input: 'arrays inside one another, closed',
    reading: (bytes) => {
      const text = bytesOf('['.repeat(bytes / 2) + ']'.repeat(bytes / 2))
      return () => [parseJson(text, unbounded), parsePlainJson(text, unbounded)]
    },
  },
  ...texts('JSON of the deployed relay', (text) => deployedBodies.parse?.(bytesOf(text), 'upload-prekeys'), {
    'comments without end': ['', '/*', ''],
    comments: ['', '/**/', ''],
    'quotes without end': ['"', '\\"', ''],
    'a string': ['"', 'x', '"'],
    slashes: ['', '/', ''],
  }),
  ...texts('Base64', (text) => [decodeBase64(text), decodeLossy(text)], {
    padding: ['', '=', 'x'],
    letters: ['', 'AAAA', ''],
    'white space': ['', ' ', 'x'],
  }),
  ...texts('Base64 in lines', unwrapBase64, {
    'short lines': ['', 'AAAA\n', ''],
    'empty lines': ['', '\n', ''],
    blanks: ['', ' ', 'x'],
  }),
  ...texts('URL of an object', (text) => [objectPathOf(text), folderIdOf(text), parseResourceUrl(text)], {
    'without the part': ['', 'x', ''],
    parts: ['', '/objects/', ''],
    folders: ['', '/folders/', '?'],
    slashes: ['http://', '/', ''],
  }),
  ...texts('request target of the mStore', (text) => parseTarget(text), {
    flags: ['/oemclient/ums/tel%3A%2B1/objects', '/flags/', '?'],
    'percent signs': ['/oemclient/ums/', '%', ''],
  }),
  ...texts('bulk answer', readBulkAnswer, {
    'text that is no JSON': ['"', 'x', ''],
    text: ['"', 'x', '"'],
  }),
  ...texts('AMR', (text) => parseAmr(bytesOf(text)), { 'empty frames': ['#!AMR\n', '\x7c', ''] }),
  ...texts('text that is shown', printable, { 'control characters': ['', '\x1b', ''] }),
  {
    reader: 'text without secrets',
    input: 'beginnings of a secret',
    reading: (bytes) => {
      const secrets = new Secrets()
      secrets.add('aaaaaaaaaaaaaaaaaaaaaaaab', 'password')
      const text = 'a'.repeat(bytes)
      return () => [secrets.redact(text), secrets.redactBytes(bytesOf(text))]
    },
  },
]
