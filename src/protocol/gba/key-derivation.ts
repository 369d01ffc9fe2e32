import { createHmac } from 'node:crypto'
import { type Bytes, concat, exactly, fromHex, utf8 } from '../bytes.ts'
import type { Rand } from './milenage.ts'

/** The identifier of the protocol between client and server: 5 bytes. */
export type UaProtocol = Bytes<'UaProtocol'>
/** Bytes of such an identifier. */
const UA_PROTOCOL_BYTES = 5
/** The brand of 5 bytes; throws a RangeError on another length. */
const uaProtocol = exactly('UaProtocol', UA_PROTOCOL_BYTES)

/**
 * The mStore spec's identifier: organisation 3GPP (01), shared key-based UE authentication with certificate-based
 * server authentication (00 01), TLS_RSA_WITH_AES_128_CBC_SHA (00 2f) whatever TLS negotiated.
 */
export const MSTORE_UA_PROTOCOL: UaProtocol = uaProtocol(fromHex('010001002f'))

/** A key of one server, derived from a bootstrap: 32 bytes. */
export type KsNaf = Bytes<'KsNaf'>
/** The brand of 32 bytes; throws a RangeError on another length. */
const ksNaf = exactly('KsNaf', 32)

/** The functions of 3GPP TS 33.220, annex B are distinguished by this byte; this is that of the key derivation. */
const FUNCTION_CODE = 0x01
const GREATEST_LENGTH = 0xffff

/** What a key is derived from. `nafId` is the server's name and the identifier of its protocol, see `nafId`. */
export interface DerivationInput {
  readonly ks: Uint8Array
  readonly rand: Rand
  /** The subscriber's private identity. */
  readonly impi: string
  readonly nafId: Uint8Array
  /** `gba-me` for a key of the handset, `gba-u` for one of the card. */
  readonly label?: 'gba-me' | 'gba-u'
}

/** Ks: CK, then IK (3GPP TS 33.220, section 4.5.2). */
export function bootstrapKey({ ck, ik }: { readonly ck: Uint8Array; readonly ik: Uint8Array }): Uint8Array {
  return concat(ck, ik)
}

/** NAF_Id: the server's domain name without prefix or port, then the identifier of the protocol. */
export function nafId(host: string, protocol: Uint8Array): Uint8Array {
  return concat(utf8(host), protocol)
}

/** Ks_NAF or Ks_ext_NAF by the derivation of 3GPP TS 33.220, annex B. */
export function deriveKsNaf(input: DerivationInput): KsNaf {
  return ksNaf(hmac(input.ks, derivationText(input)))
}

/** The text under the HMAC: `FC | label | length | RAND | length | IMPI | length | NAF_Id | length`. */
export function derivationText({ rand, impi, nafId, label = 'gba-me' }: DerivationInput): Uint8Array {
  const parameters = [utf8(label), rand, utf8(impi), nafId]
  return concat(Uint8Array.of(FUNCTION_CODE), ...parameters.flatMap((value) => [value, lengthOf(value)]))
}

/** The key of a derivation that leaves the lengths out: a mistake that shows in its key. */
export function deriveWithoutLengths({ ks, rand, impi, nafId, label = 'gba-me' }: DerivationInput): KsNaf {
  return ksNaf(hmac(ks, concat(Uint8Array.of(FUNCTION_CODE), utf8(label), rand, utf8(impi), nafId)))
}

function lengthOf(value: Uint8Array): Uint8Array {
  if (value.length > GREATEST_LENGTH) {
    throw new RangeError(`key derivation: expected at most ${GREATEST_LENGTH} bytes, got ${value.length}`)
  }
  return Uint8Array.of(value.length >> 8, value.length & 0xff)
}

function hmac(key: Uint8Array, text: Uint8Array): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update(text).digest())
}
