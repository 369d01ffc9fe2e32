import { ControlError } from '#mocks/edge/control/control-error.ts'
import { FIRST_DEVICE } from '#protocol/relay/credentials.ts'
import type { RelayChange } from './changes.ts'
import type { Account, Device } from './entities.ts'
import type { StoredPrekey } from './prekey-queue.ts'
import type { Relay } from './relay.ts'

/** A prekey as a device uploads it: `publicKey` and `identityKey` are Base64 of 33 bytes, of which the first is 5. */
export interface PrekeyData {
  readonly keyId: number
  readonly publicKey: string
  readonly identityKey: string
}

/** A device that a relay is to have. */
export interface DeviceData {
  /** Left out, it is one more than that of the device before, and 1 of the first. */
  readonly id?: number
  readonly password: string
  /** Base64 of 52 bytes. */
  readonly signalingKey: string
  /** 14 bits. */
  readonly registrationId: number
  readonly gcmId?: string
  readonly apnId?: string
  readonly fetchesMessages?: boolean
  /** What it uploads to `/v1/keys`. */
  readonly prekeys?: { readonly lastResortKey: PrekeyData; readonly keys: readonly PrekeyData[] }
}

/** An account that a relay is to have. */
export interface AccountData {
  /** In E.164 form. */
  readonly number: string
  readonly supportsSms?: boolean
  /** By ascending id, of which the first is 1. */
  readonly devices: readonly DeviceData[]
}

/** What a relay is to be filled with (`schemas/control/relay-data.json`). */
export interface RelayData {
  readonly accounts: readonly AccountData[]
}

/**
 * Adds what the document says to what is there, and gives the new accounts. Where one cannot be, nothing is added, and a
 * ControlError says in one line which. The document fits its schema.
 */
export function addRelayData({ accounts }: RelayData, relay: Relay): readonly Account[] {
  checkNumbers(accounts, relay)
  const added = accounts.map((account, place) => accountOf(account, `/accounts/${place}`, relay))
  relay.store.apply(added.flatMap(({ changes }) => changes))
  return added.map(({ account }) => account)
}

function checkNumbers(accounts: readonly AccountData[], { store }: Relay): void {
  const taken = new Set<string>()
  for (const [place, { number }] of accounts.entries()) {
    if (store.accounts.has(number) || taken.has(number)) {
      throw new ControlError(
        409,
        `/accounts/${place}/number: expected one that is no account yet, got ${number}`,
      )
    }
    taken.add(number)
  }
}

interface Added {
  readonly account: Account
  readonly changes: readonly RelayChange[]
}

function accountOf({ number, supportsSms = false, devices }: AccountData, at: string, relay: Relay): Added {
  const stored = new Map<number, Device>()
  const changes: RelayChange[] = []
  for (const [place, given] of devices.entries()) {
    const least = Math.max(0, ...stored.keys()) + 1
    const { id = least, prekeys } = given
    checkId(id, least, `${at}/devices/${place}/id`)
    stored.set(id, deviceOf(given, id, relay))
    const shelf = relay.rulebook.prekeys.shelf(number, id)
    if (prekeys !== undefined) {
      checkKeyIds(prekeys.keys, `${at}/devices/${place}/prekeys/keys`)
      changes.push({ kind: 'prekeys-stored', shelf, prekeys: uploaded(prekeys) })
    }
  }
  const account = { number, supportsSms, devices: stored }
  return { account, changes: [{ kind: 'account-stored', account }, ...changes] }
}

/** Every account has a device 1; a relay counts on from there (RELAY-VERIFY-11). */
function checkId(id: number, least: number, at: string): void {
  const isFirst = least === FIRST_DEVICE
  if (isFirst ? id === FIRST_DEVICE : id >= least) return
  const expected = isFirst ? `${FIRST_DEVICE} for the first device` : `at least ${least}`
  throw new ControlError(400, `${at}: expected ${expected}, got ${id}`)
}

function deviceOf(given: DeviceData, id: number, { rulebook }: Relay): Device {
  const {
    password,
    signalingKey,
    registrationId,
    gcmId = null,
    apnId = null,
    fetchesMessages = false,
  } = given
  return {
    id,
    password,
    signalingKey,
    registrationId:
      id === FIRST_DEVICE ? registrationId : rulebook.confirmation.addedRegistrationId(registrationId),
    gcmId,
    apnId,
    fetchesMessages,
  }
}

function checkKeyIds(keys: readonly PrekeyData[], at: string): void {
  const ids = new Set<number>()
  for (const [place, { keyId }] of keys.entries()) {
    if (ids.has(keyId)) {
      throw new ControlError(400, `${at}/${place}/keyId: expected one of its own, got ${keyId} again`)
    }
    ids.add(keyId)
  }
}

function uploaded({ lastResortKey, keys }: NonNullable<DeviceData['prekeys']>): readonly StoredPrekey[] {
  return [...keys.map((key) => ({ ...key, lastResort: false })), { ...lastResortKey, lastResort: true }]
}
