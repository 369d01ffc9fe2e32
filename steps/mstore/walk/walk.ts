import type { GbaCredentials } from '#driver/capabilities/gba.ts'
import type { WireResult } from '#driver/wire-client.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { nafName } from '#driver/mstore/naf.ts'
import type { NewSubscriber } from '#driver/capabilities/subscribers.ts'
import type { MStoreKnown } from '#model/mstore/known.ts'
import { SMALL_QUOTAS } from '#model/mstore/small-quotas.ts'
import type { Mailbox } from '../support/mailbox.ts'
import type { MStoreSession } from '../support/session.ts'
import { AudioNames } from './audio-names.ts'
import { Bursts } from './bursts.ts'
import { ObjectNames } from './object-names.ts'
import type { PinNames } from './pin-names.ts'
import { pinNames } from './pin-names.ts'

/** A party of a walk: its mailbox, and the names of what is in it. */
export interface MStoreWalkParty {
  readonly mailbox: Mailbox
  readonly objects: ObjectNames
  readonly pins: PinNames
}

/** The numbers of the parties, by one that is drawn: they differ in a digit, or by one. */
const NEIGHBOURS: Readonly<Record<string, (base: string) => string>> = {
  Alice: (base) => base,
  Bob: (base) => base.slice(0, -1) + String((Number(base.slice(-1)) + 5) % 10),
  Carol: (base) => `${base}7`,
  Dave: (base) => base.slice(0, -1),
}
/** Numbers of 14 digits, so many that none comes twice, and that one of 15 may stand beside it. */
const FIRST_DIGITS = '+1555'
const DRAWN_DIGITS = 10

/** The latest credentials of a party, and how many calls they were taken for. */
interface Bootstrapped {
  readonly credentials: Promise<GbaCredentials>
  calls: number
}

/** So many calls in a row have the same key where the server is known to keep it that long. */
const CALLS_WITH_ONE_KEY = 10

/** Of the bundled mock it is known how long a key lives; any other server is bootstrapped for every call, as the mStore spec asks. */
function keepsKeys({ capabilities: { gba } }: MStoreTarget): boolean {
  return gba?.kind === 'mock-control'
}

/** A digit for each byte. */
function digitsOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte % 10).join('')
}

/** One walk through an mStore: the parties, and what names stand for. */
export class MStoreWalk {
  readonly session: MStoreSession
  readonly known: MStoreKnown
  readonly audio = new AudioNames()
  readonly bursts = new Bursts()
  /** Texts of cursors by name. */
  readonly cursors = new Map<string, string>()
  /** Answers that hold a challenge, by its name. */
  readonly challenges = new Map<string, WireResult>()
  /** When the walk began, in ms since the Unix epoch. */
  readonly beganMs = Date.now()
  /** Settled once it is known how a mailbox is that outlives the walk; null before anything is written. */
  kept: Promise<void> | null = null
  /** Nonces that were issued. */
  readonly nonces = new Set<string>()
  readonly #base: string
  readonly #parties = new Map<string, Promise<MStoreWalkParty>>()
  readonly #bootstraps = new Map<string, Bootstrapped>()

  constructor(session: MStoreSession, known: MStoreKnown) {
    this.session = session
    this.known = known
    this.#base = FIRST_DIGITS + digitsOf(session.random(DRAWN_DIGITS))
  }

  /** The party of that name; its mailbox is made at the first mention. */
  party(name: string): Promise<MStoreWalkParty> {
    const party = this.#parties.get(name) ?? this.#open(name)
    this.#parties.set(name, party)
    return party
  }

  async #open(name: string): Promise<MStoreWalkParty> {
    const mailbox = await this.session.mailbox(name, this.#wishes(name))
    return {
      mailbox,
      objects: new ObjectNames(!this.known.makesMailboxes),
      pins: pinNames(this.session, mailbox),
    }
  }

  /** What a mailbox of a party is to be like; undefined where it is not made. */
  #wishes(name: string): NewSubscriber | undefined {
    if (!this.known.makesMailboxes) return undefined
    const quotas = SMALL_QUOTAS[name]
    const msisdn = NEIGHBOURS[name]?.(this.#base)
    return { ...(quotas === undefined ? {} : { quotas }), ...(msisdn === undefined ? {} : { msisdn }) }
  }

  /** Credentials of a party, one bootstrap after the other: a card answers one challenge at a time. */
  async credentials(name: string): Promise<GbaCredentials> {
    const { mailbox } = await this.party(name)
    const { target, capabilities } = this.session.node
    const before = this.#bootstraps.get(name)
    if (before !== undefined && before.calls < (keepsKeys(target) ? CALLS_WITH_ONE_KEY : 1)) {
      before.calls += 1
      return before.credentials
    }
    const credentials = (before?.credentials ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => capabilities.gba.credentials(mailbox.subscriber, nafName(target)))
    this.#bootstraps.set(name, { credentials, calls: 1 })
    return credentials
  }
}
