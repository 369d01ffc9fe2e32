import type { MStoreStateChange } from './changes.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import { objectPath } from './object-paths.ts'

/** When objects go by themselves (mStore spec, objects: `expires`, `$MarkNotToDelete`). */
export interface ExpiryRules {
  /** How long a voicemail stays that says nothing else, in ms. */
  readonly voicemailMs: number
  readonly isExpired: (object: StoredObject, nowMs: number) => boolean
  /** What time makes of a mailbox besides. */
  readonly aged: (mailbox: StoredMailbox, nowMs: number) => StoredMailbox
  /** Whether what is past its time is gone for requests of the operation of that name. */
  readonly isSeenBy: (operation: string) => boolean
}

/** From 1 January to 1 April, as in the sample of the mStore spec. */
const SAMPLE_DAYS = 91
const DAY_MS = 86_400_000

/** When objects go by the mStore spec (`/objects/<OBJECT PATH>`: `expires`, `$MarkNotToDelete`). */
export const documentedExpiry: ExpiryRules = {
  voicemailMs: SAMPLE_DAYS * DAY_MS,
  // MSTORE-FLAG-08
  isExpired: ({ expiresMs, kept }, nowMs) => expiresMs !== null && expiresMs <= nowMs && !kept,
  // MSTORE-FLAG-09, -10, MSTORE-PROFILE-19, MSTORE-BULKUPDATE-01, MSTORE-BULKDELETE-01
  aged: (mailbox) => mailbox,
  // MSTORE-FLAG-29
  isSeenBy: () => true,
}

/** The removal of what is past its time on the subscriber's clock. */
function expired(
  { subscriber, objects }: StoredMailbox,
  nowMs: number,
  rules = documentedExpiry,
): readonly MStoreStateChange[] {
  return [...objects.values()]
    .filter((object) => rules.isExpired(object, nowMs))
    .map((object) => ({ kind: 'object-removed', msisdn: subscriber.msisdn, path: objectPath(object) }))
}

/** A mailbox as it is once what is past its time is gone, and the changes by which it goes. */
export function withoutExpired(
  mailbox: StoredMailbox,
  nowMs: number,
  rules = documentedExpiry,
): { readonly mailbox: StoredMailbox; readonly changes: readonly MStoreStateChange[] } {
  const changes = expired(mailbox, nowMs, rules)
  if (changes.length === 0) return { mailbox, changes }
  const left = [...mailbox.objects].filter(([, object]) => !rules.isExpired(object, nowMs))
  return { mailbox: { ...mailbox, objects: new Map(left) }, changes }
}
