import { When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import type { PrekeyUploadBody, UploadedKey } from '#protocol/relay/prekeys.ts'
import { uploadPrekeys } from '#driver/relay/operations.ts'
import { withBody } from '#driver/wire-request.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { DeviceReference } from './support/parameter-types.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { textWith } from './support/json-paths.ts'
import type { Party } from './support/party.ts'
import { newKey, newPrekeys } from './support/prekey-set.ts'
import { credentials } from './support/registration.ts'
import { isOk } from './support/session.ts'
import type { RelaySession } from './support/session.ts'

When(
  '{device} uploads/uploaded {int} prekeys',
  async function (this: TouchstoneWorld, { name, device }: DeviceReference, count: number) {
    const party = this.relay.party(name)
    await upload(this.relay, party, { device, body: drawn(this.relay, party, { device, count }) })
  },
)

When(
  'each device of {party} uploads/uploaded {int} prekeys',
  async function (this: TouchstoneWorld, name: string, count: number) {
    const party = this.relay.party(name)
    for (const { id: device } of party.devices)
      await upload(this.relay, party, { device, body: drawn(this.relay, party, { device, count }) })
  },
)

When(
  '{device} uploads/uploaded the prekeys:',
  async function (this: TouchstoneWorld, { name, device }: DeviceReference, table: DataTable) {
    const party = this.relay.party(name)
    const rows = table.hashes()
    const { lastResortKey, keys } = drawn(this.relay, party, { device, count: rows.length })
    const body = { lastResortKey, keys: keys.map((key, index) => written(key, rows[index] ?? {})) }
    await upload(this.relay, party, { device, body })
  },
)

When(
  '{device} uploads prekeys without {string}',
  async function (this: TouchstoneWorld, reference: DeviceReference, path: string) {
    await uploadChanged(this.relay, reference, { path, value: undefined })
  },
)

When(
  '{device} uploads prekeys with {string} set to {string}',
  async function (this: TouchstoneWorld, reference: DeviceReference, path: string, json: string) {
    await uploadChanged(this.relay, reference, { path, value: JSON.parse(json) })
  },
)

interface Upload {
  readonly device: number
  readonly body: PrekeyUploadBody
}

/** Uploads the keys; where the relay takes them they are the device's from now on. */
async function upload(session: RelaySession, party: Party, { device, body }: Upload): Promise<void> {
  const { node } = party
  const observed = await session.act(request(party, device, body), [], { node })
  if (isOk(observed)) party.prekeys.store(device, body)
}

/** Uploads keys of which one value is another, or is not there. */
async function uploadChanged(
  session: RelaySession,
  { name, device }: DeviceReference,
  { path, value }: { readonly path: string; readonly value: unknown },
): Promise<void> {
  const party = session.party(name)
  const body = drawn(session, party, { device })
  await session.act(withBody(request(party, device, body), textWith(body, path, value)))
}

function request(party: Party, device: number, body: object): WireRequest {
  return uploadPrekeys(credentials(party, device), body)
}

/** Prekeys for a device; its identity key stays the same from one upload to the next. */
function drawn(
  session: RelaySession,
  { prekeys }: Party,
  { device, count }: { readonly device: number; readonly count?: number },
): PrekeyUploadBody {
  const identityKey = prekeys.identityKeys.get(device) ?? newKey(session.random)
  prekeys.identityKeys.set(device, identityKey)
  return newPrekeys(session.random, count === undefined ? { identityKey } : { identityKey, count })
}

/** The key with what its row of a table says of it. */
function written(key: UploadedKey, row: Readonly<Record<string, string>>): UploadedKey {
  const { keyId = String(key.keyId), publicKey = key.publicKey, identityKey = key.identityKey } = row
  return { keyId: Number(keyId), publicKey, identityKey }
}
