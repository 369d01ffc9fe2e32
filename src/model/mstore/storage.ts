import { BYTES_PER_KIB, type FolderName } from '#protocol/mstore/folders.ts'
import { type MailboxState, type ObjectState, objectsIn } from './state.ts'

/** What an object may take besides its audio: in Base64, in lines, and with a document that describes it. */
const MOST_GROWTH = 1.5
const MOST_BESIDE_BYTES = 8192

/** The most bytes that an object with so much audio takes. */
export function mostTaken(audioBytes: number): number {
  return audioBytes * MOST_GROWTH + MOST_BESIDE_BYTES
}

/** The least and the most bytes that objects take; null where the audio of one is not known. */
export function bytesTaken(
  objects: readonly ObjectState[],
): { readonly least: number; readonly most: number } | null {
  const sizes = objects.flatMap(({ bytes }) => bytes ?? [])
  if (sizes.length < objects.length) return null
  return { least: sumOf(sizes), most: sumOf(sizes.map(mostTaken)) }
}

/** The objects of a folder as a key of the storage that they were seen to take. */
export function storageKey(mailbox: MailboxState, folder: FolderName): string {
  return [
    folder,
    ...objectsIn(mailbox, folder)
      .map(({ name }) => name)
      .toSorted(),
  ].join('|')
}

/** The most bytes that a folder takes, as it was seen, or by what is in it; null where that is not known. */
export function mostStored(mailbox: MailboxState, folder: FolderName): number | null {
  if (!mailbox.isListed[folder]) return null
  const seen = Number(mailbox.storage.get(storageKey(mailbox, folder)) ?? NaN)
  if (!Number.isNaN(seen)) return (seen + 1) * BYTES_PER_KIB
  return bytesTaken(objectsIn(mailbox, folder))?.most ?? null
}

/** The least bytes that a folder takes: those of the audio that is known. */
export function leastStored(mailbox: MailboxState, folder: FolderName): number {
  return sumOf(objectsIn(mailbox, folder).map(({ bytes }) => bytes ?? 0))
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0)
}
