import type { AuthenticationVector } from '#protocol/gba/aka.ts'
import type { Rand } from '#protocol/gba/milenage.ts'
import type { Decision } from '#mocks/engine/decision.ts'

/** A challenge that was given out and not yet answered. */
export interface IssuedChallenge {
  readonly impi: string
  readonly vector: AuthenticationVector
  readonly opaque: string
}

/** What a bootstrap left behind: the keys of a subscriber, by the B-TID that stands for them. Times in ms. */
export interface Bootstrap {
  readonly btid: string
  readonly impi: string
  /** The number of the subscriber; null where none was given. */
  readonly number: string | null
  readonly rand: Rand
  readonly ck: Uint8Array
  readonly ik: Uint8Array
  /** CK and IK, one after the other. */
  readonly ks: Uint8Array
  readonly at: number
  readonly expiresAt: number
  /** Whether no client took part in it. */
  readonly inside: boolean
}

/** What can come of a request to the bootstrapping server. */
export type BsfOutcome =
  | { readonly kind: 'unknown-path' | 'unknown-method' | 'malformed-credentials' | 'unknown-subscriber' }
  /** A client that does not name itself gets the realm and no challenge. */
  | { readonly kind: 'no-credentials' }
  | { readonly kind: ChallengedKind; readonly nonce: string; readonly opaque: string }
  | {
      readonly kind: 'bootstrapped'
      readonly bootstrap: Bootstrap
      /** The XML of the answer. */
      readonly body: Uint8Array
      readonly authenticationInfo: string | null
    }

/** Why a new challenge goes out: it was asked for, the number was put right, or an answer was not taken. */
export type ChallengedKind = 'challenged' | 'resynchronised' | 'bad-resynchronisation' | 'wrong-response'

/** Every kind of outcome. */
export type BsfKind = BsfOutcome['kind']

/** One thing a request does to the state. */
export type BsfChange =
  | { readonly kind: 'challenge-issued'; readonly nonce: string; readonly challenge: IssuedChallenge }
  | { readonly kind: 'challenge-used'; readonly nonce: string }
  /** The sequence number that the home network counts on from. */
  | { readonly kind: 'sqn-moved'; readonly impi: string; readonly sqn: number }
  /** A challenge went out with the fault set for this subscriber, or with that for all (null). */
  | { readonly kind: 'fault-served'; readonly holder: string | null }
  | { readonly kind: 'bootstrapped'; readonly bootstrap: Bootstrap }

/** What the bootstrapping server decides: an outcome, and what it changes. */
export type BsfDecision = Decision<BsfOutcome, BsfChange>
