import type { Relay } from '#mocks/relay/relay.ts'
import {
  attachmentId,
  callerPlaces,
  numberAt,
  PASSWORD,
  PUBLIC_KEY,
  REGISTRATION_ID,
  SIGNALING_KEY,
} from './workload.ts'
import type { Account } from '#mocks/relay/entities.ts'

const LAST_RESORT = 0xffffff
const UNLIMITED = { burst: 1_000_000_000, refillMs: 0.001 }

/** How full a relay is to be. */
export interface Fill {
  readonly accounts: number
  /** One-time prekeys of each caller. */
  readonly prekeys: number
}

/** Fills a relay; the callers among its accounts have prekeys and an attachment each. No limit bites. */
export function seedRelay(relay: Relay, { accounts, prekeys: count }: Fill): void {
  const { store } = relay
  for (let place = 0; place < accounts; place++)
    store.apply([{ kind: 'account-stored', account: accountAt(place) }])
  const prekeys = [...Array.from({ length: count }, (_, keyId) => keyId), LAST_RESORT].map(prekey)
  for (const place of callerPlaces(accounts)) {
    const owner = numberAt(place)
    const attachment = { id: attachmentId(place), key: place.toString(16).padStart(32, '0'), owner }
    store.apply([
      { kind: 'prekeys-stored', shelf: relay.rulebook.prekeys.shelf(owner, 1), prekeys },
      { kind: 'attachment-allocated', attachment },
    ])
  }
  relay.setLimits({
    prekeys: UNLIMITED,
    messages: UNLIMITED,
    retrievals: UNLIMITED,
    contacts: UNLIMITED,
  })
}

function accountAt(place: number): Account {
  const device = {
    id: 1,
    password: PASSWORD,
    signalingKey: SIGNALING_KEY,
    registrationId: REGISTRATION_ID,
    gcmId: 'gcm-registration-id',
    apnId: null,
  }
  return { number: numberAt(place), supportsSms: false, devices: new Map([[1, device]]) }
}

function prekey(keyId: number) {
  return { keyId, publicKey: PUBLIC_KEY, identityKey: PUBLIC_KEY, lastResort: keyId === LAST_RESORT }
}
