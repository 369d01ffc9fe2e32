import { OCCUPIED_STORAGE, storageKib, FOLDERS, TOTAL_STORAGE } from '#protocol/mstore/folders.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import type { Ask } from '../ask.ts'
import type { Violated } from '../protocol-model.ts'
import { differing, OBJECTS } from './doubts.ts'
import { type MStoreState, type ObjectState, mailboxOf, objectsIn } from './state.ts'
import { bytesTaken, storageKey } from './storage.ts'
import { violated } from './verdicts.ts'
import { folderIn } from './folder-names.ts'

/** What is violated where a number is not what it must be. */
const NUMBERS: Readonly<Record<string, string>> = {
  TotalStorage: 'MSTORE-FOLDER-33',
  FaxOccupiedMessages: 'MSTORE-FOLDER-14',
  FaxMessagesQuota: 'MSTORE-FOLDER-33',
  VMOccupiedMessages: 'MSTORE-FOLDER-16',
  VMMessagesQuota: 'MSTORE-FOLDER-33',
  GreetingsOccupied: 'MSTORE-FOLDER-18',
  GreetingsQuota: 'MSTORE-FOLDER-33',
  NormalGreetingOccupied: 'MSTORE-FOLDER-20',
  NormalGreetingQuota: 'MSTORE-FOLDER-33',
  VoiceSignatureOccupied: 'MSTORE-FOLDER-22',
  VoiceSignatureQuota: 'MSTORE-FOLDER-33',
}

const STORAGE = 'MSTORE-FOLDER-12'

/** What the numbers of a folder violate that differ from what its objects add up to; null where they agree. */
export function countDifference(
  state: MStoreState,
  { party, values }: Ask,
  numbers: ReadonlyMap<string, string>,
): Violated | null {
  const mailbox = mailboxOf(state, party)
  const folder = folderIn(values)
  const before = mailbox.numbers[folder]
  const faxes = Number(numbers.get('FaxOccupiedMessages') ?? 0)
  const objects = objectsIn(mailbox, folder)
  const counted = mailbox.isListed[folder] ? counts(objects, faxes) : new Map<string, readonly number[]>()
  const names = [
    TOTAL_STORAGE,
    ...FOLDERS[folder].counters.flatMap(({ occupied, quota }) => [occupied, quota]),
  ]
  for (const name of names) {
    const got = numbers.get(name) ?? 'none'
    const isQuota = NUMBERS[name] === 'MSTORE-FOLDER-33'
    const may = isQuota
      ? before === null
        ? undefined
        : [before.get(name) ?? 'none']
      : counted.get(name)?.map(String)
    if (may === undefined || may.some((one) => one === got || Number(one) === Number(got))) continue
    const usual = NUMBERS[name] ?? STORAGE
    return violated(
      isQuota ? usual : differing(state, { party, subject: OBJECTS }, usual),
      `${name} of ${party}`,
      [may.join(' or '), got],
    )
  }
  return null
}

/**
 * The numbers that each counter may have; a greeting without a type may be counted as either or none. No walk sends a
 * fax, so that there are as many as there were.
 */
function counts(objects: readonly ObjectState[], faxes: number): ReadonlyMap<string, readonly number[]> {
  const typed = (type: string) => {
    const sure = objects.filter(({ facts }) => facts.get('x-cns-greeting-type') === type).length
    const open = objects.filter(
      ({ facts }) => !KNOWN_TYPES.includes(facts.get('x-cns-greeting-type') ?? ''),
    ).length
    return Array.from({ length: open + 1 }, (_, more) => sure + more)
  }
  return new Map([
    ['VMOccupiedMessages', [objects.length - faxes]],
    ['GreetingsOccupied', [objects.length]],
    ['NormalGreetingOccupied', typed(GREETING_TYPES.normal)],
    ['VoiceSignatureOccupied', typed(GREETING_TYPES.voiceSignature)],
  ])
}

const KNOWN_TYPES: readonly string[] = Object.values(GREETING_TYPES)

/** Storage is that of all objects, of their audio at least; the same objects take the same storage. */
export function storageDifference(
  state: MStoreState,
  { party, values }: Ask,
  numbers: ReadonlyMap<string, string>,
): Violated | null {
  const mailbox = mailboxOf(state, party)
  const folder = folderIn(values)
  if (!mailbox.isListed[folder]) return null
  const got = numbers.get(OCCUPIED_STORAGE) ?? 'none'
  const before = mailbox.storage.get(storageKey(mailbox, folder))
  const thing = `${OCCUPIED_STORAGE} of the ${folder} of ${party}`
  if (before !== undefined && before !== got)
    return violated(differing(state, { party, subject: OBJECTS }, 'MSTORE-FOLDER-31'), thing, [before, got])
  const taken = bytesTaken(objectsIn(mailbox, folder))
  if (taken === null) return null
  const [least, most] = [storageKib(taken.least), storageKib(taken.most)]
  const holds = Number(got) >= least && Number(got) <= most
  return holds
    ? null
    : violated(differing(state, { party, subject: OBJECTS }, STORAGE), thing, [`${least} to ${most}`, got])
}
