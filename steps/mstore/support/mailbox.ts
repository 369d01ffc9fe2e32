import type { Subscriber } from '#driver/capabilities/subscribers.ts'
import { type FolderName, FOLDERS } from '#protocol/mstore/folders.ts'
import { endpointPath } from '#protocol/mstore/endpoints.ts'
import type { DigestChallenge } from '#protocol/mstore/digest-challenge.ts'
import { simpleUrl } from '#protocol/mstore/urls.ts'
import type { MailboxPart } from './mailbox-parts.ts'
import type { FolderSearch } from './folder-search.ts'
import type { JudgedPin } from './pin-reasons.ts'
import type { Snapshot } from './snapshot.ts'

/** An object in a mailbox, as far as the suite put it there or found it there. */
export interface KnownObject {
  readonly folder: FolderName
  /** The name it has in the scenario: of a greeting its subject, of a voicemail nothing. */
  readonly label: string | null
  /** The raw path behind `/objects/`, escapes and all. */
  readonly objectPath: string
  readonly messageId: string | null
  /** The AMR file; null where the suite did not put it there. */
  readonly audio: Uint8Array | null
}

/** A number that no object has; the folder's own numbering begins at 1. */
const UNKNOWN_NUMBER = 999_999_999

/** The mailbox of a party: its subscriber, and what the suite knows of its contents. */
export class Mailbox {
  readonly name: string
  readonly subscriber: Subscriber
  readonly objects: KnownObject[] = []
  /** The PIN that is current as far as the suite knows; null where PINs are not to be touched. */
  pin: string | null
  /** The PINs that the scenario changed, in order. */
  readonly previousPins: string[] = []
  /** The latest change of the PIN that the scenario asked for; null before. */
  judgedPin: JudgedPin | null = null
  /** What the parts of the mailbox held when the scenario looked at them. */
  readonly snapshots = new Map<MailboxPart, Snapshot>()
  /** The latest search that the scenario made; null before. */
  searched: FolderSearch | null = null
  /** Where the audio of a voicemail is that the scenario made ready to be downloaded; null before. */
  audioUrl: string | null = null
  /** The challenges that the scenario asked for, in order. */
  readonly challenges: DigestChallenge[] = []
  /** The operations that the mailbox was made ready for. */
  readonly readyTo = new Set<string>()
  /** How many requests to write to the profile were made: the value alternates. */
  writes = 0

  constructor(name: string, subscriber: Subscriber) {
    this.name = name
    this.subscriber = subscriber
    this.pin = subscriber.pin
  }

  /** The number in E.164 form. */
  get msisdn(): string {
    return this.subscriber.msisdn
  }

  /** What a part of the mailbox held when the scenario looked at it; throws where it did not. */
  known(part: MailboxPart): Snapshot {
    const snapshot = this.snapshots.get(part)
    if (snapshot === undefined) throw new Error(`"${this.name}'s ${part} is known" must stand before`)
    return snapshot
  }

  /** What is known of a folder, in the order in which it came there. */
  in(folder: FolderName): readonly KnownObject[] {
    return this.objects.filter((object) => object.folder === folder)
  }

  /** The simple URL of an object, as bodies of requests name it (mStore spec, Servers). */
  objectUrl(origin: string, objectPath: string): string {
    return simpleUrl(origin, endpointPath(this.msisdn, { kind: 'object', objectPath }))
  }

  /** The simple URL of a folder. */
  folderUrl(origin: string, folderId: string): string {
    return simpleUrl(origin, endpointPath(this.msisdn, { kind: 'folder', folderId, filter: null }))
  }
}

/** The path of an object that was never there, in the form that objects of the folder have (E-41). */
export function unknownPath(folder: FolderName): string {
  return `${FOLDERS[folder].id}%3A${UNKNOWN_NUMBER}`
}
