import { type FlagState, isChangeable } from '#protocol/mstore/flags.ts'
import { decided } from './decisions.ts'
import type { StoredObject } from './mailbox.ts'
import type { ObjectRules } from './objects.ts'
import type { MStoreRequest } from './requests.ts'
import type { AuthorizedRequest } from './scene.ts'

/** A flag of one object, and whether it is to be set. */
export interface FlagSetting {
  readonly flag: string
  readonly on: boolean
}

/** How the flag endpoint works (mStore spec, flags). */
export interface FlagRules {
  /** Whether a request has the body and the type that the endpoint takes. */
  readonly takes: (request: MStoreRequest, body: Uint8Array) => boolean
  /** The flag that a text names. */
  readonly named: (text: string) => string
  readonly isChangeable: (change: FlagSetting) => boolean
  /** Whether objects of its kind have the flag. */
  readonly applies: (object: StoredObject, change: FlagSetting) => boolean
  /** Whether the object has it as wanted already. */
  readonly isAsWanted: (object: StoredObject, change: FlagSetting) => boolean
  /** The objects that a change changes, as they are then. */
  readonly changed: (
    object: StoredObject,
    change: FlagSetting,
    authorized: FlagRequest,
  ) => readonly StoredObject[]
  /** The object that a call is about, where one was found at its path and where none was. */
  readonly meant: (
    found: StoredObject | undefined,
    path: string,
    authorized: FlagRequest,
  ) => StoredObject | undefined
}

type FlagRequest = AuthorizedRequest<{ flags: FlagRules; objects: ObjectRules }>

/** How the mStore spec sets and clears a flag (`/objects/<OBJECT PATH>/flags/<FLAG>`). */
export const documentedFlags: FlagRules = {
  // MSTORE-FLAG-28, E-46
  takes: () => true,
  // E-40
  named: (text) => text,
  // MSTORE-FLAG-04…-07, -14, -15, -23, E-51
  isChangeable: ({ flag }) => isChangeable(flag, 'flag-endpoint'),
  // MSTORE-FLAG-21
  applies: ({ folder }) => folder === 'greetings',
  // MSTORE-FLAG-11, -12
  isAsWanted: ({ greetingOn }, { on }) => greetingOn === on,
  // MSTORE-FLAG-09, -10, -16, -17
  changed: (object, { on }) => [{ ...object, greetingOn: on }],
  // MSTORE-FLAG-22, -33
  meant: (found) => found,
}

/** Decides the setting or the clearing of a flag of an object. */
export function decideFlag(authorized: FlagRequest) {
  const { request, mailbox, rulebook, target, body } = authorized
  const on = request.method === 'PUT'
  const operation = on ? 'set-flag' : 'clear-flag'
  const rules = rulebook.flags
  const { endpoint } = target
  if (endpoint.kind !== 'flag') return decided(operation, 'unknown-path')
  if (!rules.takes(request, body))
    return decided(operation, 'malformed', { content: { kind: 'network-error' } })
  const found = rulebook.objects.find(endpoint.objectPath, mailbox)
  const object = rules.meant(found, endpoint.objectPath, authorized)
  if (object === undefined) return decided(operation, 'unknown-object')
  const change = { flag: rules.named(endpoint.flag), on }
  if (!rules.isChangeable(change)) return decided(operation, 'forbidden-flag')
  if (!rules.applies(object, change)) return decided(operation, 'not-a-greeting')
  if (rules.isAsWanted(object, change))
    return on ? decided('set-flag', 'already-set') : decided('clear-flag', 'already-clear')
  const changes = rules
    .changed(object, change, authorized)
    .map((next) => ({ kind: 'object-stored', msisdn: mailbox.subscriber.msisdn, object: next }) as const)
  return on ? decided('set-flag', 'set', { changes }) : decided('clear-flag', 'cleared', { changes })
}

/** The state with one of the flags kept with an object set or cleared; any other flag leaves it as it is. */
export function withFlag<Flagged extends FlagState>(object: Flagged, { flag, on }: FlagSetting): Flagged {
  switch (flag) {
    case '\\Seen':
      return { ...object, seen: on }
    case '\\Recent':
      return { ...object, seen: !on }
    case '$MarkNotToDelete':
      return { ...object, kept: on }
    case '$CNS-Greeting-On':
      return { ...object, greetingOn: on }
    default:
      return object
  }
}
