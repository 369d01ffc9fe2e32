import type { PushKind } from '#driver/relay/operations.ts'
import type { Limiter } from '#protocol/relay/limiters.ts'
import type { Push } from '#driver/capabilities/pushes.ts'
import type { RelayNode } from './node.ts'
import { PrekeyLedger } from './prekey-ledger.ts'

/** One device of a party, as the suite made it. Keys and passwords are Base64 or ASCII text, as sent. */
export interface PartyDevice {
  readonly id: number
  password: string
  signalingKey: string
  /** A number, or text where the scenario gives it so. */
  registrationId: number | string
  readonly pushIds: Map<PushKind, string>
}

/** A message the relay accepted for one device, or one it refused. */
export interface SentMessage {
  readonly from: Party
  readonly fromDevice: number
  readonly to: Party
  readonly device: number
  readonly body: Uint8Array
  readonly type: number
  readonly timestamp: number
  /** The same for all messages of one request. */
  readonly batch: symbol
}

/** A holder of a number: what the suite knows of the account, and what should have reached it. */
export class Party {
  readonly name: string
  readonly number: string
  readonly node: RelayNode
  readonly devices: PartyDevice[] = []
  /** What the relay accepted for this party, in order. */
  readonly accepted: SentMessage[] = []
  /** What the party uploaded, and what was handed out of it. */
  readonly prekeys = new PrekeyLedger()
  /** How many requests for a code the relay has granted in steps about codes. */
  codesGranted = 0
  /** Where and over which transport a code was asked for last. */
  codeFrom: { readonly node: RelayNode; readonly transport: string }
  /** The code with which a scenario about confirmations confirms the party; empty before. */
  code = ''
  /** Devices of earlier registrations of the number. */
  readonly former: PartyDevice[] = []
  /** When the scenario began to use up a limit, in milliseconds since the epoch, less the time it waited for refills. */
  readonly limitedSince = new Map<Limiter, number>()
  /** What a refused confirmation would have made of the number; null before. */
  refused: PartyDevice | null = null

  constructor({
    name,
    number,
    node,
  }: {
    readonly name: string
    readonly number: string
    readonly node: RelayNode
  }) {
    this.name = name
    this.number = number
    this.node = node
    this.codeFrom = { node, transport: 'sms' }
  }

  /** The device of that id; a scenario that names another is wrong in itself. */
  device(id = 1): PartyDevice {
    const device = this.devices.find((candidate) => candidate.id === id)
    if (device === undefined) throw new Error(`${this.name} has no device ${id}: register it first`)
    return device
  }

  /** The devices that count as registered: those with a push id. */
  reachable(): readonly PartyDevice[] {
    return this.devices.filter(
      ({ pushIds }) => pushIds.size > 0 || this.node.target.reachableBy === 'confirmation',
    )
  }

  /** The device a push was made for. */
  deviceOf(push: Push): PartyDevice {
    return this.device(push.device)
  }
}
