import { Then } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertNothingElse, receivedMessage } from './support/deliveries.ts'
import { assertEachOnce, assertEachOwn } from './support/received.ts'

Then('{party} receives it', async function (this: TouchstoneWorld, name: string) {
  await receivedMessage(this.relay, this.relay.party(name))
})

Then('{party} receives each of them once', async function (this: TouchstoneWorld, name: string) {
  await assertEachOnce(this.relay, this.relay.party(name))
})

Then('each device of {party} receives its own', async function (this: TouchstoneWorld, name: string) {
  await assertEachOwn(this.relay, this.relay.party(name))
})

/** A control message is sent and must arrive, since silence proves nothing. */
Then('nothing else was pushed to {party}', async function (this: TouchstoneWorld, name: string) {
  await assertNothingElse(this.relay, this.relay.party(name))
})
