import { Then, When, type DataTable } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertMismatchOrStale } from './support/device-lists.ts'
import { messageToAll, outgoing } from './support/outgoing.ts'
import type { DeviceReference } from './support/parameter-types.ts'
import { routeOf } from './support/routes.ts'
import { send, sendAtOnce, sendToThoseLeft } from './support/submissions.ts'

/** For each reachable device of the recipient, with a body of its own. */
When(
  '{device} sends/sent {party} a message',
  async function (this: TouchstoneWorld, { name, device }: DeviceReference, to: string) {
    const route = { ...routeOf(this.relay, { from: name, to }), fromDevice: device }
    await send(this.relay, messageToAll(this.relay, route))
  },
)

When(
  '{party} sends {party} a message of {int} bytes',
  async function (this: TouchstoneWorld, from: string, to: string, bytes: number) {
    await send(this.relay, messageToAll(this.relay, routeOf(this.relay, { from, to }), bytes))
  },
)

/** A row for each message: `device`, `registrationId`, `type`, `body`, `timestamp`, and the `relay` of all. */
When(
  '{party} sends {party} messages:',
  async function (this: TouchstoneWorld, from: string, to: string, table: DataTable) {
    const rows = table.hashes()
    const route = routeOf(this.relay, { from, to, relay: rows[0]?.['relay'] })
    await send(this.relay, outgoing(this.relay, route, rows))
  },
)

// One scenario: elsewhere it is known which devices a number has.
When(
  '{party} sends {party} a message for each device that is left',
  async function (this: TouchstoneWorld, from: string, to: string) {
    await sendToThoseLeft(this.relay, routeOf(this.relay, { from, to }))
  },
)

/** All in parallel; each must be accepted. */
When(
  '{device} sends/sent {party} {int} messages at once',
  async function (this: TouchstoneWorld, { name, device }: DeviceReference, to: string, count: number) {
    const route = { ...routeOf(this.relay, { from: name, to }), fromDevice: device }
    await sendAtOnce(this.relay, route, count)
  },
)

// One scenario: only here the relay spec leaves open which of two refusals comes first.
Then(
  'the answer is a 409 with missing {ids} and extra {ids} or a 410 with stale {ids}',
  function (
    this: TouchstoneWorld,
    missing: readonly number[],
    extra: readonly number[],
    stale: readonly number[],
  ) {
    assertMismatchOrStale(this.relay, { missing, extra, stale })
  },
)
