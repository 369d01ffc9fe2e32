import { BYTES_PER_KIB, SAMPLE_TOTAL_STORAGE, TOTAL_STORAGE, FOLDERS } from '#protocol/mstore/folders.ts'
import type { FolderRules } from './folders.ts'
import { knownPath } from './object-paths.ts'
import type { FindObject } from './objects.ts'
import { documented } from './rulebook.ts'
import { fault, type MStoreFault } from './fault.ts'

const { folders, objects, payloads } = documented
const SIXTEEN_BITS = 65_536
const PAGE = 10

/** Faults that show where there are several objects beside one another, or large ones. */
export const SEVERAL_OBJECT_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-OBJECT-42/answers-the-newest', 'the newest object of the folder is shown for any of them', {
    objects: { find: lastOf(objects.find) },
  }),
  fault('MSTORE-OBJECT-42/finds-by-number', 'a greeting is shown for the voicemail of its number', {
    objects: { find: byNumber(objects.find) },
  }),
  fault(
    'MSTORE-PAYLOAD-17/answers-the-newest',
    'the audio of the newest object of the folder is handed out',
    {
      payloads: { find: lastOf(payloads.find) },
    },
  ),
  fault(
    'MSTORE-PAYLOAD-17/finds-by-number',
    'the audio of a greeting is handed out for the voicemail of its number',
    {
      payloads: { find: byNumber(payloads.find) },
    },
  ),
  fault('MSTORE-PAYLOAD-20/cuts-at-32-kib', 'a download ends after 32 KiB', {
    payloads: {
      encoded: (object, wrapping) =>
        payloads.encoded({ ...object, audio: object.audio.slice(0, 32 * BYTES_PER_KIB) }, wrapping),
    },
  }),
  fault('MSTORE-PAYLOAD-20/counts-in-16-bits', 'size is what is left of it in 16 bits', {
    objects: {
      part: (object, href) => ({
        ...objects.part(object, href),
        size: String(object.audio.length % SIXTEEN_BITS),
      }),
    },
  }),
  fault('MSTORE-FOLDER-11/counts-in-16-bits', 'OccupiedStorage is what is left of the bytes in 16 bits', {
    folders: { storage: (bytes) => folders.storage(bytes % SIXTEEN_BITS) },
  }),
  fault('MSTORE-FOLDER-14/counts-voicemails', 'FaxOccupiedMessages counts voicemails', {
    folders: {
      counts: (occupied, object) => occupied === 'FaxOccupiedMessages' || folders.counts(occupied, object),
    },
  }),
  fault('MSTORE-FOLDER-16/counts-a-page', 'VMOccupiedMessages is 10 at most', {
    folders: { values: changing('VMOccupiedMessages', (value) => Math.min(value, PAGE)) },
  }),
  fault('MSTORE-FOLDER-18/counts-to-the-sample', 'GreetingsOccupied is 9 at most', {
    folders: { values: changing('GreetingsOccupied', (value) => Math.min(value, PAGE - 1)) },
  }),
  ...sampleQuotas().map(([name, sample]) =>
    fault(
      `MSTORE-FOLDER-33/always-shows-one-${name.toLowerCase()}`,
      `${name} is ${sample} whatever the limit of the mailbox`,
      {
        folders: { values: changing(name, () => sample) },
      },
    ),
  ),
]

/** What came last into the folder, whatever its date, in place of an object that is there. */
function lastOf(find: FindObject): FindObject {
  return (path, mailbox, all) => {
    const found = find(path, mailbox, all)
    const others = [...mailbox.objects.values()].filter(({ folder }) => folder === found?.folder)
    return found === undefined ? undefined : others.at(-1)
  }
}

function byNumber(find: FindObject): FindObject {
  return (path, mailbox, all) => {
    const twin = knownPath(path)?.replace(FOLDERS.voicemails.id, FOLDERS.greetings.id) ?? ''
    return mailbox.objects.get(twin) ?? find(path, mailbox, all)
  }
}

function changing(name: string, change: (value: number) => number): FolderRules['values'] {
  return (folder, mailbox, rules) =>
    folders
      .values(folder, mailbox, rules)
      .map(([each, value]) => [each, each === name ? String(change(Number(value))) : value] as const)
}

function sampleQuotas(): readonly (readonly [name: string, sample: number])[] {
  const counters = Object.values(FOLDERS).flatMap((folder) => folder.counters)
  return [
    [TOTAL_STORAGE, SAMPLE_TOTAL_STORAGE],
    ...counters.map(({ quota, sampleQuota }) => [quota, sampleQuota] as const),
  ]
}
