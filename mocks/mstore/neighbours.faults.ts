import { FOLDERS, folderOfId } from '#protocol/mstore/folders.ts'
import { parseTarget } from '#protocol/mstore/endpoints.ts'
import { parseResourceUrl, PROXY_PATH } from '#protocol/mstore/urls.ts'
import { settling, storing } from './also-changing.ts'
import { decided } from './decisions.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import type { FindObject } from './objects.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import type { SearchRules } from './search.ts'
import { fault, faultRows, type MStoreFault } from './fault.ts'

const { folders, objects, payloads, routes } = documented

/** Faults by which mailboxes, and what is in them, are taken for one another. */
export const NEIGHBOUR_FAULTS: readonly MStoreFault[] = [
  ...faultRows(resembling, [
    [
      'MSTORE-FOLDER-34/leaves-out-the-last-digit',
      'numbers that differ in the last digit have one mailbox',
      (asked, known) => asked.slice(0, -1) === known.slice(0, -1),
    ],
    [
      'MSTORE-FOLDER-34/cuts-long-numbers',
      'numbers have one mailbox that are alike but for a digit more',
      (asked, known) => known.startsWith(asked),
    ],
    [
      'MSTORE-FOLDER-34/finds-by-the-beginning',
      'the mailbox of a number is that of another one that it begins with',
      (asked, known) => asked.startsWith(known),
    ],
  ]),
  fault('MSTORE-FOLDER-07/finds-by-the-beginning', 'what begins with the id of a folder is that folder', {
    folders: { find: (id) => KNOWN.find((folder) => id.startsWith(folder.id)) ?? folders.find(id) },
  }),
  fault('MSTORE-FOLDER-07/completes-ids', 'the beginning of an id stands for the folder', {
    folders: { find: (id) => KNOWN.find((folder) => folder.id.startsWith(id)) ?? null },
  }),
  fault('MSTORE-OBJECT-35/ignores-what-follows', 'what follows the path of an object is ignored', {
    objects: { find: alike(objects.find, (asked, known) => asked.startsWith(known)) },
  }),
  fault('MSTORE-OBJECT-35/ignores-what-precedes', 'what stands before the path of an object is ignored', {
    objects: { find: alike(objects.find, (asked, known) => asked.endsWith(known)) },
  }),
  fault('MSTORE-OBJECT-45/finds-in-any-mailbox', 'an object is shown whose ever it is', {
    objects: { find: anywhere(objects.find) },
  }),
  fault(
    'MSTORE-PAYLOAD-15/compares-the-beginning',
    'any part is served whose name begins as that of the audio',
    {
      payloads: { isPart: (part) => part.startsWith('part1') },
    },
  ),
  fault('MSTORE-PAYLOAD-18/finds-in-any-mailbox', 'audio is handed out whose ever it is', {
    payloads: { find: anywhere(payloads.find) },
  }),
  fault(
    'MSTORE-PAYLOAD-18/finds-greetings-in-any-mailbox',
    'the audio of greetings is handed out whose ever they are',
    {
      payloads: {
        find: (path, mailbox, all) =>
          folderOfId(path.slice(0, ID_LENGTH).toLowerCase())?.name === 'greetings'
            ? anywhere(payloads.find)(path, mailbox, all)
            : payloads.find(path, mailbox, all),
      },
    },
  ),
  ...faultRows(flaggingAnywhere, [
    ['MSTORE-URL-19/sets-flags-by-path', 'a greeting becomes active whose ever it is', 'set-flag', true],
    [
      'MSTORE-URL-19/clears-flags-by-path',
      'a greeting becomes inactive whose ever it is',
      'clear-flag',
      false,
    ],
  ]),
  fault('MSTORE-SEARCH-25/takes-any-number', 'a scope in another mailbox stands for the folder of the own', {
    search: { folders: (scope) => folderIn(scope) },
  }),
  fault(
    'MSTORE-SEARCH-25/searches-any-mailbox',
    'a search shows the folder of the mailbox that its scope names',
    {
      search: {
        folders: (scope) => folderIn(scope),
        mailbox: (scope, { mailbox, state }) => state.mailboxes.get(targetOf(scope)?.msisdn ?? '') ?? mailbox,
      },
    },
  ),
  fault('MSTORE-OBJECT-43/names-another-mailbox', 'parentFolder is a folder of another number', {
    objects: { members: (members) => ({ ...members, parentFolder: ofAnother(members.parentFolder) }) },
  }),
  fault('MSTORE-OBJECT-44/names-another-mailbox', 'flags.resourceURL is in the mailbox of another number', {
    objects: {
      members: (members) => {
        const { flags } = members
        return { ...members, flags: { ...flags, resourceURL: ofAnother(flags.resourceURL) } }
      },
    },
  }),
]

/** Characters of the id of a folder, with which the path of an object begins. */
const ID_LENGTH = 36
const KNOWN = Object.values(FOLDERS)

type IsAlike = (asked: string, known: string) => boolean

/** The latest mailbox whose number is taken for the one that is asked for. */
function resembling(isAlike: IsAlike): MStorePatch {
  const latest = (msisdn: string, all: ReadonlyMap<string, StoredMailbox>) =>
    [...all].findLast(([known]) => known !== msisdn && isAlike(msisdn, known))?.[1]
  return { routes: { mailbox: (msisdn, all) => latest(msisdn, all) ?? routes.mailbox(msisdn, all) } }
}

function alike(find: FindObject, isAlike: IsAlike): FindObject {
  return (path, mailbox, all) =>
    find(path, mailbox, all) ?? [...mailbox.objects].find(([known]) => isAlike(path, known))?.[1]
}

function anywhere(find: FindObject): FindObject {
  return (path, mailbox, all = new Map()) => {
    const others = (): (StoredObject | undefined)[] =>
      [...all.values()].map((other) => find(path, other, all))
    return find(path, mailbox, all) ?? others().find((object) => object !== undefined)
  }
}

/** A flag call on what is not in the mailbox takes effect in the one where it is. */
function flaggingAnywhere(operation: 'set-flag' | 'clear-flag', on: boolean): MStorePatch {
  return settling([operation], ['unknown-object'], ({ decision, target: { endpoint }, state }) => {
    if (endpoint.kind !== 'flag') return decision
    const changes = [...state.mailboxes.values()].flatMap((owner) => {
      const object = objects.find(endpoint.objectPath, owner)
      return object === undefined ? [] : [storing(owner, { ...object, greetingOn: on })]
    })
    if (changes.length === 0) return decision
    return on ? decided('set-flag', 'set', { changes }) : decided('clear-flag', 'cleared', { changes })
  })
}

function targetOf(scope: string) {
  const parsed = parseResourceUrl(scope)
  const target = parsed.kind === 'parse-error' ? parsed : parseTarget(`${PROXY_PATH}${parsed.path}`)
  return target.kind === 'parse-error' ? null : target
}

/** The folder that a scope names, in whatever mailbox. */
function folderIn(scope: string): ReturnType<SearchRules['folders']> {
  const endpoint = targetOf(scope)?.endpoint
  const folder = endpoint?.kind === 'folder' ? folderOfId(endpoint.folderId) : null
  return folder === null ? null : [folder.name]
}

/** The same URL with another last digit of its number. */
function ofAnother(url: string): string {
  return url.replace(
    /(tel%3A%2B\d*)(\d)/,
    (_whole, start: string, last: string) => `${start}${(Number(last) + 1) % 10}`,
  )
}
