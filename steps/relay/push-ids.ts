import { Given, Then, When } from '@cucumber/cucumber'
import { clearPushId, setPushId } from '#driver/relay/operations.ts'
import { withBody } from '#driver/wire-request.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { TouchstoneWorld } from '../world.ts'
import { assertStatus } from './answers.ts'
import { authorizedAs } from './authorization.ts'
import { receivedMessage } from './deliveries.ts'
import type { Party, PushKind } from './party.ts'
import { addDevice, credentials, givePushId, rememberPushId, takePushId } from './registration.ts'
import { isOk } from './session.ts'
import type { RelaySession } from './session.ts'

Given('{party} has a second device', async function (this: TouchstoneWorld, name: string) {
  await addDevice(this.relay, this.relay.party(name), true)
})

Given('{party} has a second device without a push id', async function (this: TouchstoneWorld, name: string) {
  await addDevice(this.relay, this.relay.party(name), false)
})

Given(
  '{party} has submitted the {pushKind} id {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, label: string) {
    const party = this.relay.party(name)
    await givePushId(this.relay, party, { kind, id: pushId(party, label) })
  },
)

Given(
  '{party} has cleared the {pushKind} id',
  async function (this: TouchstoneWorld, name: string, kind: PushKind) {
    await takePushId(this.relay, this.relay.party(name), kind)
  },
)

Given(
  '{party} has been refused the {pushKind} id {string} with the Authorization {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, label: string, notation: string) {
    const party = this.relay.party(name)
    const request = setPushId(kind, credentials(party), pushId(party, label))
    await this.relay.act(authorizedAs(this.relay, party, notation)(request))
    await assertStatus(this.relay, 'a refusal', (status) => status >= 400 && status < 500)
  },
)

Given(
  '{party} has been refused the {pushKind} body {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, body: string) {
    await this.relay.act(pushBody(this.relay.party(name), kind, body))
    await assertStatus(this.relay, 'a refusal', (status) => status >= 400 && status < 500)
  },
)

When(
  '{party} submits the {pushKind} id {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, label: string) {
    const party = this.relay.party(name)
    const id = pushId(party, label)
    await this.relay.act(setPushId(kind, credentials(party), id))
    if (isOk(this.relay.turn.result)) rememberPushId(party, { kind, id })
  },
)

When(
  '{party} submits the {pushKind} id {string} with the Authorization {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, label: string, notation: string) {
    const party = this.relay.party(name)
    const request = setPushId(kind, credentials(party), pushId(party, label))
    await this.relay.act(authorizedAs(this.relay, party, notation)(request))
  },
)

When(
  '{party} submits the {pushKind} body {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, body: string) {
    await this.relay.act(pushBody(this.relay.party(name), kind, body))
  },
)

When(
  '{party} clears the {pushKind} id',
  async function (this: TouchstoneWorld, name: string, kind: PushKind) {
    await clear(this.relay, { name, kind })
  },
)

When(
  '{party} clears the {pushKind} id without a body',
  async function (this: TouchstoneWorld, name: string, kind: PushKind) {
    await clear(this.relay, { name, kind })
  },
)

When(
  '{party} clears the {pushKind} id with a body',
  async function (this: TouchstoneWorld, name: string, kind: PushKind) {
    const id = this.relay.party(name).device().pushIds.get(kind) ?? ''
    const body = JSON.stringify({ [`${kind}RegistrationId`]: id })
    await clear(this.relay, { name, kind, change: (request) => withBody(request, body, 'application/json') })
  },
)

When(
  '{party} clears the {pushKind} id with the Authorization {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, notation: string) {
    await clear(this.relay, {
      name,
      kind,
      change: authorizedAs(this.relay, this.relay.party(name), notation),
    })
  },
)

Then(
  '{party} receives it by {pushKind} at the id {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, label: string) {
    const party = this.relay.party(name)
    const pushes = await receivedMessage(this.relay, party)
    const { check } = this.relay
    check.equal(
      'channels of the pushes of one message',
      kind,
      pushes.map(({ push }) => push.channel).join(', '),
    )
    check.equal('push id', pushId(party, label), pushes.map(({ push }) => push.to).join(', '))
  },
)

/** A push id of the party's own, by the name it has in the scenario. */
export function pushId(party: Party, label: string): string {
  return `${label}-${party.number.slice(1)}-APA91bF/x+0_Zq:9`
}

function pushBody(party: Party, kind: PushKind, body: string): WireRequest {
  return withBody(setPushId(kind, credentials(party), ''), body)
}

interface Clearing {
  readonly name: string
  readonly kind: PushKind
  readonly change?: (request: WireRequest) => WireRequest
}

async function clear(
  session: RelaySession,
  { name, kind, change = (request) => request }: Clearing,
): Promise<void> {
  const party = session.party(name)
  await session.act(change(clearPushId(kind, credentials(party))))
  if (isOk(session.turn.result)) party.device().pushIds.delete(kind)
}
