import { Then, When } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../shared/world.ts'
import { perform } from './support/operation.ts'
import type { DeviceReference } from './support/parameter-types.ts'
import type { PushKind } from '#driver/relay/operations.ts'
import { assertReceivedAt, clearing, submitting } from './support/push-id-requests.ts'

When(
  '{party} submits/submitted the {pushKind} id {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, label: string) {
    await perform(this.relay, submitting(this.relay.party(name), kind, label))
  },
)

When(
  '{device} clears/cleared the {pushKind} id',
  async function (this: TouchstoneWorld, { name, device }: DeviceReference, kind: PushKind) {
    await perform(this.relay, clearing(this.relay.party(name), { kind, device }))
  },
)

Then(
  '{party} receives it by {pushKind} at the id {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, label: string) {
    await assertReceivedAt(this.relay, this.relay.party(name), { kind, label })
  },
)
