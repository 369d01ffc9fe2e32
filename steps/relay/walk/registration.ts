import type { Ask } from '#model/ask.ts'
import { numberGiven } from '#model/relay/given-names.ts'
import type { RelaySeen } from '#model/relay/seen.ts'
import { requestCode, setPushId, type PushKind } from '#driver/relay/operations.ts'
import { isOk } from '../support/session.ts'
import { confirmed, latestCode } from './confirmation.ts'
import { ownCredentials } from './credentials.ts'
import { leftOut, seen, type RelayPerformer, type RelayWalk } from './walk.ts'

/** Registers the party in the steps of the relay spec, as far as they are granted. */
export const register: RelayPerformer = async (walk, ask) => {
  const party = walk.party(ask.party)
  const { transport = 'sms', at } = ask.values
  if (party.devices.size > 0) return leftOut('it is registered already')
  if (at === 'peer') walk.moveToPeer(party)
  const requested = await walk.ask(party, requestCode(transport, party.number))
  if (!isOk(requested)) return { ...seen(requested), part: 'code' }
  party.transport = transport
  const confirmation = await confirmed(walk, ask, await latestCode(party))
  if (!isOk(confirmation) || party.node.target.reachableBy === 'confirmation')
    return { ...seen(confirmation), part: 'confirmation' }
  return pushIdSet(walk, ask)
}

async function pushIdSet(walk: RelayWalk, ask: Ask): Promise<RelaySeen> {
  const party = walk.party(ask.party)
  const { push } = ask.values
  const kind: PushKind = push === 'apn' ? 'apn' : 'gcm'
  const id = party.pushId(kind, `registration ${numberGiven(ask)}`)
  const observed = await walk.ask(party, setPushId(kind, ownCredentials(walk, ask), id))
  return { ...seen(observed), part: 'push id' }
}
