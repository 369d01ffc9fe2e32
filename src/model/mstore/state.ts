import type { FolderName } from '#protocol/mstore/folders.ts'
import { GREETING_ON, KEPT, SEEN } from '#protocol/mstore/flags.ts'

/** The flags that an object has for itself; `\Recent` follows from `\Seen`. */
export const OWN_FLAGS = [SEEN, KEPT, GREETING_ON] as const

/** A flag that an object has for itself. */
export type OwnFlag = (typeof OWN_FLAGS)[number]

/** Whether an object has a flag; `either` where that is open until it is seen. */
export type Flagged = boolean | 'either'

/** An object that is in a folder. */
export interface ObjectState {
  readonly name: string
  readonly folder: FolderName
  readonly flags: Readonly<Record<OwnFlag, Flagged>>
  /** What is known of its members and attributes. */
  readonly facts: ReadonlyMap<string, string>
  /** Whether it was seen, so that what is not among its facts is not there. */
  readonly isSeen: boolean
  /** The name of its audio; null where that is not known. */
  readonly audio: string | null
  /** Bytes of its audio; null where they are not known. */
  readonly bytes: number | null
}

/** An object that was not put there by the walk, of which nothing is known before it is seen. */
export function foundObject(name: string, folder: FolderName): ObjectState {
  return {
    name,
    folder,
    flags: { [SEEN]: 'either', [KEPT]: 'either', [GREETING_ON]: 'either' },
    facts: new Map(),
    isSeen: false,
    audio: null,
    bytes: null,
  }
}

/** The attribute that may follow from the flags of an object: nothing says that it does, or does not. */
export const EXPIRY = 'expires'

/** An object once a flag of it is changed: when it expires is not known before it is seen again. */
export function flagged(object: ObjectState, flag: OwnFlag, value: Flagged): ObjectState {
  const facts = new Map([...object.facts].filter(([name]) => name !== EXPIRY))
  return { ...object, facts, flags: { ...object.flags, [flag]: value } }
}

/** How far a search was read when it gave out a cursor. */
export interface CursorState {
  readonly folder: FolderName
  /** The objects of the pages so far. */
  readonly read: ReadonlySet<string>
  /** The objects that were there from the first page on. */
  readonly due: ReadonlySet<string>
  /** The date of the last object so far, in ms; null where that is not known. */
  readonly lastMs: number | null
  /** Whether the folder is as it was at the first page. */
  readonly isCurrent: boolean
  readonly isUsed: boolean
  /** The page size that its page was asked for with; null where none was named. */
  readonly pageSize: string | null
}

/** The mailbox of a party. */
export interface MailboxState {
  /** The values that each attribute of the profile may have; one that is missing is not known. */
  readonly profile: ReadonlyMap<string, readonly string[]>
  /** Whether the profile was read, so that an attribute which is missing is not there. */
  readonly isProfileRead: boolean
  readonly pin: string
  /** PINs that the mailbox had before. */
  readonly formerPins: readonly string[]
  readonly objects: ReadonlyMap<string, ObjectState>
  /** Names of objects that are not there, and what is violated if they are. */
  readonly gone: ReadonlyMap<string, string>
  /** Whether all objects of a folder are known. */
  readonly isListed: Readonly<Record<FolderName, boolean>>
  /** The attributes of each folder as they were read last; null before. */
  readonly numbers: Readonly<Record<FolderName, ReadonlyMap<string, string> | null>>
  /** The storage that a folder took, by the objects in it. */
  readonly storage: ReadonlyMap<string, string>
  readonly cursors: ReadonlyMap<string, CursorState>
  readonly challenges: readonly string[]
  /** The latest request that must not have had an effect; null where what came after it shows that it had none. */
  readonly doubt: Doubt | null
}

/** A request that must not have had an effect: what is violated if it had, and of what that would be seen. */
export interface Doubt {
  readonly requirement: string
  readonly about: readonly string[]
}

/** What an mStore holds for the parties of a walk, by the name of the party. */
export interface MStoreState {
  readonly mailboxes: ReadonlyMap<string, MailboxState>
  /** How many things were named so far. */
  readonly named: number
}

/** The name of the PIN that a mailbox begins with. */
export const FIRST_PIN = 'PIN 0'

/** The state of mailboxes of which nothing is known, but where they are new that they hold no objects. */
export function beginning(parties: readonly string[], isNew: boolean): MStoreState {
  const mailbox: MailboxState = {
    profile: new Map(),
    isProfileRead: false,
    pin: FIRST_PIN,
    formerPins: [],
    objects: new Map(),
    gone: new Map(),
    isListed: { voicemails: isNew, greetings: isNew },
    numbers: { voicemails: null, greetings: null },
    storage: new Map(),
    cursors: new Map(),
    challenges: [],
    doubt: null,
  }
  return { mailboxes: new Map(parties.map((party) => [party, mailbox])), named: 0 }
}

/** The mailbox of a party; throws where the walk has no such party. */
export function mailboxOf(state: MStoreState, party: string): MailboxState {
  const mailbox = state.mailboxes.get(party)
  if (mailbox === undefined) throw new Error(`${party} is no party of the walk`)
  return mailbox
}

/** The state with a mailbox changed. */
export function withMailbox(state: MStoreState, party: string, change: Partial<MailboxState>): MStoreState {
  const mailbox = { ...mailboxOf(state, party), ...change }
  return { ...state, mailboxes: new Map([...state.mailboxes, [party, mailbox]]) }
}

/** The objects of a folder, in the order in which they came. */
export function objectsIn({ objects }: MailboxState, folder: FolderName): readonly ObjectState[] {
  return [...objects.values()].filter((object) => object.folder === folder)
}

/** The mailbox with an object changed or added. */
export function withObject(mailbox: MailboxState, object: ObjectState): MailboxState {
  return { ...mailbox, objects: new Map([...mailbox.objects, [object.name, object]]) }
}

/** The cursors of a folder that changed: what they lead to may have moved. */
export function moved({ cursors }: MailboxState, folder: FolderName): MailboxState['cursors'] {
  return new Map(
    [...cursors].map(([name, cursor]) => [
      name,
      cursor.folder === folder ? { ...cursor, isCurrent: false } : cursor,
    ]),
  )
}
