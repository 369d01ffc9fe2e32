import { uploadPrekeys } from '#driver/relay/operations.ts'
import type { PrekeyUploadBody, UploadedKey } from '#protocol/relay/prekeys.ts'
import type { OperationRequest } from './operation.ts'
import type { Party } from './party.ts'
import { newKey, newPrekeys } from './prekey-set.ts'
import { credentials } from './registration.ts'
import { isOk, type RelaySession } from './session.ts'

/** How many one-time keys are drawn: two by default. */
export interface PrekeyDraw {
  readonly count?: number
}

/** Prekeys of a party; its identity key stays the same from one upload to the next, and from device to device. */
export function drawnPrekeys(
  { random }: RelaySession,
  { prekeys }: Party,
  { count }: PrekeyDraw = {},
): PrekeyUploadBody {
  const identityKey = prekeys.identityKey ?? newKey(random)
  prekeys.identityKey = identityKey
  return newPrekeys(random, count === undefined ? { identityKey } : { identityKey, count })
}

/** Drawn prekeys with what each row of a table says of its key; the last resort key has the identity key of the first. */
export function writtenPrekeys(
  session: RelaySession,
  party: Party,
  rows: readonly Readonly<Record<string, string>>[],
): PrekeyUploadBody {
  party.prekeys.identityKey = rows[0]?.['identityKey'] ?? party.prekeys.identityKey
  const { lastResortKey, keys } = drawnPrekeys(session, party, { count: rows.length })
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
