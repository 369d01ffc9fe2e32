import type { Seen } from '../protocol-model.ts'

/** An entry of an answer with prekeys, each part by its name, or as text where it has none in the walk. */
export interface SeenKey {
  readonly device: number
  /** The upload and the key of it that the public key belongs to: `Alice 2, key 1`, `Alice 2, last resort`. */
  readonly key: string
  /** Whose id and identity key came with it; the same as `key` where they are right. */
  readonly keyId: string
  readonly identityKey: string
  /** `right`, `absent`, or what it is instead. */
  readonly registrationId: string
}

/** A contact of an answer of the directory. */
export interface SeenContact {
  /** The name of the party or of the unused number whose token it is, else the text. */
  readonly owner: string
  /** `none`, `peer`, or the text. */
  readonly relay: string
  readonly supportsSms: boolean
}

/** A push as it was handed to a gateway, opened. */
export interface SeenPush {
  readonly device: number
  /** The name of the push id it went to, with the channel: `gcm 2`. */
  readonly to: string
  /** The install with whose signaling key it was sealed. */
  readonly install: string
  readonly message: string
  readonly source: string
  readonly sourceDevice: string
  readonly type: string
  /** `right` where it is the one submitted or the time of the relay, else the text. */
  readonly timestamp: string
  readonly relay: string
}

/** What the relay did when it was asked; what does not belong to the operation is absent. */
export interface RelaySeen extends Seen {
  /** The ask was not made: another that was made at the same time has taken its ground. */
  readonly isLeftOut?: true
  /** Of a registration in one go: the part of it that was refused, else the last. */
  readonly part?: 'code' | 'confirmation' | 'push id'
  /** The id of the device that was added. */
  readonly device?: number
  /** Absent where the answer has no such list. */
  readonly keys?: readonly SeenKey[]
  readonly contacts?: readonly SeenContact[]
  readonly pushes?: readonly SeenPush[]
  /** Ids of a 409 or a 410; absent where the answer is no JSON. */
  readonly missing?: readonly number[]
  readonly extra?: readonly number[]
  readonly stale?: readonly number[]
  /** What is not as it must be in an answer that gives a place: `no id`, `the id of Alice 1`. */
  readonly place?: string
  /** The name of the bytes that were downloaded. */
  readonly blob?: string
}
