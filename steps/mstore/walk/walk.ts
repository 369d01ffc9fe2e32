import type { GbaCredentials } from '#driver/capabilities/gba.ts'
import type { WireResult } from '#driver/wire-client.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { nafName } from '#driver/mstore/naf.ts'
import type { MStoreKnown } from '#model/mstore/known.ts'
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

/** Quotas that are soon reached, of parties that have others than the mStore makes by itself. */
const QUOTAS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Bob: { GreetingsQuota: 3, VoiceSignatureQuota: 1 },
  Carol: { NormalGreetingQuota: 2 },
}

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
  readonly #parties = new Map<string, Promise<MStoreWalkParty>>()
  readonly #bootstraps = new Map<string, Bootstrapped>()

  constructor(session: MStoreSession, known: MStoreKnown) {
    this.session = session
    this.known = known
  }

  /** The party of that name; its mailbox is made at the first mention. */
  party(name: string): Promise<MStoreWalkParty> {
    const party = this.#parties.get(name) ?? this.#open(name)
    this.#parties.set(name, party)
    return party
  }

  async #open(name: string): Promise<MStoreWalkParty> {
    const quotas = this.known.makesMailboxes ? QUOTAS[name] : undefined
    const mailbox = await this.session.mailbox(name, quotas === undefined ? undefined : { quotas })
    return {
      mailbox,
      objects: new ObjectNames(!this.known.makesMailboxes),
      pins: pinNames(this.session, mailbox),
    }
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
