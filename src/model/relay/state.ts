import type { PushIdKind } from './push-kind.ts'
import type { RelayKnown } from './known.ts'

/** How sure it is that something is so: the relay spec may leave it open. */
export type Certainty = 'yes' | 'maybe' | 'no'

/** A push id that a device may be pushed to, by the name that the ask that set it gave it. */
export interface PushId {
  readonly kind: PushIdKind
  readonly name: string
  /** Whether it is certainly set: another submission or a DELETE since then may have taken it back. */
  readonly isSure: boolean
}

/** One-time keys of one upload: `1` to as many as there were. */
export interface KeySet {
  readonly name: string
  readonly fresh: readonly string[]
  readonly given: readonly GivenKey[]
}

/** A one-time key that was handed out: its first receiver, and the step where others were asked for at the same time. */
export interface GivenKey {
  readonly key: string
  readonly to: string
  readonly atOnce: number | null
}

/** The prekeys of a device. */
export interface DeviceKeys {
  /** The latest upload. */
  readonly current: KeySet
  /** Uploads before it, of which one-time keys may be left. */
  readonly earlier: readonly KeySet[]
  /** Whether the latest upload is certainly still there. */
  readonly isSure: boolean
  /** How many one-time keys of it may be used up though no caller got them, by requests that left the device out. */
  readonly wasted: number
}

/** A device of a number. */
export interface Device {
  /** `1` for the one that confirmation makes, else the name that it was added under. */
  readonly name: string
  readonly id: number
  /** Whose password, signaling key and registration id it has: `registration 2`, or its own name. */
  readonly install: string
  /** False where a later registration of its number may have removed it, or the loss of its push ids its account. */
  readonly isSure: boolean
  readonly pushIds: readonly PushId[]
  /** The push ids that it has set by themselves so far, which it may set again: `gcm 2`. */
  readonly hadIds: readonly string[]
  /** Whether it counts among the registered devices of its number. */
  readonly counts: Certainty
  readonly keys: DeviceKeys | null
}

/** A message that was accepted for a device. */
export interface Expected {
  /** The name of its bytes. */
  readonly message: string
  readonly from: string
  readonly fromDevice: number
  readonly device: number
  readonly type: number
  /** The installs with whose signaling key the push may be sealed. */
  readonly installs: readonly string[]
  /** The push ids that it may go to, each by its name; null where the device is reached without one. */
  readonly pushIds: readonly string[] | null
  /** Whether it has to be pushed. */
  readonly isSure: boolean
  /** Whether the sender lives at another node than the recipient. */
  readonly isHandedOver: boolean
}

/** A password that holds no longer, or never did, by what it was drawn for: `registration 2`, or the name of a device. */
export interface Former {
  readonly install: string
  readonly why: 'registered again' | 'refused'
}

/** Where a number is with its verification code. */
export type CodeState = 'none' | 'sent' | 'used' | 'unsure'

/** A party: what the relay keeps of its number. */
export interface Account {
  readonly name: string
  readonly node: 'target' | 'peer'
  readonly code: CodeState
  /** How many names of each kind were used so far: of registrations, push ids, sets of prekeys, messages, attachments. */
  readonly used: Readonly<Record<string, number>>
  readonly supportsSms: boolean
  readonly devices: readonly Device[]
  readonly former: readonly Former[]
  /** The install that a part of another was kept from, by the name of that: `signaling key of registration 2`. */
  readonly kept: Readonly<Record<string, string>>
  /** All that was accepted for it in this walk. */
  readonly expected: readonly Expected[]
}

/** A place for an attachment, by the name that the ask that allocated it gave it. */
export interface Attachment {
  readonly owner: string
  /** The name of what is stored there; null where nothing was uploaded. */
  readonly blob: string | null
}

/** All that the relay keeps, as far as it shows. */
export interface RelayState {
  readonly known: RelayKnown
  readonly accounts: Readonly<Record<string, Account>>
  readonly attachments: Readonly<Record<string, Attachment>>
  /** The ways of asking for prekeys in which the relay has shown that it hands a one-time key out once. */
  readonly once: readonly string[]
}
