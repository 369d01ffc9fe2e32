import { documented } from './rulebook.ts'
import { walkFault, type MStoreFault } from './fault.ts'

const { bulkDelete, bulkUpdate, payloads, search, uploads } = documented

/** Faults that show at one exact size. */
export const EXACT_SIZE_FAULTS: readonly MStoreFault[] = [
  ...[256, 4095].map((bytes) =>
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
  walkFault(
    'MSTORE-SEARCH-26/loses-the-oldest-on-pages-of-five',
    'on pages of 5 the oldest object is not listed',
    {
      search: {
        page: (all, asked) => {
          const page = search.page(all, asked)
          return page.kind === 'parse-error' || page.cursor !== null || asked.maxEntries !== 5
            ? page
            : { ...page, items: page.items.slice(0, -1) }
        },
      },
    },
  ),
  walkFault('MSTORE-BULKUPDATE-30/leaves-the-first-of-seven', 'of 7 objects the first is not changed', {
    bulkUpdate: {
      changed: (targets, mailbox) => {
        const all = bulkUpdate.changed(targets, mailbox)
        return all.length === 7 ? all.slice(1) : all
      },
    },
  }),
  walkFault('MSTORE-BULKDELETE-17/leaves-the-first-of-six', 'of 6 objects the first is not deleted', {
    bulkDelete: {
      removed: (targets, mailbox) => {
        const all = bulkDelete.removed(targets, mailbox)
        return all.length === 6 ? all.slice(1) : all
      },
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
