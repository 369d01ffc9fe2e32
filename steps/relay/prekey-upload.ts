import { When, type DataTable } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../shared/world.ts'
import { perform } from './support/operation.ts'
import type { DeviceReference, PrekeyCount } from './support/parameter-types.ts'
import { drawnPrekeys, uploading, writtenPrekeys } from './support/prekey-uploads.ts'

/** So many one-time keys, perhaps more than a limit lets one fetch, and a last resort key. */
When(
  '{device} uploads/uploaded {prekeyCount}',
  async function (
    this: TouchstoneWorld,
    { name, device }: DeviceReference,
    { least, beyondLimit }: PrekeyCount,
  ) {
    const party = this.relay.party(name)
    const { limits } = this.relay.home.capabilities
    const count = beyondLimit ? least + (await limits.limit('prekeys')).burst : least
    await perform(this.relay, uploading(party, device, drawnPrekeys(this.relay, party, { count })))
  },
)

When(
  'each device of {party} uploads/uploaded {int} prekeys',
  async function (this: TouchstoneWorld, name: string, count: number) {
    const party = this.relay.party(name)
    for (const { id: device } of party.devices)
      await perform(this.relay, uploading(party, device, drawnPrekeys(this.relay, party, { count })))
  },
)

/** A row for each one-time key: `keyId`, `publicKey`, `identityKey`; what has no column is drawn. */
When(
  '{device} uploads/uploaded the prekeys:',
  async function (this: TouchstoneWorld, { name, device }: DeviceReference, table: DataTable) {
    const party = this.relay.party(name)
    const body = writtenPrekeys(this.relay, party, table.hashes())
    await perform(this.relay, uploading(party, device, body))
  },
)
