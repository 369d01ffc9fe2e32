import type { FullAt } from '#mocks/engine/bucket.ts'
import type { Attachment } from './blob-store.ts'
import type { Limiter } from '#protocol/relay/limiters.ts'
import type { ListedNumber, PeerNode } from './peer-store.ts'
import type { HandOut, StoredPrekey } from './prekey-queue.ts'
import type { Account, Device, SentCode, SentPush } from './entities.ts'

/** One thing an operation does to the state of the relay. */
export type RelayChange =
  | { readonly kind: 'code-pending'; readonly number: string; readonly code: string }
  | { readonly kind: 'code-used'; readonly number: string }
  | { readonly kind: 'code-sent'; readonly sent: SentCode }
  /** The one code that adds a device to the account of the number. */
  | { readonly kind: 'device-code-pending'; readonly number: string; readonly code: string }
  | { readonly kind: 'device-code-used'; readonly number: string }
  | { readonly kind: 'account-stored'; readonly account: Account }
  | { readonly kind: 'account-removed'; readonly number: string }
  /** Adds or replaces a device of an account; nothing where there is no such account. */
  | { readonly kind: 'device-stored'; readonly number: string; readonly device: Device }
  | { readonly kind: 'push-sent'; readonly sent: SentPush }
  /** The keys of a device, by the name of their shelf, in place of what was there. */
  | { readonly kind: 'prekeys-stored'; readonly shelf: string; readonly prekeys: readonly StoredPrekey[] }
  | {
      readonly kind: 'prekey-handed-out'
      readonly shelf: string
      readonly handOut: HandOut
      readonly usedUp: boolean
    }
  | { readonly kind: 'attachment-allocated'; readonly attachment: Attachment }
  | { readonly kind: 'blob-stored'; readonly key: string; readonly bytes: Uint8Array }
  /** The peers, in place of those there were. */
  | { readonly kind: 'peers-set'; readonly peers: ReadonlyMap<string, PeerNode> }
  /** What a peer says of its numbers; `whole` in place of all it said before. */
  | {
      readonly kind: 'peer-listed'
      readonly peer: string
      readonly whole: boolean
      readonly listing: readonly ListedNumber[]
    }
  | BucketCharged
  | { readonly kind: 'limiter-reset'; readonly limiter: Limiter }

/** A limiter let a request through. `at` is the common time (ms), not that of the number charged. */
export interface BucketCharged {
  readonly kind: 'bucket-charged'
  readonly limiter: Limiter
  readonly key: string
  readonly fullAt: FullAt
  readonly at: number
}
