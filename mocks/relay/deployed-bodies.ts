import type * as Zlib from 'node:zlib'
import { decodeLossy, type DecodedBase64 } from '#protocol/base64.ts'
import { fromUtf8, utf8 } from '#protocol/bytes.ts'
import { parseError, type ParseError } from '#protocol/parse-error.ts'
import { parsePlainJson } from '#protocol/json.ts'
import { onDemand } from '#protocol/on-demand.ts'
import type { BodyRules } from './bodies.ts'

const zlib = onDemand('node:zlib') as () => typeof Zlib

/** How the deployed relay takes JSON (5.14): comments pass, and scalars are turned into what is asked for. */
export const deployedBodies: Partial<BodyRules> = {
  acceptsType: (contentType = '') => /^application\/json *(;|$)/i.test(contentType.trim()),
  parse: (bytes) => parsePlainJson(withoutComments(bytes)),
  text: (value) => {
    if (typeof value === 'string') return value
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
  },
  integer: (value) => {
    const number = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value
    return typeof number === 'number' ? Math.trunc(number) : undefined
  },
  flag: (value) => {
    if (typeof value === 'boolean') return value
    if (typeof value === 'number') return value !== 0
    return value === 'true' || value === 'false' ? value === 'true' : undefined
  },
}

/** What does not end is matched to the end, so that nothing is looked at twice. */
const STRING_OR_COMMENT = /"[^"\\]*(?:\\.[^"\\]*)*"?|\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)/g

function withoutComments(bytes: Uint8Array): Uint8Array {
  const text = fromUtf8(bytes)
  if (text === null || !text.includes('/')) return bytes
  return utf8(text.replace(STRING_OR_COMMENT, (match) => (isComment(match) ? ' ' : match)))
}

const SHORTEST_COMMENT = '/**/'.length

function isComment(text: string): boolean {
  return (
    text.startsWith('//') || (text.startsWith('/*') && text.length >= SHORTEST_COMMENT && text.endsWith('*/'))
  )
}

/** Base64 as the deployed relay decodes it (E-17, E-66): without a last partial quartet, and gunzipped where it can be. */
export function decodeDeployed(text: string): DecodedBase64 | ParseError {
  const decoded = decodeLossy(text)
  if (decoded.kind === 'parse-error') return parseError(decoded.reason)
  return { ...decoded, bytes: gunzipped(decoded.bytes) }
}

const MOST_GUNZIPPED_BYTES = 4 * 1024 * 1024

function gunzipped(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return zlib().gunzipSync(bytes, { maxOutputLength: MOST_GUNZIPPED_BYTES })
  } catch {
    return bytes
  }
}
