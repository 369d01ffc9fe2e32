import type { Attributes } from './attributes.ts'

/** The two folders of a mailbox. */
export type FolderName = 'voicemails' | 'greetings'

/** A folder: its id in URLs, its path in uploads, and the pairs of attributes that count what it holds. */
export interface Folder {
  readonly name: FolderName
  readonly id: string
  readonly path: string
  readonly counters: readonly {
    readonly occupied: string
    readonly quota: string
    readonly sampleQuota: number
  }[]
}

/** The folders with the quotas shown (mStore spec, folders and objects). */
export const FOLDERS: Readonly<Record<FolderName, Folder>> = {
  voicemails: {
    name: 'voicemails',
    id: '27a29814-dd8f-43ee-b768-19af98bf1d07',
    path: '/VV-Mail/Inbox',
    counters: [
      { occupied: 'FaxOccupiedMessages', quota: 'FaxMessagesQuota', sampleQuota: 45 },
      { occupied: 'VMOccupiedMessages', quota: 'VMMessagesQuota', sampleQuota: 45 },
    ],
  },
  greetings: {
    name: 'greetings',
    id: 'c1a7c823-fdd1-4857-8d44-b315444d2a83',
    path: '/VV-Mail/Greetings',
    counters: [
      { occupied: 'GreetingsOccupied', quota: 'GreetingsQuota', sampleQuota: 9 },
      { occupied: 'NormalGreetingOccupied', quota: 'NormalGreetingQuota', sampleQuota: 9 },
      { occupied: 'VoiceSignatureOccupied', quota: 'VoiceSignatureQuota', sampleQuota: 9 },
    ],
  },
}

/** Storage in use and its limit, both in KiB, of either folder. */
export const OCCUPIED_STORAGE = 'OccupiedStorage'
/** The limit of storage, in KiB. */
export const TOTAL_STORAGE = 'TotalStorage'
/** The limit that the mStore spec shows, in KiB. */
export const SAMPLE_TOTAL_STORAGE = 167_770

/** Storage is counted in KiB. */
export const BYTES_PER_KIB = 1024

/** The folder of an id; null for an id that is not one of the two. */
export function folderOfId(id: string): Folder | null {
  return Object.values(FOLDERS).find((folder) => folder.id === id) ?? null
}

/** The folder of a path such as `/VV-Mail/Greetings`; null for any other path. */
export function folderOfPath(path: string): Folder | null {
  return Object.values(FOLDERS).find((folder) => folder.path === path) ?? null
}

/** Bytes as KiB, rounded down (mStore spec, folders). */
export function storageKib(bytes: number): number {
  return Math.floor(bytes / BYTES_PER_KIB)
}

/** The names of every attribute of a folder's quota, in the mStore spec's order. */
export function quotaNames({ counters }: Folder): readonly string[] {
  return [OCCUPIED_STORAGE, TOTAL_STORAGE, ...counters.flatMap(({ occupied, quota }) => [occupied, quota])]
}

/** What is wrong with the quota of a folder, a line each: a number missing, one of the other folder, too much. */
export function quotaMistakes(folder: Folder, values: Attributes): readonly string[] {
  const own = quotaNames(folder)
  const others = Object.values(FOLDERS)
    .flatMap(quotaNames)
    .filter((name) => !own.includes(name))
  const pairs = [{ occupied: OCCUPIED_STORAGE, quota: TOTAL_STORAGE }, ...folder.counters]
  return [
    ...own.filter((name) => !/^\d+$/.test(values.get(name) ?? '')).map((name) => misread(name, values)),
    ...others
      .filter((name) => values.has(name))
      .map((name) => `${name}: expected none in ${folder.name}, got one`),
    ...pairs
      .filter(({ occupied, quota }) => Number(values.get(occupied)) > Number(values.get(quota)))
      .map(
        ({ occupied, quota }) => `${occupied}: expected at most ${quota}, got ${values.get(occupied) ?? ''}`,
      ),
  ]
}

function misread(name: string, values: Attributes): string {
  return `${name}: expected a decimal number, got ${values.get(name) ?? 'none'}`
}
