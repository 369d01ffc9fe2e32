/** The two kinds of code delivery (relay spec, Request a verification code). */
export type Transport = 'sms' | 'voice'

/** The two push channels (relay spec, Registering an APN or GCM id). */
export type Channel = 'gcm' | 'apn'

/** What a push goes by; a websocket is no part of the relay spec (E-33). */
export type PushChannel = Channel | 'websocket'

/** One device of an account. `signalingKey` is the Base64 text as submitted. */
export interface Device {
  readonly id: number
  readonly password: string
  readonly signalingKey: string
  readonly registrationId: number
  readonly gcmId: string | null
  readonly apnId: string | null
  /** Whether it asks for messages by itself; left out, it does not. */
  readonly fetchesMessages?: boolean
}

/** A confirmed number and its devices by id, in ascending order. */
export interface Account {
  readonly number: string
  readonly supportsSms: boolean
  readonly devices: ReadonlyMap<number, Device>
}

/** A verification code as it was delivered; `text` is what the SMS or the voice says. `at` is in ms. */
export interface SentCode {
  readonly number: string
  readonly transport: Transport
  readonly code: string
  readonly text: string
  readonly at: number
}

/** A push as handed to a gateway; `notification` is the text exactly as the client receives it. `at` is in ms. */
export interface SentPush {
  readonly number: string
  readonly device: number
  readonly channel: PushChannel
  readonly to: string
  readonly notification: string
  readonly at: number
}

/** Who a message comes from; `relay` is the name of the sender's node where that is another one. */
export interface Sender {
  readonly number: string
  readonly deviceId: number
  readonly relay: string | null
}
