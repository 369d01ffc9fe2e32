import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto'
import type * as TweetNacl from 'tweetnacl'
import { concat, equal, fromHex, type Bytes, exactly } from '../bytes.ts'
import { onDemand } from '../on-demand.ts'

const nacl = onDemand('tweetnacl') as () => typeof TweetNacl

const KEY_BYTES = 32

/** A Curve25519 secret: 32 bytes of any value, clamped where it is used (RFC 7748, section 5). */
export type CurveSecret = Bytes<'CurveSecret'>
/** A Curve25519 point by its u-coordinate: 32 bytes, little-endian. */
export type CurvePoint = Bytes<'CurvePoint'>

/** The brand of 32 bytes; throws a RangeError on another length. */
export const curveSecret = exactly('CurveSecret', KEY_BYTES)
/** The brand of 32 bytes; throws a RangeError on another length. */
export const curvePoint = exactly('CurvePoint', KEY_BYTES)

/** X25519 (RFC 7748) as one library does it. */
export interface X25519 {
  publicPoint(secret: CurveSecret): CurvePoint
  /** The shared secret; null where it would be all zeros, which a peer can force and no client may use. */
  agree(secret: CurveSecret, point: CurvePoint): CurvePoint | null
}

/** X25519 by tweetnacl, in plain JavaScript. */
export const TWEETNACL: X25519 = {
  publicPoint: (secret) => curvePoint(nacl().scalarMult.base(secret)),
  agree(secret, point) {
    const shared = nacl().scalarMult(secret, point)
    return equal(shared, new Uint8Array(KEY_BYTES)) ? null : curvePoint(shared)
  },
}

/** DER before a secret (PKCS #8) and before a point (SubjectPublicKeyInfo), RFC 8410. */
const SECRET_PREFIX = fromHex('302e020100300506032b656e04220420')
const POINT_PREFIX = fromHex('302a300506032b656e032100')

/** X25519 by node:crypto, which is OpenSSL. */
export const OPENSSL: X25519 = {
  publicPoint(secret) {
    const der = createPublicKey(privateKey(secret)).export({ format: 'der', type: 'spki' })
    return curvePoint(new Uint8Array(der.subarray(POINT_PREFIX.length)))
  },
  agree(secret, point) {
    const publicKey = createPublicKey({ key: bufferOf(POINT_PREFIX, point), format: 'der', type: 'spki' })
    try {
      return curvePoint(new Uint8Array(diffieHellman({ privateKey: privateKey(secret), publicKey })))
    } catch {
      return null
    }
  },
}

function privateKey(secret: CurveSecret) {
  return createPrivateKey({ key: bufferOf(SECRET_PREFIX, secret), format: 'der', type: 'pkcs8' })
}

function bufferOf(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.from(concat(...parts))
}
