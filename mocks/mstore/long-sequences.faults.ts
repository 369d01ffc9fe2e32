import { counting } from '#mocks/engine/memory.ts'
import { parseCursor } from '#protocol/mstore/cursors.ts'
import { objectsIn, settling } from './also-changing.ts'
import { objectPath } from './object-paths.ts'
import { documented } from './rulebook.ts'
import { walkFault, type MStoreFault } from './fault.ts'

const { bulkUpdate, flags, folders, search, uploads } = documented

const THIRD = 3
const FOURTH = 4
/** An attribute that is never shown: its object came when the two before it had been deleted. */
const BEHIND_GAP = 'x-behind-gap'
const settingsOf = counting()
const changesOf = counting()
const writesOf = counting()

/** Faults that take the third time of something, or two things one after the other. */
export const LONG_SEQUENCE_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-SEARCH-21/hides-what-comes-after-two-deletions',
    'a greeting that is uploaded when the last two are deleted is not listed',
    {
      uploads: {
        attributes: (uploaded, authorized) => {
          const attributes = uploads.attributes(uploaded, authorized)
          const { nextNumbers } = authorized.mailbox
          const next = nextNumbers[uploaded.folder]
          const last = objectsIn(authorized.mailbox, uploaded.folder).at(-1)?.number ?? 0
          return uploaded.folder === 'greetings' && next - last > 2
            ? new Map([...attributes, [BEHIND_GAP, 'true']])
            : attributes
        },
      },
      search: {
        isListed: (object, ...rest) => !object.attributes.has(BEHIND_GAP) && search.isListed(object, ...rest),
      },
    },
  ),
  walkFault(
    'MSTORE-FLAG-09/activates-twice',
    'a greeting that is made active for the third time stays inactive',
    {
      flags: {
        changed: (object, change, authorized) => {
          const key = `${authorized.mailbox.subscriber.msisdn} ${objectPath(object)}`
          return change.on && settingsOf(authorized.state, key) >= THIRD
            ? [object]
            : flags.changed(object, change, authorized)
        },
      },
    },
  ),
  walkFault(
    'MSTORE-BULKUPDATE-29/marks-a-greeting-twice',
    'a greeting whose \\Seen changes for the third time stays as it is',
    {
      bulkUpdate: {
        updated: (object, update, authorized) => {
          const updated = bulkUpdate.updated(object, update, authorized)
          if (updated.seen === object.seen || object.folder !== 'greetings') return updated
          const key = `${authorized.mailbox.subscriber.msisdn} ${objectPath(object)}`
          return changesOf(authorized.state, key) >= THIRD ? object : updated
        },
      },
    },
  ),
  walkFault(
    'MSTORE-PROFILE-17/writes-three-times',
    'from the fourth time on what is written to a profile is taken and not stored',
    settling(['write-profile'], ['written'], ({ decision, mailbox, state }) =>
      writesOf(state, mailbox.subscriber.msisdn) < FOURTH
        ? decision
        : { ...decision, changes: decision.changes.filter(({ kind }) => kind !== 'profile-stored') },
    ),
  ),
  walkFault(
    'MSTORE-SEARCH-26/skips-one-on-the-fourth-page',
    'the fourth page of greetings leaves out its first object',
    {
      search: {
        page: (all, asked) => {
          const page = search.page(all, asked)
          const after = asked.fromCursor === null ? null : parseCursor(asked.fromCursor)
          if (page.kind === 'parse-error' || after?.kind !== 'cursor') return page
          const before = all.filter(({ dateMs }) => dateMs >= after.dateMs).length
          const isMeant = all[0]?.folder === 'greetings' && before === THIRD * asked.maxEntries
          return isMeant ? { ...page, items: page.items.slice(1) } : page
        },
      },
    },
  ),
  walkFault(
    'MSTORE-FOLDER-25/counts-on-after-three-deletions',
    'once three greetings are deleted GreetingsOccupied is one too many',
    {
      folders: {
        values: (folder, mailbox, rules) => {
          const deleted = mailbox.nextNumbers.greetings - 1 - objectsIn(mailbox, 'greetings').length
          return folders
            .values(folder, mailbox, rules)
            .map(([name, value]) => [
              name,
              name === 'GreetingsOccupied' && deleted >= THIRD ? String(Number(value) + 1) : value,
            ])
        },
      },
    },
  ),
]
