import { createCipheriv } from 'node:crypto'
import { type Bytes, concat, exactly } from '../bytes.ts'

const BLOCK_BYTES = 16

/** The secret K of a subscriber: 16 bytes. */
export type SubscriberKey = Bytes<'SubscriberKey'>
/** The brand of 16 bytes; throws a RangeError on another length. */
export const subscriberKey = exactly('SubscriberKey', BLOCK_BYTES)

/** The operator's variant constant as one subscriber has it: 16 bytes. */
export type Opc = Bytes<'Opc'>
/** The brand of 16 bytes; throws a RangeError on another length. */
export const opc = exactly('Opc', BLOCK_BYTES)

/** The random challenge: 16 bytes. */
export type Rand = Bytes<'Rand'>
/** Bytes of a challenge. */
export const RAND_BYTES = BLOCK_BYTES
/** The brand of 16 bytes; throws a RangeError on another length. */
export const rand = exactly('Rand', RAND_BYTES)

/** The authentication management field: 2 bytes. */
export type Amf = Bytes<'Amf'>
/** Bytes of the field. */
export const AMF_BYTES = 2
/** The brand of 2 bytes; throws a RangeError on another length. */
export const amf = exactly('Amf', AMF_BYTES)

/** A sequence number: 6 bytes, big endian. */
export type Sqn = Bytes<'Sqn'>
/** Bytes of a sequence number. */
export const SQN_BYTES = 6
/** The brand of 6 bytes; throws a RangeError on another length. */
export const sqn = exactly('Sqn', SQN_BYTES)

/** Bytes of MAC-A and of MAC-S. */
export const MAC_BYTES = 8

/** What a subscriber's card and the home network share. */
export interface SharedKeys {
  readonly k: SubscriberKey
  readonly opc: Opc
}

/** What f2 to f5* make of a challenge: RES of 8 bytes, CK and IK of 16, AK and its resynchronising twin of 6. */
export interface SessionValues {
  readonly res: Uint8Array
  readonly ck: Uint8Array
  readonly ik: Uint8Array
  readonly ak: Uint8Array
  readonly akStar: Uint8Array
}

/** OPc from the operator's own OP (3GPP TS 35.206, section 4.1). */
export function deriveOpc(k: SubscriberKey, op: Uint8Array): Opc {
  return opc(xor(cipherOf(k)(op), op))
}

/** f1 and f1*: MAC-A, which proves a challenge, and MAC-S, which proves a resynchronisation. */
export function authenticate(
  keys: SharedKeys,
  challenge: { readonly rand: Rand; readonly sqn: Sqn; readonly amf: Amf },
): { readonly macA: Uint8Array; readonly macS: Uint8Array } {
  const half = concat(challenge.sqn, challenge.amf)
  const turned = rotate(xor(concat(half, half), keys.opc), MAC_BYTES)
  const encrypt = cipherOf(keys.k)
  const temp = encrypt(xor(challenge.rand, keys.opc))
  const out = xor(encrypt(xor(temp, turned)), keys.opc)
  return { macA: out.slice(0, MAC_BYTES), macS: out.slice(MAC_BYTES) }
}

/** f2, f3, f4, f5 and f5* (3GPP TS 35.206, section 4.1). */
export function sessionValues(keys: SharedKeys, challenge: Rand): SessionValues {
  const encrypt = cipherOf(keys.k)
  const temp = xor(encrypt(xor(challenge, keys.opc)), keys.opc)
  /** One output block, by its rotation and the last byte of its constant. */
  const output = (rotateBytes: number, constant: number): Uint8Array => {
    const turned = rotate(temp, rotateBytes)
    const input = turned.with(BLOCK_BYTES - 1, (turned.at(-1) ?? 0) ^ constant)
    return xor(encrypt(input), keys.opc)
  }
  const second = output(0, 1)
  return {
    res: second.slice(MAC_BYTES),
    ak: second.slice(0, SQN_BYTES),
    ck: output(4, 2),
    ik: output(8, 4),
    akStar: output(12, 8).slice(0, SQN_BYTES),
  }
}

function rotate(block: Uint8Array, bytes: number): Uint8Array {
  return concat(block.subarray(bytes), block.subarray(0, bytes))
}

/** Both, bit by bit; as long as `left`. */
export function xor(left: Uint8Array, right: Uint8Array): Uint8Array {
  return left.map((byte, index) => byte ^ (right[index] ?? 0))
}

/** AES under a key, for one block after the other: making the cipher takes longer than a block. */
function cipherOf(k: SubscriberKey): (block: Uint8Array) => Uint8Array {
  const cipher = createCipheriv('aes-128-ecb', k, null).setAutoPadding(false)
  return (block) => new Uint8Array(cipher.update(block))
}
