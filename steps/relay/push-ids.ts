import { Given, Then, When } from '@cucumber/cucumber'
import { clearPushId, setPushId } from '#driver/relay/operations.ts'
import { withBody } from '#driver/wire-request.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { DeviceReference } from './support/parameter-types.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { authorizedAs } from './support/authorization.ts'
import { receivedMessage } from './support/deliveries.ts'
import type { Party, PushKind } from './support/party.ts'
import { credentials, rememberPushId } from './support/registration.ts'
import { isOk } from './support/session.ts'
import type { RelaySession } from './support/session.ts'

type Change = (request: WireRequest) => WireRequest

Given(
  '{party} has been refused the {pushKind} id {string} with the Authorization {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, label: string, notation: string) {
    const party = this.relay.party(name)
    await this.relay.expectRefusal(authorizedAs(this.relay, party, notation)(submission(party, kind, label)))
  },
)

Given(
  '{party} has been refused the {pushKind} body {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, body: string) {
    await this.relay.expectRefusal(withBody(submission(this.relay.party(name), kind, ''), body))
  },
)

When(
  '{party} submits/submitted the {pushKind} id {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, label: string) {
    const party = this.relay.party(name)
    const observed = await this.relay.act(submission(party, kind, label))
    if (isOk(observed)) rememberPushId(party, { kind, id: pushId(party, label) })
  },
)

When(
  '{party} submits the {pushKind} id {string} with the Authorization {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, label: string, notation: string) {
    const party = this.relay.party(name)
    await this.relay.act(authorizedAs(this.relay, party, notation)(submission(party, kind, label)))
  },
)

When(
  '{party} submits the {pushKind} body {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, body: string) {
    await this.relay.act(withBody(submission(this.relay.party(name), kind, ''), body))
  },
)

When(
  '{device} clears/cleared the {pushKind} id( without a body)',
  async function (this: TouchstoneWorld, { name, device }: DeviceReference, kind: PushKind) {
    await clear(this.relay, this.relay.party(name), { kind, device })
  },
)

When(
  '{party} clears the {pushKind} id with a body',
  async function (this: TouchstoneWorld, name: string, kind: PushKind) {
    const party = this.relay.party(name)
    const body = JSON.stringify({ [`${kind}RegistrationId`]: party.device().pushIds.get(kind) ?? '' })
    await clear(this.relay, party, { kind }, (request) => withBody(request, body, 'application/json'))
  },
)

When(
  '{party} clears the {pushKind} id with the Authorization {string}',
  async function (this: TouchstoneWorld, name: string, kind: PushKind, notation: string) {
    const party = this.relay.party(name)
    await clear(this.relay, party, { kind }, authorizedAs(this.relay, party, notation))
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
function pushId({ number }: Party, label: string): string {
  return `${label}-${number.slice(1)}-APA91bF/x+0_Zq:9`
}

function submission(party: Party, kind: PushKind, label: string): WireRequest {
  return setPushId(kind, credentials(party), pushId(party, label))
}

interface Clearing {
  readonly kind: PushKind
  readonly device?: number
}

async function clear(
  session: RelaySession,
  party: Party,
  { kind, device = 1 }: Clearing,
  change: Change = (request) => request,
): Promise<void> {
  const observed = await session.act(change(clearPushId(kind, credentials(party, device))))
  if (isOk(observed)) party.device(device).pushIds.delete(kind)
}
