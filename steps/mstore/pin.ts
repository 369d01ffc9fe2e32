import { Then, When } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertPin, changeThePin, type PinClaim, type PinReference } from './support/pins.ts'

When(
  '{party} changes/changed the PIN from {pin} to {pin}',
  async function (this: TouchstoneWorld, name: string, from: PinReference, to: PinReference) {
    await changeThePin(this.mstore, await this.mstore.mailbox(name), [from, to])
  },
)

Then(
  'the PIN of {party} is {pinClaim}',
  async function (this: TouchstoneWorld, name: string, claim: PinClaim) {
    await assertPin(this.mstore, await this.mstore.mailbox(name), claim)
  },
)
