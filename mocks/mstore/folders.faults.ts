import type { FolderBody } from '#protocol/mstore/folder-body.ts'
import {
  BYTES_PER_KIB,
  folderOfId,
  FOLDERS,
  OCCUPIED_STORAGE,
  TOTAL_STORAGE,
  type FolderName,
} from '#protocol/mstore/folders.ts'
import type { FolderRules, FolderValue } from './folders.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { deployedFault, fault, faultRows, type MStoreFault } from './fault.ts'

const { folders, search } = documented
/** Faults in folders. */
export const FOLDER_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-FOLDER-01/does-not-know-voicemails', 'the folder of voicemails answers 404', {
    folders: { find: except('voicemails') },
  }),
  fault('MSTORE-FOLDER-02/does-not-know-greetings', 'the folder of greetings answers 404', {
    folders: { find: except('greetings') },
  }),
  fault('MSTORE-FOLDER-03/needs-no-filter', 'a folder is shown without attrFilter', {
    folders: { judge: (filter) => (filter === null ? 'read' : folders.judge(filter)) },
  }),
  fault('MSTORE-FOLDER-03/answers-400', 'a query without attrFilter answers 400', {
    status: { 'read-folder': { 'no-filter': 400 } },
  }),
  deployedFault('MSTORE-FOLDER-05/does-not-decode-the-query', 'a query encoded into the path answers 404', {
    folders: {
      judge: (filter) => (filter?.form === 'encoded' ? 'unknown-folder' : folders.judge(filter)),
    },
  }),
  fault('MSTORE-FOLDER-06/refuses-the-plain-query', 'a plain query answers 400', {
    folders: { judge: (filter) => (filter?.form === 'plain' ? 'malformed' : folders.judge(filter)) },
  }),
  fault('MSTORE-FOLDER-07/takes-any-id', 'any id is a folder', {
    folders: { find: (id) => folderOfId(id) ?? FOLDERS.voicemails },
  }),
  fault('MSTORE-FOLDER-07/takes-any-id-before-a-query', 'any id is a folder where a query follows it', {
    folders: {
      find: (id) => folderOfId(id) ?? FOLDERS.voicemails,
      judge: (filter) => (filter?.form === 'encoded' ? 'unknown-folder' : folders.judge(filter)),
    },
  }),
  fault('MSTORE-FOLDER-08/leaves-out-the-parent', 'a folder has no parentFolder', {
    folders: { body: changing((folder) => ({ ...folder, parentFolder: undefined })) },
  }),
  fault('MSTORE-FOLDER-08/names-the-parent-by-path', 'parentFolder is a path', {
    folders: { body: changing((folder) => ({ ...folder, parentFolder: '/VV-Mail' })) },
  }),
  fault('MSTORE-FOLDER-09/answers-numbers', 'the values are JSON numbers', {
    folders: { body: valuing((value) => [Number(value)]) },
  }),
  fault('MSTORE-FOLDER-09/answers-texts', 'the values are text and no list', {
    folders: { body: valuing((value) => value) },
  }),
  fault('MSTORE-FOLDER-10/leaves-out-its-url', 'a folder has no resourceURL', {
    folders: { body: changing(withUrl(() => undefined)) },
  }),
  fault('MSTORE-FOLDER-10/names-the-other-folder', 'resourceURL is that of the other folder', {
    folders: { body: changing(withUrl(ofOther)) },
  }),
  ...(['voicemails', 'greetings'] as const).map((name) =>
    fault(`MSTORE-FOLDER-11/leaves-out-the-storage-of-${name}`, `${name} have no OccupiedStorage`, {
      folders: { values: without(OCCUPIED_STORAGE, name) },
    }),
  ),
  fault('MSTORE-FOLDER-11/does-not-count', 'OccupiedStorage is always 0', {
    folders: { storage: () => 0 },
  }),
  fault('MSTORE-FOLDER-12/storage-in-bytes', 'OccupiedStorage is in bytes', {
    folders: { storage: (bytes) => bytes },
  }),
  fault('MSTORE-FOLDER-12/rounds-up', 'OccupiedStorage is rounded up', {
    folders: { storage: (bytes) => Math.ceil(bytes / BYTES_PER_KIB) },
  }),
  fault('MSTORE-FOLDER-12/rounds-to-the-nearest', 'OccupiedStorage is rounded to the nearest', {
    folders: { storage: (bytes) => Math.round(bytes / BYTES_PER_KIB) },
  }),
  fault(
    'MSTORE-FOLDER-12/rounds-each-object',
    'OccupiedStorage is the sum of what objects take, each rounded',
    {
      folders: { values: roundingEach },
    },
  ),
  ...(['voicemails', 'greetings'] as const).map((name) =>
    fault(`MSTORE-FOLDER-13/leaves-out-the-limit-of-${name}`, `${name} have no TotalStorage`, {
      folders: { values: without(TOTAL_STORAGE, name) },
    }),
  ),
  ...faultRows(lacking, [
    ['MSTORE-FOLDER-14/leaves-out-faxes', 'there is no FaxOccupiedMessages', 'FaxOccupiedMessages'],
    ['MSTORE-FOLDER-15/leaves-out-the-limit-of-faxes', 'there is no FaxMessagesQuota', 'FaxMessagesQuota'],
    ['MSTORE-FOLDER-19/leaves-out-the-limit', 'there is no GreetingsQuota', 'GreetingsQuota'],
    ['MSTORE-FOLDER-21/leaves-out-the-limit', 'there is no NormalGreetingQuota', 'NormalGreetingQuota'],
    ['MSTORE-FOLDER-23/leaves-out-the-limit', 'there is no VoiceSignatureQuota', 'VoiceSignatureQuota'],
  ]),
  fault('MSTORE-FOLDER-16/counts-none', 'VMOccupiedMessages is always 0', {
    folders: { values: withValue('VMOccupiedMessages', () => '0') },
  }),
  fault('MSTORE-FOLDER-16/counts-the-unread', 'VMOccupiedMessages counts what was not seen', {
    folders: {
      counts: (occupied, object) =>
        folders.counts(occupied, object) && (occupied !== 'VMOccupiedMessages' || !object.seen),
    },
  }),
  fault('MSTORE-FOLDER-17/has-no-limit', 'VMMessagesQuota is 0', {
    folders: { values: withValue('VMMessagesQuota', () => '0') },
  }),
  fault('MSTORE-FOLDER-18/counts-normal-greetings', 'GreetingsOccupied counts normal greetings alone', {
    folders: {
      counts: (occupied, object) =>
        folders.counts(occupied === 'GreetingsOccupied' ? 'NormalGreetingOccupied' : occupied, object),
    },
  }),
  fault('MSTORE-FOLDER-20/counts-voice-signatures', 'NormalGreetingOccupied counts voice signatures', {
    folders: {
      counts: (occupied, object) =>
        folders.counts(occupied === 'NormalGreetingOccupied' ? 'VoiceSignatureOccupied' : occupied, object),
    },
  }),
  fault('MSTORE-FOLDER-20/counts-every-greeting', 'NormalGreetingOccupied counts every greeting', {
    folders: {
      counts: (occupied, object) => occupied === 'NormalGreetingOccupied' || folders.counts(occupied, object),
    },
  }),
  fault('MSTORE-FOLDER-22/counts-every-greeting', 'VoiceSignatureOccupied counts every greeting', {
    folders: {
      counts: (occupied, object) => occupied === 'VoiceSignatureOccupied' || folders.counts(occupied, object),
    },
  }),
  fault('MSTORE-FOLDER-22/counts-none', 'VoiceSignatureOccupied is always 0', {
    folders: { values: withValue('VoiceSignatureOccupied', () => '0') },
  }),
  fault('MSTORE-FOLDER-24/shows-every-attribute', 'both folders have the attributes of both', {
    folders: {
      values: (folder, mailbox, rules) => [
        ...folders.values(folder, mailbox, rules),
        ...folders.values(otherThan(folder.name), mailbox, rules).slice(2),
      ],
    },
  }),
  fault('MSTORE-FOLDER-25/never-counts-down', 'counters do not fall after a deletion', {
    folders: { values: withValue('GreetingsOccupied', (_value, next) => String(next - 1)) },
  }),
  fault('MSTORE-FOLDER-31/keeps-the-storage', 'OccupiedStorage does not fall after a deletion', {
    folders: { values: withValue(OCCUPIED_STORAGE, (_value, next) => String((next - 1) * KEPT_KIB)) },
  }),
  fault('MSTORE-FOLDER-26/shares-the-storage', 'OccupiedStorage is that of both folders', {
    folders: {
      values: (folder, mailbox, rules) => {
        const bytes = [...mailbox.objects.values()].reduce((total, { audio }) => total + audio.length, 0)
        const shared = String(rules.storage(bytes))
        return withValue(OCCUPIED_STORAGE, () => shared)(folder, mailbox, rules)
      },
    },
  }),
  fault('MSTORE-FOLDER-27/lists-greetings-among-voicemails', 'greetings are found among voicemails', {
    search: {
      isListed: (object, scope, mailbox) =>
        search.isListed(object, scope, mailbox) ||
        (scope.includes('voicemails') && object.folder === 'greetings'),
    },
  }),
]

function lacking(name: string): MStorePatch {
  return { folders: { values: without(name) } }
}

type Values = FolderRules['values']

function except(name: FolderName): FolderRules['find'] {
  return (id) => {
    const folder = folderOfId(id)
    return folder?.name === name ? null : folder
  }
}

function without(name: string, of?: FolderName): Values {
  return (folder, mailbox, rules) =>
    folders
      .values(folder, mailbox, rules)
      .filter(([each]) => each !== name || (of !== undefined && of !== folder.name))
}

/** `name` with another value, made of the right one and of the number that the folder's next object gets. */
function withValue(name: string, change: (value: string, next: number) => string): Values {
  return (folder, mailbox, rules) =>
    folders
      .values(folder, mailbox, rules)
      .map(([each, value]): FolderValue =>
        each === name ? [each, change(value, mailbox.nextNumbers[folder.name])] : [each, value],
      )
}

/** What an object leaves behind, in KiB, where its storage is not given back. */
const KEPT_KIB = 4

function roundingEach(...[folder, mailbox, rules]: Parameters<Values>): ReturnType<Values> {
  const held = [...mailbox.objects.values()].filter((object) => rules.holds(folder, object))
  const total = held.reduce((kib, object) => kib + rules.storage(rules.storedBytes(object)), 0)
  return withValue(OCCUPIED_STORAGE, () => String(total))(folder, mailbox, rules)
}

function changing(change: (folder: FolderBody['folder']) => object): FolderRules['body'] {
  return ({ folder }) => ({ folder: change(folder) })
}

function valuing(change: (value: string) => unknown): FolderRules['body'] {
  return changing((folder) => ({
    ...folder,
    attributes: {
      ...folder.attributes,
      attribute: folder.attributes.attribute.map(({ name, value }) => ({ name, value: change(value[0]) })),
    },
  }))
}

function withUrl(change: (url: string) => string | undefined) {
  return (folder: FolderBody['folder']) => ({
    ...folder,
    attributes: { ...folder.attributes, resourceURL: change(folder.attributes.resourceURL) },
  })
}

function ofOther(url: string): string {
  const { voicemails, greetings } = FOLDERS
  return url.endsWith(voicemails.id)
    ? url.replace(voicemails.id, greetings.id)
    : url.replace(greetings.id, voicemails.id)
}

function otherThan(name: FolderName) {
  return name === 'voicemails' ? FOLDERS.greetings : FOLDERS.voicemails
}
