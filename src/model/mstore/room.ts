import { BYTES_PER_KIB, type FolderName, TOTAL_STORAGE } from '#protocol/mstore/folders.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import { FOLDER_NAMES } from './folder-names.ts'
import { type MailboxState, objectsIn } from './state.ts'
import { leastStored, mostStored, mostTaken } from './storage.ts'

/** What is to come into a mailbox: the type of a greeting, and the bytes of its audio, are null where they are not known. */
export interface Newcomer {
  readonly folder: FolderName
  readonly type: string | null
  readonly bytes: number | null
}

/** The counters of a type and of all greetings. */
const COUNTERS: Readonly<Record<string, string>> = {
  [GREETING_TYPES.normal]: 'NormalGreetingQuota',
  [GREETING_TYPES.voiceSignature]: 'VoiceSignatureQuota',
}

/** Whether there is room for another object, by number and by storage; null where that is not known. */
export function roomFor(mailbox: MailboxState, newcomer: Newcomer): boolean | null {
  const rooms = [roomByNumber(mailbox, newcomer), roomByStorage(mailbox, newcomer)]
  if (rooms.includes(false)) return false
  return rooms.includes(null) ? null : true
}

/** Whether an object more is not beyond the quotas that count objects; null where they, or what they count, are not known. */
export function roomByNumber(
  mailbox: MailboxState,
  { folder, type }: Pick<Newcomer, 'folder' | 'type'>,
): boolean | null {
  const numbers = mailbox.numbers[folder]
  if (numbers === null || !mailbox.isListed[folder]) return null
  const quotaOf = (name: string | undefined) => Number(numbers.get(name ?? '') ?? NaN)
  const objects = objectsIn(mailbox, folder)
  if (folder === 'voicemails') {
    const faxes = Number(numbers.get('FaxOccupiedMessages') ?? 0)
    return isBelow(objects.length - faxes, quotaOf('VMMessagesQuota'))
  }
  if (objects.length >= quotaOf('GreetingsQuota')) return false
  const types = objects.map(({ facts }) => facts.get('x-cns-greeting-type') ?? '')
  if (type === null || types.some((each) => COUNTERS[each] === undefined)) return null
  return isBelow(types.filter((each) => each === type).length, quotaOf(COUNTERS[type]))
}

function isBelow(count: number, quota: number): boolean | null {
  return Number.isNaN(quota) ? null : count < quota
}

/**
 * Whether so many bytes more are within the storage; null where that is open. What takes storage besides audio is not
 * said, nor whether the folders share it.
 */
export function roomByStorage(
  mailbox: MailboxState,
  { folder, bytes }: Pick<Newcomer, 'folder' | 'bytes'>,
): boolean | null {
  const total = Number(mailbox.numbers[folder]?.get(TOTAL_STORAGE) ?? NaN) * BYTES_PER_KIB
  if (leastStored(mailbox, folder) + (bytes ?? 0) > total) return false
  const stored = FOLDER_NAMES.map((each) => mostStored(mailbox, each))
  if (Number.isNaN(total) || bytes === null || stored.includes(null)) return null
  const most = stored.reduce<number>((sum, each) => sum + (each ?? 0), mostTaken(bytes))
  return most <= total ? true : null
}
