import type { Ask } from '#model/ask.ts'
import { numberGiven } from '#model/relay/given-names.ts'
import { clearPushId, setPushId, type PushKind } from '#driver/relay/operations.ts'
import { spoilt, type Spoilt } from './bodies.ts'
import { authorized, ownCredentials } from './credentials.ts'
import { allPushed } from './pushes.ts'
import { seen, type RelayPerformer } from './walk.ts'

function ways(kind: PushKind): Readonly<Record<string, Spoilt>> {
  const path = `${kind}RegistrationId`
  return {
    'without the id': { path },
    'id null': { path, value: null },
    'id empty': { path, value: '' },
  }
}

/** Sets a push id of the device that asks. */
export const setAPushId: RelayPerformer = async (walk, ask) => {
  const party = walk.party(ask.party)
  const kind = kindOf(ask)
  const { characters, body } = ask.values
  const text = party.pushId(kind, numberGiven(ask), characters)
  const request = spoilt(setPushId(kind, ownCredentials(walk, ask), text), body, ways(kind))
  await allPushed(party)
  return seen(await walk.ask(party, authorized(walk, ask, request)))
}

/** Takes the push id of a kind back, with the body of its submission; with one that was never set where the ask names none. */
export const clearAPushId: RelayPerformer = async (walk, ask) => {
  const party = walk.party(ask.party)
  const kind = kindOf(ask)
  const text = party.pushId(kind, ask.values['id'] ?? 'taken back')
  const request = clearPushId(kind, ownCredentials(walk, ask), text)
  await allPushed(party)
  return seen(await walk.ask(party, authorized(walk, ask, request)))
}

function kindOf({ values }: Ask): PushKind {
  return values['kind'] === 'apn' ? 'apn' : 'gcm'
}
