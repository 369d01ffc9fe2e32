import { directoryToken } from '#protocol/relay/tokens.ts'
import type { FullAt } from '#mocks/engine/bucket.ts'
import { BucketStore } from '#mocks/engine/bucket-store.ts'
import { BoundedOutbox, type Outbox } from '#mocks/engine/outbox.ts'
import { BlobStore, type Blobs } from './blob-store.ts'
import type { RelayChange } from './changes.ts'
import type { Account, Device, SentCode, SentPush } from './entities.ts'
import type { Limiter } from '#protocol/relay/limiters.ts'
import { PeerListingStore, type PeerListings, type PeerNode } from './peer-store.ts'
import { PrekeyQueue, type Prekeys } from './prekey-queue.ts'

/** All that a relay remembers, as the rules see it: to read, never to write. */
export interface RelayState {
  readonly accounts: ReadonlyMap<string, Account>
  /** The one code that confirms a number, by number. */
  readonly pendingCodes: ReadonlyMap<string, string>
  /** The one code that adds a device to an account, by number. */
  readonly pendingDeviceCodes: ReadonlyMap<string, string>
  /** The buckets of a limiter, by what it is keyed by. A bucket that is missing is full. */
  bucket(limiter: Limiter, key: string): FullAt | undefined
  readonly codes: Outbox<SentCode>
  readonly pushes: Outbox<SentPush>
  /** The confirmed numbers, by directory token. */
  readonly numbersByToken: ReadonlyMap<string, string>
  /** The keys of devices, by the name of their shelf. */
  readonly prekeys: ReadonlyMap<string, Prekeys>
  readonly blobs: Blobs
  /** The other nodes, by name. */
  readonly peers: ReadonlyMap<string, PeerNode>
  readonly peerListings: PeerListings
}

/** How many codes, and how many pushes, are kept for those who want to read them. */
const OUTBOX_BOUND = 10_000

/** The state of one running relay. Only `apply` changes it; each change takes the same time at any size. */
export class RelayStore implements RelayState {
  readonly accounts = new Map<string, Account>()
  readonly pendingCodes = new Map<string, string>()
  readonly pendingDeviceCodes = new Map<string, string>()
  readonly codes = new BoundedOutbox<SentCode>(OUTBOX_BOUND, ({ number }) => number)
  readonly pushes = new BoundedOutbox<SentPush>(OUTBOX_BOUND, ({ number }) => number)
  readonly numbersByToken = new Map<string, string>()
  readonly prekeys = new Map<string, PrekeyQueue>()
  readonly blobs = new BlobStore()
  readonly peerListings = new PeerListingStore()
  peers: ReadonlyMap<string, PeerNode> = new Map()
  readonly #buckets = new Map<Limiter, BucketStore>()

  bucket(limiter: Limiter, key: string): FullAt | undefined {
    return this.#buckets.get(limiter)?.get(key)
  }

  /** Makes the changes, in order. */
  apply(changes: readonly RelayChange[]): void {
    for (const change of changes) this.#applyOne(change)
  }

  /** Forgets everything but the peers. */
  clear(): void {
    this.accounts.clear()
    this.pendingCodes.clear()
    this.pendingDeviceCodes.clear()
    this.codes.clear()
    this.pushes.clear()
    this.numbersByToken.clear()
    this.prekeys.clear()
    this.blobs.clear()
    this.peerListings.clear()
    this.#buckets.clear()
  }

  #applyOne(change: RelayChange): void {
    switch (change.kind) {
      case 'code-pending':
        this.pendingCodes.set(change.number, change.code)
        return
      case 'code-used':
        this.pendingCodes.delete(change.number)
        return
      case 'code-sent':
        this.codes.add(change.sent)
        return
      case 'device-code-pending':
        this.pendingDeviceCodes.set(change.number, change.code)
        return
      case 'device-code-used':
        this.pendingDeviceCodes.delete(change.number)
        return
      case 'account-stored':
        this.accounts.set(change.account.number, change.account)
        this.numbersByToken.set(directoryToken(change.account.number), change.account.number)
        return
      case 'account-removed':
        this.accounts.delete(change.number)
        this.numbersByToken.delete(directoryToken(change.number))
        return
      case 'device-stored':
        this.#storeDevice(change.number, change.device)
        return
      case 'push-sent':
        this.pushes.add(change.sent)
        return
      case 'prekeys-stored':
        this.prekeys.set(change.shelf, new PrekeyQueue(change.prekeys))
        return
      case 'prekey-handed-out':
        this.prekeys.get(change.shelf)?.handOut(change.handOut, change.usedUp)
        return
      case 'attachment-allocated':
        this.blobs.allocate(change.attachment)
        return
      case 'blob-stored':
        this.blobs.put(change.key, change.bytes)
        return
      case 'peers-set':
        this.peers = change.peers
        this.peerListings.keep([...change.peers.keys()])
        return
      case 'peer-listed':
        this.peerListings.list(change.peer, change.listing, change.whole)
        return
      case 'bucket-charged':
        this.#bucketsOf(change.limiter).set(change.key, change.fullAt, change.at)
        return
      case 'limiter-reset':
        this.#buckets.delete(change.limiter)
        return
      default:
        change satisfies never
    }
  }

  #bucketsOf(limiter: Limiter): BucketStore {
    const known = this.#buckets.get(limiter)
    if (known !== undefined) return known
    const fresh = new BucketStore()
    this.#buckets.set(limiter, fresh)
    return fresh
  }

  #storeDevice(number: string, device: Device): void {
    const account = this.accounts.get(number)
    if (account === undefined) return
    const devices = new Map(account.devices).set(device.id, device)
    this.accounts.set(number, { number, supportsSms: account.supportsSms, devices })
  }
}
