import type { Attributes } from '#protocol/mstore/attributes.ts'
import type { PinState, StoredObject, StoredSubscriber } from './mailbox.ts'

/** One thing a request does to the state of the mStore. Changes to a mailbox that is not there do nothing. */
export type MStoreStateChange =
  | { readonly kind: 'subscriber-stored'; readonly subscriber: StoredSubscriber }
  /** A nonce was given out on that connection to a request of that method and target: `GET /vvm/…`. */
  | {
      readonly kind: 'nonce-issued'
      readonly nonce: string
      readonly connection: number
      readonly asked: string
    }
  /** A nonce was used with this `nc`. */
  | { readonly kind: 'nonce-used'; readonly nonce: string; readonly nc: string }
  | { readonly kind: 'profile-stored'; readonly msisdn: string; readonly profile: Attributes }
  | { readonly kind: 'pin-stored'; readonly msisdn: string; readonly pin: PinState }
  /** Adds an object, or puts it in place of the one at its path. */
  | { readonly kind: 'object-stored'; readonly msisdn: string; readonly object: StoredObject }
  | { readonly kind: 'object-removed'; readonly msisdn: string; readonly path: string }
