import { documented } from './rulebook.ts'
import { walkFault, type MStoreFault } from './fault.ts'

const { bulkDelete, bulkUpdate, objects, payloads, search, uploads } = documented

const BLOCK_AND_ONE = 17
const BYTE = 256
const THOUSAND = 1000
const PAGE_OF_MEMORY = 4096
const FEWEST = 4
const MOST = 10
const PAGE = 10
const MANY = 100

/** Faults that show at one size, or in a range of sizes. */
export const ODD_SIZE_FAULTS: readonly MStoreFault[] = [
  ...[BLOCK_AND_ONE, BYTE, THOUSAND, PAGE_OF_MEMORY - 1].map((bytes) =>
    walkFault(
      `MSTORE-PAYLOAD-20/loses-a-byte-of-${bytes}`,
      `audio of ${bytes} bytes is handed out without the last of them`,
      {
        payloads: {
          encoded: (object, wrapping) =>
            payloads.encoded(
              object.audio.length === bytes ? { ...object, audio: object.audio.slice(0, -1) } : object,
              wrapping,
            ),
        },
      },
    ),
  ),
  walkFault('MSTORE-PAYLOAD-06/rounds-sizes-up', 'audio of 15 bytes is said to have 16', {
    objects: {
      part: (object, href) => {
        const part = objects.part(object, href)
        return object.audio.length === BLOCK_AND_ONE - 2 ? { ...part, size: String(BLOCK_AND_ONE - 1) } : part
      },
    },
  }),
  walkFault(
    'MSTORE-UPLOAD-01/keeps-no-empty-audio',
    'an upload without a byte of audio is taken and not stored',
    {
      uploads: {
        stored: (object, authorized) => (object.audio.length === 0 ? [] : uploads.stored(object, authorized)),
      },
    },
  ),
  walkFault(
    'MSTORE-SEARCH-26/loses-the-oldest-on-larger-pages',
    'on pages of 11 to 99 the oldest object is not listed',
    {
      search: { page: withoutOldest((size) => size > PAGE && size < MANY) },
    },
  ),
  walkFault(
    'MSTORE-SEARCH-26/loses-the-oldest-on-pages-of-nine',
    'on pages of 9 the oldest object is not listed',
    {
      search: { page: withoutOldest((size) => size === PAGE - 1) },
    },
  ),
  walkFault('MSTORE-BULKUPDATE-30/leaves-the-last-of-some', 'of 4 to 10 objects the last is not changed', {
    bulkUpdate: {
      changed: (targets, mailbox) => allButLast(bulkUpdate.changed(targets, mailbox)),
    },
  }),
  walkFault('MSTORE-BULKDELETE-17/leaves-the-last-of-some', 'of 4 to 10 objects the last is not deleted', {
    bulkDelete: {
      removed: (targets, mailbox) => allButLast(bulkDelete.removed(targets, mailbox)),
    },
  }),
  walkFault(
    'MSTORE-SEARCH-26/loses-the-oldest-on-pages-of-five',
    'on pages of 5 the oldest object is not listed',
    {
      search: { page: withoutOldest((size) => size === PAGE / 2) },
    },
  ),
  walkFault('MSTORE-BULKUPDATE-30/leaves-the-first-of-seven', 'of 7 objects the first is not changed', {
    bulkUpdate: {
      changed: (targets, mailbox) => allButFirst(bulkUpdate.changed(targets, mailbox), 7),
    },
  }),
  walkFault('MSTORE-BULKDELETE-17/leaves-the-first-of-six', 'of 6 objects the first is not deleted', {
    bulkDelete: {
      removed: (targets, mailbox) => allButFirst(bulkDelete.removed(targets, mailbox), 6),
    },
  }),
  walkFault('MSTORE-UPLOAD-12/loses-one-letter', 'a subject of one letter is empty', {
    uploads: {
      stored: (object, authorized) =>
        uploads.stored(
          (object.attributes.get('subject') ?? '').length === 1
            ? { ...object, attributes: new Map([...object.attributes, ['subject', '']]) }
            : object,
          authorized,
        ),
    },
  }),
]

function withoutOldest(isMeant: (size: number) => boolean): typeof search.page {
  return (all, asked) => {
    const page = search.page(all, asked)
    if (page.kind === 'parse-error' || page.cursor !== null || !isMeant(asked.maxEntries)) return page
    return { ...page, items: page.items.slice(0, -1) }
  }
}

function allButLast<Thing>(things: readonly Thing[]): readonly Thing[] {
  return things.length >= FEWEST && things.length <= MOST ? things.slice(0, -1) : things
}

function allButFirst<Thing>(things: readonly Thing[], count: number): readonly Thing[] {
  return things.length === count ? things.slice(1) : things
}
