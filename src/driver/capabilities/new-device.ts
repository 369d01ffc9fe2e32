import type { Credentials } from '#protocol/relay/credentials.ts'

/** A device to be added, as a confirmation would describe it. `signalingKey` is Base64 text. */
export interface NewDevice {
  readonly password: string
  readonly signalingKey: string
  readonly registrationId: number
  readonly supportsSms: boolean
}

/** Whose account a device is added to: its number, and the credentials of a device that it has. */
export interface Owner {
  readonly number: string
  readonly credentials: Credentials
}

/** A way to add devices to an account: the relay spec uses them everywhere and has no operation that creates one (E-30). */
export interface Devices {
  /** Adds a device to that account; returns its id. */
  add(owner: Owner, device: NewDevice): Promise<number>
}
