import { FOLDER_NAMES } from './folder-names.ts'
import { folderIn } from './folder-names.ts'
import type { Ask } from '../ask.ts'
import type { Judged } from '../protocol-model.ts'
import { leaveWhileOff } from './activation.ts'
import { differing } from './doubts.ts'
import type { MStoreOperation } from './guarded.ts'
import { allSighted } from './search.ts'
import type { MStoreSeen, SeenObject } from './seen.ts'
import { type FlagReading, isViolated } from './sight.ts'
import { type MStoreState, foundObject, mailboxOf, objectsIn, withMailbox } from './state.ts'
import { allowed, isGranted, notGranted, notReadable, violated } from './verdicts.ts'

const SEARCHED = 'MSTORE-SEARCH-01'
const WHOLE = 'MSTORE-SEARCH-26'

/** Lists a folder by as many pages as it takes, which are several requests: it is asked at the end of a walk. */
export function listFolder(readFlag: FlagReading): MStoreOperation {
  return {
    name: 'list a folder',
    area: 'SEARCH',
    risks: ['reads'],
    weight: (state) => (isUnknown(state) ? 40 : 0),
    choose: (state, party) => {
      const { isListed } = mailboxOf(state, party)
      return isListed.greetings
        ? isListed.voicemails
          ? null
          : { folder: 'voicemails' }
        : { folder: 'greetings' }
    },
    applies: () => true,
    situation: (_, { values }) => folderIn(values),
    situations: FOLDER_NAMES,
    judge: (state, ask, seen) => judgeListing(readFlag, { state, ask }, seen),
  }
}

/** Whether a mailbox has objects that the walk does not know. */
function isUnknown({ mailboxes }: MStoreState): boolean {
  return [...mailboxes.values()].some(({ isListed }) => !isListed.voicemails || !isListed.greetings)
}

function judgeListing(
  readFlag: FlagReading,
  { state, ask }: { readonly state: MStoreState; readonly ask: Ask },
  seen: MStoreSeen,
): Judged<MStoreState> {
  const { party } = ask
  const folder = folderIn(ask.values)
  if (!isGranted(seen))
    return leaveWhileOff(notGranted(SEARCHED, ask, seen), { state, mailbox: mailboxOf(state, party) }, seen)
  if (seen.page === undefined) return notReadable(SEARCHED, ask, seen)
  const { objects } = seen.page
  const learned = mailboxOf(state, party).isListed[folder] ? state : withObjects(state, ask, objects)
  const sight = allSighted(readFlag, { state: learned, ask }, objects)
  if (isViolated(sight)) return sight
  const names = objects.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    return violated('MSTORE-SEARCH-22', `${folder} of ${party}`, ['each object once', `${twice} again`])
  const lost = objectsIn(mailboxOf(sight, party), folder).find(({ name }) => !names.includes(name))
  if (lost !== undefined)
    return violated(differing(state, { party, subject: lost.name }, WHOLE), `${folder} of ${party}`, [
      lost.name,
      `none of that name`,
    ])
  return allowed(sight, SEARCHED, WHOLE)
}

/** The state with objects that a mailbox held before the walk. */
function withObjects(state: MStoreState, { party, values }: Ask, seen: readonly SeenObject[]): MStoreState {
  const mailbox = mailboxOf(state, party)
  const folder = folderIn(values)
  const found = seen
    .filter(({ name }) => !mailbox.objects.has(name))
    .map(({ name }) => [name, foundObject(name, folder)] as const)
  return withMailbox(state, party, {
    objects: new Map([...mailbox.objects, ...found]),
    isListed: { ...mailbox.isListed, [folder]: true },
  })
}
