import type { FolderName } from '#protocol/mstore/folders.ts'
import type { MStoreStateChange } from './changes.ts'
import type { StoredMailbox, StoredObject, StoredSubscriber } from './mailbox.ts'
import { objectPath } from './object-paths.ts'

/** A nonce that was given out: on which connection, for which method and target, and the counts it was used with. */
export interface IssuedNonce {
  readonly connection: number
  /** `GET /vvm/…`. */
  readonly asked: string
  readonly used: ReadonlySet<string>
}

/** All that an mStore remembers, as the rules see it: to read, never to write. */
export interface MStoreState {
  /** By MSISDN. */
  readonly mailboxes: ReadonlyMap<string, StoredMailbox>
  /** By the nonce. */
  readonly nonces: ReadonlyMap<string, IssuedNonce>
}

/** How many nonces are remembered. */
const NONCE_BOUND = 10_000

interface StoredNonce extends IssuedNonce {
  readonly used: Set<string>
}

interface MutableMailbox extends StoredMailbox {
  subscriber: StoredSubscriber
  readonly objects: Map<string, StoredObject>
  readonly nextNumbers: Record<FolderName, number>
}

/** The state of one running mStore. Only `apply` changes it; each change takes the same time at any size. */
export class MStoreStore implements MStoreState {
  readonly mailboxes = new Map<string, MutableMailbox>()
  readonly nonces = new Map<string, StoredNonce>()

  /** Makes the changes, in order. */
  apply(changes: readonly MStoreStateChange[]): void {
    for (const change of changes) this.#applyOne(change)
  }

  /** Forgets everything. */
  clear(): void {
    this.mailboxes.clear()
    this.nonces.clear()
  }

  #applyOne(change: MStoreStateChange): void {
    switch (change.kind) {
      case 'subscriber-stored':
        this.#storeSubscriber(change.subscriber)
        return
      case 'nonce-issued':
        this.#issue(change.nonce, { connection: change.connection, asked: change.asked, used: new Set() })
        return
      case 'nonce-used':
        this.nonces.get(change.nonce)?.used.add(change.nc)
        return
      case 'profile-stored':
        this.#settle(change.msisdn, { profile: change.profile })
        return
      case 'pin-stored':
        this.#settle(change.msisdn, { pin: change.pin })
        return
      case 'object-stored':
        this.#storeObject(change.msisdn, change.object)
        return
      case 'object-removed':
        this.mailboxes.get(change.msisdn)?.objects.delete(change.path)
        return
      default:
        change satisfies never
    }
  }

  #storeSubscriber(subscriber: StoredSubscriber): void {
    const known = this.mailboxes.get(subscriber.msisdn)
    if (known !== undefined) {
      known.subscriber = subscriber
      return
    }
    const nextNumbers = { voicemails: 1, greetings: 1 }
    this.mailboxes.set(subscriber.msisdn, { subscriber, objects: new Map(), nextNumbers })
  }

  #issue(text: string, nonce: StoredNonce): void {
    this.nonces.set(text, nonce)
    if (this.nonces.size <= NONCE_BOUND) return
    const [oldest] = this.nonces.keys()
    if (oldest !== undefined) this.nonces.delete(oldest)
  }

  #settle(msisdn: string, settings: Partial<Pick<StoredSubscriber, 'profile' | 'pin'>>): void {
    const mailbox = this.mailboxes.get(msisdn)
    if (mailbox !== undefined) mailbox.subscriber = { ...mailbox.subscriber, ...settings }
  }

  #storeObject(msisdn: string, object: StoredObject): void {
    const mailbox = this.mailboxes.get(msisdn)
    if (mailbox === undefined) return
    mailbox.objects.set(objectPath(object), object)
    const next = mailbox.nextNumbers[object.folder]
    mailbox.nextNumbers[object.folder] = Math.max(next, object.number + 1)
  }
}
