import { counting } from '#mocks/engine/memory.ts'
import { parsePlainJson } from '#protocol/json.ts'
import type { Attributes } from '#protocol/mstore/attributes.ts'
import { readProfile } from '#protocol/mstore/profile.ts'
import { alsoChanging, objectsIn, storing, type SettledRequest } from './also-changing.ts'
import type { MStoreStateChange } from './changes.ts'
import type { StoredObject } from './mailbox.ts'
import type { MStoreOperation } from './operations.ts'
import type { CommonRefusal } from './refusals.ts'
import type { MStoreRequest } from './requests.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { fault, walkFault, type MStoreFault } from './fault.ts'

const { objects, pin, profile } = documented

const THIRD = 3
const refusalsOf = counting()

/** Faults by which a request that was refused leaves something behind. */
export const REFUSED_EFFECT_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-FLAG-14/deactivates-for-another-flag',
    'a greeting of which a flag is named that cannot be changed becomes inactive',
    alsoChanging(['set-flag', 'clear-flag'], ['forbidden-flag'], (settled) =>
      changing(settled, (object) => ({ ...object, greetingOn: false })),
    ),
  ),
  walkFault(
    'MSTORE-FLAG-21/marks-the-voicemail-as-seen',
    'a voicemail that is to be made an active greeting is refused, and marked as seen',
    alsoChanging(['set-flag', 'clear-flag'], ['not-a-greeting'], (settled) =>
      changing(settled, (object) => ({ ...object, seen: true })),
    ),
  ),
  walkFault(
    'MSTORE-UPLOAD-48/deactivates-the-oldest-for-a-quota',
    'an upload that is refused for a quota makes the oldest greeting inactive',
    alsoChanging(['upload'], ['over-quota'], ({ mailbox }) =>
      objectsIn(mailbox, 'greetings')
        .slice(0, 1)
        .map((object) => storing(mailbox, { ...object, greetingOn: false })),
    ),
  ),
  fault(
    'MSTORE-UPLOAD-38/deactivates-for-a-malformed-upload',
    'an upload that is refused as malformed makes the newest greeting inactive',
    alsoChanging(['upload'], ['malformed'], ({ mailbox }) =>
      objectsIn(mailbox, 'greetings')
        .slice(-1)
        .map((object) => storing(mailbox, { ...object, greetingOn: false })),
    ),
  ),
  walkFault(
    'MSTORE-SEARCH-20/marks-for-a-bad-cursor',
    'a search that is refused for its cursor marks the newest voicemail as seen',
    alsoChanging(['search'], ['bad-cursor'], ({ mailbox }) =>
      objectsIn(mailbox, 'voicemails')
        .slice(-1)
        .map((object) => storing(mailbox, { ...object, seen: true })),
    ),
  ),
  walkFault(
    'MSTORE-PROFILE-17/writes-what-fits-of-what-is-refused',
    'of a profile that is refused for one value the other ones are written',
    alsoChanging(['write-profile'], ['malformed'], ({ request: { body }, mailbox: { subscriber } }) => {
      const fitting = new Map([...sentIn(body)].filter((one) => profile.misfit(new Map([one])) === null))
      const written = profile.written(subscriber.profile, fitting)
      return [{ kind: 'profile-stored', msisdn: subscriber.msisdn, profile: written }]
    }),
  ),
  walkFault(
    'MSTORE-PIN-16/takes-the-third-refused-pin',
    'a PIN that is refused is the PIN from then on where two were refused before',
    alsoChanging(['change-pin'], ['refused-pin'], ({ request: { body }, mailbox: { subscriber }, state }) => {
      const pair = pin.pair(sentIn(body), subscriber)
      const { msisdn } = subscriber
      if (refusalsOf(state, msisdn) < THIRD || pair === null) return []
      return [{ kind: 'pin-stored', msisdn, pin: { ...subscriber.pin, current: pair.newPin } }]
    }),
  ),
  acting('MSTORE-AUTH-47/clears-a-flag-for-another-uri', 'clear-flag', 'wrong-uri'),
  acting('MSTORE-AUTH-47/uploads-with-a-used-nonce', 'upload', 'used-nonce'),
  acting('MSTORE-AUTH-47/marks-with-a-used-nonce', 'bulk-update', 'used-nonce'),
  acting('MSTORE-AUTH-47/sets-a-flag-with-an-unknown-nonce', 'set-flag', 'unknown-nonce'),
  acting('MSTORE-AUTH-47/deletes-for-another-uri', 'bulk-delete', 'wrong-uri'),
  acting('MSTORE-AUTH-47/deletes-for-an-unknown-user', 'bulk-delete', 'unknown-btid'),
]

/** The attributes that a body sends; none where it is no profile. */
function sentIn(body: MStoreRequest['body']): Attributes {
  const json = typeof body === 'string' ? null : parsePlainJson(body)
  const sent = json?.kind === 'json' ? readProfile(json.plain) : null
  return sent === null || sent.kind === 'parse-error' ? new Map() : sent.values
}

/** The object that a flag call is about, changed; nothing where there is none. */
function changing(
  { target: { endpoint }, mailbox }: SettledRequest,
  change: (object: StoredObject) => StoredObject,
): readonly MStoreStateChange[] {
  const object = endpoint.kind === 'flag' ? objects.find(endpoint.objectPath, mailbox) : undefined
  return object === undefined ? [] : [storing(mailbox, change(object))]
}

/** A fault by which requests for an operation take effect although they are refused for those credentials. */
function acting(id: string, operation: MStoreOperation, refusal: CommonRefusal): MStoreFault {
  const words = refusal.replaceAll('-', ' ')
  const patch: MStorePatch = {
    authentication: { actsWhenRefused: (asked, kind) => asked === operation && kind === refusal },
  }
  return walkFault(
    id,
    `${operation.replaceAll('-', ' ')} takes effect although it is refused: ${words}`,
    patch,
  )
}
