import type { Ask, Values } from '#model/ask.ts'
import type { RelaySeen } from '#model/relay/seen.ts'
import { newNumber } from '#driver/relay/parties.ts'
import { CapabilityFailure, MissingCapability } from '#driver/capabilities/failures.ts'
import { isAlive } from '#driver/probe.ts'
import type { Secrets } from '#driver/secrets.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { bytesKey } from './bytes-key.ts'
import { otherCode } from '../support/confirmations.ts'
import { afterPushId, beforePushId } from '../support/push-id-back.ts'
import type { RelayNode } from '../support/node.ts'
import type { RelaySession } from '../support/session.ts'
import { observe, type Observed } from '../../shared/support/session.ts'
import { KeyNames } from './key-names.ts'
import { Names } from './names.ts'
import { RelayWalkParty } from './walk-party.ts'

/** A message that was sent in a walk: its bytes, and the first timestamp it was sent with. */
export interface WalkedMessage {
  readonly bytes: Uint8Array
  readonly timestamp: number
}

/** A place for an attachment, as the relay gave it out. */
export interface WalkedPlace {
  readonly id: string
  readonly location: string
}

/** The numbers of the parties, by one that is drawn: of 11, 12 and 15 digits. */
const NEIGHBOURS: Readonly<Record<string, (base: string) => string>> = {
  Alice: (base) => base,
  Bob: otherCode,
  Carol: (base) => `${base}7`,
  Dave: (base) => `${base}7351`,
}

/** One walk at a relay: its parties, and every value of it by its name. */
export class RelayWalk {
  readonly session: RelaySession
  readonly secrets: Secrets
  readonly unusedNumbers = new Names<string>((number) => number)
  readonly keys = new KeyNames()
  readonly messages = new Names<WalkedMessage>(({ bytes }) => bytesKey(bytes))
  /** How often the bytes of each message were sent. */
  readonly sendings = new Map<string, number>()
  readonly blobs = new Names<Uint8Array>(bytesKey)
  readonly places = new Map<string, WalkedPlace>()
  readonly #peer: () => RelayNode
  #base: string | null = null
  #peerNode: RelayNode | null = null
  readonly #parties = new Map<string, RelayWalkParty>()

  constructor(session: RelaySession, secrets: Secrets, peer: () => RelayNode) {
    this.session = session
    this.#peer = peer
    this.secrets = secrets
  }

  /** The party of that name, with a number of its own from its first mention on. */
  party(name: string): RelayWalkParty {
    const known = this.#parties.get(name)
    if (known !== undefined) return known
    const { random, home: node } = this.session
    const party = new RelayWalkParty(name, this.#numberFor(name), { node, random })
    this.#parties.set(name, party)
    return party
  }

  /** The numbers of the usual parties differ in a digit or by some, so that a relay may not mix them up. */
  #numberFor(name: string): string {
    this.#base ??= newNumber(this.session.random)
    return NEIGHBOURS[name]?.(this.#base) ?? newNumber(this.session.random)
  }

  /** Makes a party live at the node that the relay federates with. */
  moveToPeer(party: RelayWalkParty): void {
    this.#peerNode ??= this.#peer()
    party.node = this.#peerNode
  }

  /** Lets the two nodes learn each other's numbers, where parties live at both. */
  async synchronised(): Promise<void> {
    const { home } = this.session
    if (this.parties().some(({ node }) => node !== home)) await home.capabilities.federation().synchronise()
  }

  /** The parties that were mentioned. */
  parties(): readonly RelayWalkParty[] {
    return [...this.#parties.values()]
  }

  /** An unused number, by the name that a walk gives it. */
  unusedNumber(name: string): string {
    return this.unusedNumbers.drawn(name, () => newNumber(this.session.random))
  }

  /** Makes a request of the node that a party lives at. */
  async ask({ node }: RelayWalkParty, request: WireRequest): Promise<Observed> {
    const free = { ...request, contract: undefined }
    await refilled(node, free)
    const { undo, home } = this.session
    const reachable = beforePushId(undo, { request: free, node, atPeer: node !== home })
    const isGiven = free.url !== undefined
    const observed = await observe(await node.client.send(free), () => isAlive(node.client), isGiven)
    afterPushId(undo, reachable, observed)
    return observed
  }
}

/** Has the limiters refilled where that costs no time; a walk does not wait, and a limiter may refuse what it asks. */
async function refilled({ target, pace }: RelayNode, request: WireRequest): Promise<void> {
  if (target.capabilities.limits?.kind !== 'mock-control') return
  try {
    await pace.before(request)
  } catch (error) {
    if (!(error instanceof MissingCapability || error instanceof CapabilityFailure)) throw error
  }
}

/** What an operation of the model does at a real relay. */
export type RelayPerformer = (walk: RelayWalk, ask: Ask) => Promise<RelaySeen>

/** What every answer shows. */
export function seen({ status, text, exchange }: Observed): RelaySeen {
  return { status, text, exchange }
}

/** What is seen of an ask that has lost its ground, and is not made. */
export function leftOut(why: string): RelaySeen {
  return { status: null, text: why, exchange: null, isLeftOut: true }
}

/** The value of that name as a number; the usual one where the ask does not say. */
export function numberIn(values: Values, name: string, usual: number): number {
  return Number(values[name] ?? usual)
}
