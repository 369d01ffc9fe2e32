import { Then, When } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../shared/world.ts'
import { perform } from './support/operation.ts'
import type { DeviceReference } from './support/parameter-types.ts'
import { assertDevices } from './support/prekey-answers.ts'
import { EVERY_DEVICE, fetchAtOnce } from './support/prekey-fetches.ts'
import { fetching } from './support/prekey-turn.ts'

When(
  '{party} fetches/fetched a prekey of {device}',
  async function (this: TouchstoneWorld, by: string, { name, device }: DeviceReference) {
    const fetch = { by: this.relay.party(by), of: this.relay.party(name), device: String(device) }
    await perform(this.relay, fetching(this.relay, fetch))
  },
)

When(
  '{party} fetches/fetched a prekey of every device of {party}',
  async function (this: TouchstoneWorld, by: string, of: string) {
    const fetch = { by: this.relay.party(by), of: this.relay.party(of), device: EVERY_DEVICE }
    await perform(this.relay, fetching(this.relay, fetch))
  },
)

// One scenario: only one requirement is about requests at the same time.
When(
  '{int} others fetch a prekey of {party} at once',
  async function (this: TouchstoneWorld, count: number, of: string) {
    await fetchAtOnce(this.relay, { of: this.relay.party(of), device: '1' }, count)
  },
)

// One scenario: only one requirement is about requests at the same time.
When(
  '{int} others fetch a prekey of every device of {party} at once',
  async function (this: TouchstoneWorld, count: number, of: string) {
    await fetchAtOnce(this.relay, { of: this.relay.party(of), device: EVERY_DEVICE }, count)
  },
)

Then(
  'the answer holds one prekey of each of the devices {ids} of {party}',
  function (this: TouchstoneWorld, ids: readonly number[], name: string) {
    assertDevices(this.relay, this.relay.party(name), ids)
  },
)
