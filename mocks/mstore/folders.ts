import { type AttributeFilter, QUOTA_FILTER } from '#protocol/mstore/endpoints.ts'
import { folderBody, type FolderBody } from '#protocol/mstore/folder-body.ts'
import {
  type Folder,
  folderOfId,
  OCCUPIED_STORAGE,
  SAMPLE_TOTAL_STORAGE,
  storageKib,
  TOTAL_STORAGE,
} from '#protocol/mstore/folders.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import type { World } from '#mocks/engine/world.ts'
import { decided, jsonContent, malformed } from './decisions.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import { touched, type Touched } from './objects.ts'
import type { AuthorizedRequest } from './scene.ts'
import { shuffled } from './shuffle.ts'
import { resourceUrl, type UrlRules } from './urls.ts'

/** An attribute of a folder and its value. */
export type FolderValue = readonly [name: string, value: string]

/** How folders are found, counted and shown (mStore spec, folders). */
export interface FolderRules {
  readonly find: (folderId: string) => Folder | null
  /** What comes of a query, before the folder is looked for. */
  readonly judge: (filter: AttributeFilter | null) => 'read' | 'no-filter' | 'unknown-folder' | 'malformed'
  /** Whether an object counts among what a folder holds. */
  readonly holds: (folder: Folder, object: StoredObject) => boolean
  /** Whether an object that the folder holds counts for the attribute `occupied`. */
  readonly counts: (occupied: string, object: StoredObject) => boolean
  /** The bytes that an object takes of its folder's storage. */
  readonly storedBytes: (object: StoredObject) => number
  readonly storage: (bytes: number) => number
  readonly values: (folder: Folder, mailbox: StoredMailbox, rules: FolderRules) => readonly FolderValue[]
  readonly order: (values: readonly FolderValue[], world: World) => readonly FolderValue[]
  readonly body: (body: FolderBody) => object
  /** What changes in a mailbox when a folder is read. */
  readonly besideReading: Touched
}

const COUNTED: Readonly<Record<string, (object: StoredObject) => boolean>> = {
  FaxOccupiedMessages: () => false,
  NormalGreetingOccupied: (object) => greetingType(object) === GREETING_TYPES.normal,
  VoiceSignatureOccupied: (object) => greetingType(object) === GREETING_TYPES.voiceSignature,
}

/** How the mStore spec shows folders (`/folders/<FOLDER ID>`). */
export const documentedFolders: FolderRules = {
  // MSTORE-FOLDER-01, -02, -07
  find: folderOfId,
  // MSTORE-FOLDER-03, -05, -06; another filter is left open (MSTORE-FOLDER-29)
  judge: (filter) => {
    if (filter === null) return 'no-filter'
    return filter.value === QUOTA_FILTER.value ? 'read' : 'malformed'
  },
  // MSTORE-FOLDER-26
  holds: ({ name }, object) => object.folder === name,
  // MSTORE-FOLDER-14, -16, -18, -20, -22
  counts: (occupied, object) => COUNTED[occupied]?.(object) ?? true,
  // the mStore spec does not say what counts as storage
  storedBytes: ({ audio }) => audio.length,
  // MSTORE-FOLDER-12
  storage: storageKib,
  values: (folder, mailbox, rules) => [
    ...storageValues(folder, mailbox, rules),
    ...counterValues(folder, mailbox, rules),
  ],
  // MSTORE-FOLDER-28
  order: shuffled,
  // MSTORE-FOLDER-08, -09, -10, E-22
  body: (body) => body,
  // MSTORE-FOLDER-32
  besideReading: () => [],
}

/** The attributes of a folder of a mailbox, in the order of the mStore spec (folders). */
function folderAttributes(
  folder: Folder,
  mailbox: StoredMailbox,
  rules: FolderRules,
): readonly FolderValue[] {
  return rules.values(folder, mailbox, rules)
}

/** How many objects of a folder count for `occupied`. */
export function occupiedBy(
  { folder, occupied }: { readonly folder: Folder; readonly occupied: string },
  mailbox: StoredMailbox,
  rules: FolderRules,
): number {
  return heldBy(folder, mailbox, rules).filter((object) => rules.counts(occupied, object)).length
}

/** The bytes in use of a folder. */
export function bytesIn(folder: Folder, mailbox: StoredMailbox, rules: FolderRules): number {
  return heldBy(folder, mailbox, rules).reduce((total, object) => total + rules.storedBytes(object), 0)
}

/** The limit that a mailbox has for an attribute; the sample's where it has none of its own. */
export function quotaOf({ subscriber }: StoredMailbox, name: string, sample = SAMPLE_TOTAL_STORAGE): number {
  return subscriber.quotas.get(name) ?? sample
}

/** Decides a query of a folder. */
export function decideFolder(authorized: AuthorizedRequest<{ folders: FolderRules; urls: UrlRules }>) {
  const { mailbox, rulebook, target, world } = authorized
  const operation = 'read-folder'
  if (target.endpoint.kind !== 'folder') return decided(operation, 'unknown-path')
  const { folderId, filter } = target.endpoint
  const rules = rulebook.folders
  const judged = rules.judge(filter)
  if (judged === 'malformed') return malformed(operation, 'attrFilter: expected Quota, got another')
  if (judged === 'no-filter')
    return decided(operation, judged, { notes: ['attrFilter: expected Quota, got none'] })
  const folder = rules.find(folderId)
  if (folder === null || judged === 'unknown-folder') return decided(operation, 'unknown-folder')
  const url = resourceUrl(`/folders/${folderId}`, authorized)
  const values = rules.order(folderAttributes(folder, mailbox, rules), world)
  const body = folderBody({ parentFolder: url, resourceURL: url, values })
  return decided(operation, 'read', {
    content: jsonContent(rules.body(body)),
    changes: touched(rules.besideReading, mailbox),
  })
}

function heldBy(folder: Folder, { objects }: StoredMailbox, rules: FolderRules): readonly StoredObject[] {
  return [...objects.values()].filter((object) => rules.holds(folder, object))
}

function storageValues(folder: Folder, mailbox: StoredMailbox, rules: FolderRules): readonly FolderValue[] {
  return [
    [OCCUPIED_STORAGE, String(rules.storage(bytesIn(folder, mailbox, rules)))],
    [TOTAL_STORAGE, String(quotaOf(mailbox, TOTAL_STORAGE))],
  ]
}

function counterValues(folder: Folder, mailbox: StoredMailbox, rules: FolderRules): readonly FolderValue[] {
  return folder.counters.flatMap(({ occupied, quota, sampleQuota }) => [
    [occupied, String(occupiedBy({ folder, occupied }, mailbox, rules))] as const,
    [quota, String(quotaOf(mailbox, quota, sampleQuota))] as const,
  ])
}

function greetingType({ attributes }: StoredObject): string | undefined {
  return attributes.get('x-cns-greeting-type')
}
