import { encodeBase64 } from '#protocol/base64.ts'
import { LAST_RESORT_KEY_ID, type PrekeyUploadBody, type UploadedKey } from '#protocol/relay/prekeys.ts'
import { numberBetween, type Randomness } from '../../shared/support/randomness.ts'

const KEY_TYPE = 0x05
const POINT_BYTES = 32
const DEFAULT_COUNT = 2

/** What a scenario says of a set of prekeys; the rest is drawn. */
export interface PrekeyChoices {
  /** How many one-time keys; two by default. */
  readonly count?: number
  /** The identity key of the device, as text. */
  readonly identityKey?: string
}

/**
 * A body for `PUT /v1/keys/`: one-time keys under consecutive ids, the highest first, and the last resort key.
 * All key texts differ but the identity key's, which is the same throughout.
 */
export function newPrekeys(
  random: Randomness,
  { count = DEFAULT_COUNT, identityKey = newKey(random) }: PrekeyChoices = {},
): PrekeyUploadBody {
  const lowest = numberBetween(random, 1, LAST_RESORT_KEY_ID - Math.max(count, 1))
  const prekey = (keyId: number): UploadedKey => ({ keyId, publicKey: newKey(random), identityKey })
  return {
    lastResortKey: prekey(LAST_RESORT_KEY_ID),
    keys: Array.from({ length: count }, (_, index) => prekey(lowest + count - 1 - index)),
  }
}

/** A public key as it travels: Base64 of the type byte and 32 random bytes, 44 characters. */
export function newKey(random: Randomness): string {
  return encodeBase64(Uint8Array.of(KEY_TYPE, ...random(POINT_BYTES)), { padded: false })
}
