import { alsoChanging } from './also-changing.ts'
import type { RelayChange } from './changes.ts'
import type { RelayState } from './state.ts'
import { documented } from './rulebook.ts'
import { fault, type RelayFault } from './fault.ts'

const { prekeys } = documented

type HandedOut = Extract<RelayChange, { readonly kind: 'prekey-handed-out' }>

/** Faults by which two prekeys are one where their ids are the same. */
export const EQUAL_ID_FAULTS: readonly RelayFault[] = [
  fault(
    'RELAY-KEYS-23/uses-up-the-id-of-everybody',
    'a one-time key that is handed out uses up those of every other number that have its id',
    usingUp((shelf, own) => !own.includes(shelf)),
  ),
  fault(
    'RELAY-KEYS-23/uses-up-the-id-at-every-device',
    'a one-time key that is handed out uses up those of the other devices of its number that have its id',
    usingUp((shelf, own) => own.includes(shelf)),
  ),
]

/** The keys with the id of one that is handed out are used up on other shelves, by their name and those of its number. */
function usingUp(isMeant: (shelf: string, own: readonly string[]) => boolean): RelayFault['patch'] {
  return alsoChanging('fetch-prekeys', ['handed-out'], ({ event: { number }, decision, state }) => {
    const own = [...(state.accounts.get(number)?.devices.keys() ?? [])].map((id) => prekeys.shelf(number, id))
    return decision.changes.flatMap((change) =>
      change.kind === 'prekey-handed-out' && change.usedUp
        ? withItsId(change, state).filter(({ shelf }) => shelf !== change.shelf && isMeant(shelf, own))
        : [],
    )
  })
}

function withItsId(handed: HandedOut, state: RelayState): readonly HandedOut[] {
  const { handOut } = handed
  return [...state.prekeys].flatMap(([shelf, stored]) =>
    stored
      .remaining()
      .filter(({ keyId, lastResort }) => keyId === handOut.prekey.keyId && !lastResort)
      .map((prekey) => ({ ...handed, shelf, handOut: { ...handOut, prekey } })),
  )
}
