import { clearPushId, setPushId, type PushKind } from '#driver/relay/operations.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { receivedMessage } from './deliveries.ts'
import type { OperationRequest } from './operation.ts'
import type { Party } from './party.ts'
import { credentials, rememberPushId } from './registration.ts'
import { isOk, type RelaySession } from './session.ts'

/** The hexadecimal digits of an APN token. */
const APN_DIGITS = 64

/** A name for a push id of the usual form; any other name is part of the push id. */
const USUAL = /^[a-z]+$/

/**
 * A push id of the party's own, by the name it has in the scenario: of the form that the push service issues where the
 * name is a word; `300 characters` is one of that length.
 */
export function pushId({ number }: Party, kind: PushKind, label: string): string {
  const own = `${label}-${number.slice(1)}`
  if (!USUAL.test(label)) return oddPushId(own, label)
  return kind === 'apn' ? Buffer.from(own).toString('hex').padEnd(APN_DIGITS, '0') : `APA91b${own}`
}

function oddPushId(own: string, label: string): string {
  const id = `${own}-APA91bF/x+0_Zq:9`
  const [, length] = /^(\d+) characters$/.exec(label) ?? []
  return length === undefined ? id : id.replaceAll(' ', '').padEnd(Number(length), 'Ab9_')
}

/** The request that sets a push id of the party's own. */
export function submission(party: Party, kind: PushKind, label: string): WireRequest {
  return setPushId(kind, credentials(party), pushId(party, kind, label))
}

/** The same as the scenario's own request: once granted, the device has that push id and no other. */
export function submitting(party: Party, kind: PushKind, label: string): OperationRequest {
  return {
    request: submission(party, kind, label),
    remember: (observed) => {
      if (isOk(observed)) rememberPushId(party, { kind, id: pushId(party, kind, label) })
    },
  }
}

/** The request that takes back a push id of a device; one of the kind where the device has none. */
export function clearing(
  party: Party,
  { kind, device = 1 }: { readonly kind: PushKind; readonly device?: number },
): OperationRequest {
  return {
    request: clearPushId(
      kind,
      credentials(party, device),
      party.device(device).pushIds.get(kind) ?? pushId(party, kind, 'none'),
    ),
    remember: (observed) => {
      if (isOk(observed)) party.device(device).pushIds.delete(kind)
    },
  }
}

/** Asserts that the message was pushed once, through that gateway to the push id of that name. */
export async function assertReceivedAt(
  session: RelaySession,
  party: Party,
  { kind, label }: { readonly kind: PushKind; readonly label: string },
): Promise<void> {
  const pushes = await receivedMessage(session, party)
  const channels = pushes.map(({ push }) => push.channel).join(', ')
  session.check.equal('channels of the pushes of one message', kind, channels)
  session.check.equal('push id', pushId(party, kind, label), pushes.map(({ push }) => push.to).join(', '))
}
