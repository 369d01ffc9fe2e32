import { decodeBase64, encodeBase64 } from '../base64.ts'
import { type ParseError, parseError } from '../parse-error.ts'
import { type Rand, RAND_BYTES, rand } from './milenage.ts'

/** The parts of a bootstrapping transaction identifier. */
export interface BTid {
  readonly kind: 'b-tid'
  readonly rand: Rand
  /** The domain name of the bootstrapping server. */
  readonly bsf: string
}

/** `base64(RAND)@bsf` (3GPP TS 33.220, section 4.5.2). */
export function formatBTid(challenge: Rand, bsf: string): string {
  return `${encodeBase64(challenge, { padded: true })}@${bsf}`
}

/** Reads a B-TID; anything but padded Base64 of 16 bytes, `@` and a domain name is a parse error. */
export function parseBTid(text: string): BTid | ParseError {
  const at = text.indexOf('@')
  if (at < 0)
    return parseError(`B-TID: expected base64(RAND)@server, got ${JSON.stringify(text.slice(0, 60))}`)
  const decoded = decodeBase64(text.slice(0, at))
  if (decoded.kind === 'parse-error') return parseError(`B-TID: ${decoded.reason}`)
  if (decoded.bytes.length !== RAND_BYTES || !decoded.padded) {
    return parseError(`B-TID: expected padded Base64 of ${RAND_BYTES} bytes, got ${decoded.bytes.length}`)
  }
  const bsf = text.slice(at + 1)
  return /^[A-Za-z0-9.-]+$/.test(bsf)
    ? { kind: 'b-tid', rand: rand(decoded.bytes), bsf }
    : parseError(`B-TID: expected a domain name after @, got ${JSON.stringify(bsf.slice(0, 60))}`)
}
