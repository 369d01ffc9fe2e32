import { encodeBase64 } from '#protocol/base64.ts'
import { numberBetween } from '../randomness.ts'
import type { Randomness } from '../randomness.ts'

const KEY_TYPE = 0x05
const LAST_RESORT_ID = 0xffffff

/** One prekey as the page writes it. */
export interface PrekeyBody {
  readonly keyId: number
  readonly publicKey: string
  readonly identityKey: string
}

/** A body for `PUT /v1/keys/`: two one-time keys, the higher id first, and the last resort key. */
export function newPrekeys(random: Randomness): { lastResortKey: PrekeyBody; keys: readonly PrekeyBody[] } {
  const identityKey = publicKey(random)
  const first = numberBetween(random, 1, LAST_RESORT_ID - 2)
  const prekey = (keyId: number): PrekeyBody => ({ keyId, publicKey: publicKey(random), identityKey })
  return { lastResortKey: prekey(LAST_RESORT_ID), keys: [prekey(first + 1), prekey(first)] }
}

function publicKey(random: Randomness): string {
  return encodeBase64(Uint8Array.of(KEY_TYPE, ...random(32)), { padded: false })
}
