import { uploadPrekeys } from '#driver/relay/operations.ts'
import type { PrekeyUploadBody, UploadedKey } from '#protocol/relay/prekeys.ts'
import type { OperationRequest } from './operation.ts'
import type { Party } from './party.ts'
import { newKey, newPrekeys } from './prekey-set.ts'
import { credentials } from './registration.ts'
import { isOk, type RelaySession } from './session.ts'

/** For which device prekeys are drawn, and how many one-time keys: two by default. */
export interface PrekeyDraw {
  readonly device?: number
  readonly count?: number
}

/** Prekeys for a device; its identity key stays the same from one upload to the next. */
export function drawnPrekeys(
  { random }: RelaySession,
  { prekeys }: Party,
  { device = 1, count }: PrekeyDraw = {},
): PrekeyUploadBody {
  const identityKey = prekeys.identityKeys.get(device) ?? newKey(random)
  prekeys.identityKeys.set(device, identityKey)
  return newPrekeys(random, count === undefined ? { identityKey } : { identityKey, count })
}

/** Drawn prekeys with what each row of a table says of its key. */
export function writtenPrekeys(
  session: RelaySession,
  party: Party,
  { device, rows }: { readonly device: number; readonly rows: readonly Readonly<Record<string, string>>[] },
): PrekeyUploadBody {
  const { lastResortKey, keys } = drawnPrekeys(session, party, { device, count: rows.length })
  return { lastResortKey, keys: keys.map((key, index) => written(key, rows[index] ?? {})) }
}

/** The request that uploads prekeys; those that the relay takes are the device's from then on. */
export function uploading(party: Party, device: number, body: PrekeyUploadBody): OperationRequest {
  return {
    request: uploadPrekeys(credentials(party, device), body),
    node: party.node,
    remember: (observed) => {
      if (isOk(observed)) party.prekeys.store(device, body)
    },
  }
}

function written(key: UploadedKey, row: Readonly<Record<string, string>>): UploadedKey {
  const { keyId = String(key.keyId), publicKey = key.publicKey, identityKey = key.identityKey } = row
  return { keyId: Number(keyId), publicKey, identityKey }
}
