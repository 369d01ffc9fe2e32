import { memory } from '#mocks/engine/memory.ts'
import { objectPath } from './object-paths.ts'
import { documented } from './rulebook.ts'
import type { StoredMailbox } from './mailbox.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { objects, uploads } = documented

/** The paths without an object when the last two uploads into a folder came, the later first. */
type Freed = readonly [readonly number[], readonly number[]]

const freedOf = memory(() => new Map<FolderName, Freed>())

/** Servers that give objects their paths, names and dates in another way. */
export const IDENTITY_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-UPLOAD-40/gives-paths-again',
    summary: 'the path of an object that was deleted is given to another one, two uploads later',
    open: 'the specification says of Message-Id that it is unique, and nothing of how paths are made',
    patch: { uploads: { number: ({ folder }, mailbox) => numberGivenAgain(folder, mailbox) } },
    areas: ['MSTORE-BULKDELETE'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-UPLOAD-12/takes-an-empty-subject-for-none',
    summary: 'a greeting with an empty subject is called as one without',
    open: 'the specification does not say that an empty subject is one',
    patch: {
      uploads: {
        attributes: (uploaded, context) => {
          const given = [...uploaded.given].filter(([name, value]) => name !== 'subject' || value !== '')
          return uploads.attributes({ ...uploaded, given: new Map(given) }, context)
        },
      },
    },
  }),
  variant({
    id: 'MSTORE-OBJECT-10/shows-none-of-what-is-kept',
    summary: 'a voicemail with $MarkNotToDelete has no expires',
    open: '"kept forever (not allowed to expire)": what does not expire has no time for it',
    patch: {
      objects: {
        attributes: (own, derived, object) => {
          const shown = objects.attributes(own, derived, object)
          return object.kept ? new Map([...shown].filter(([name]) => name !== 'expires')) : shown
        },
      },
    },
    areas: ['MSTORE-FLAG'],
  }),
]

/** The least number that was without an object at the last two uploads and still is; the next one where there is none. */
function numberGivenAgain(folder: FolderName, mailbox: StoredMailbox): number {
  const { objects: there, nextNumbers } = mailbox
  const numbers = Array.from({ length: nextNumbers[folder] - 1 }, (_, index) => index + 1)
  const free = numbers.filter((number) => !there.has(objectPath({ folder, number })))
  const freed = freedOf(there)
  const [last, before] = freed.get(folder) ?? [[], []]
  freed.set(folder, [free, last])
  return free.find((number) => last.includes(number) && before.includes(number)) ?? nextNumbers[folder]
}
