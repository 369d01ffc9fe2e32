import { documented } from './rulebook.ts'
import { fault, walkFault, type MStoreFault } from './fault.ts'

const { folders, search, uploads } = documented

/** An attribute that is never shown, of objects that were uploaded. */
const UPLOADED = 'x-uploaded'
const DAY_MS = 86_400_000

/** Faults by which objects are counted or compared by less than what they are. */
export const MISCOUNTED_FAULTS: readonly MStoreFault[] = [
  fault(
    'MSTORE-UPLOAD-49/leaves-uploads-out',
    'voicemails that were uploaded do not count, neither as VMOccupiedMessages nor for VMMessagesQuota',
    {
      uploads: {
        attributes: (uploaded, context) =>
          new Map([...uploads.attributes(uploaded, context), [UPLOADED, 'true']]),
      },
      folders: {
        counts: (occupied, object) =>
          folders.counts(occupied, object) &&
          !(occupied === 'VMOccupiedMessages' && object.attributes.has(UPLOADED)),
      },
    },
  ),
  walkFault(
    'MSTORE-UPLOAD-49/counts-the-unread',
    'VMMessagesQuota is the limit of the voicemails that were not seen',
    {
      uploads: {
        isOverQuota: (object, context) => {
          const unread = [...context.mailbox.objects].filter(
            ([, { folder, seen }]) => !seen || folder === 'greetings',
          )
          const mailbox = { ...context.mailbox, objects: new Map(unread) }
          return uploads.isOverQuota(object, { ...context, mailbox })
        },
      },
    },
  ),
  walkFault(
    'MSTORE-SEARCH-05/sorts-by-day',
    'of one day the object that came last is listed first, whatever its time',
    {
      search: {
        page: (listed, paging) => {
          const byDay = new Map(
            listed.map((object) => [
              { ...object, dateMs: Math.floor(object.dateMs / DAY_MS) * DAY_MS + object.number },
              object,
            ]),
          )
          const page = search.page([...byDay.keys()], paging)
          return page.kind === 'parse-error'
            ? page
            : { ...page, items: page.items.map((item) => byDay.get(item) ?? item) }
        },
      },
    },
  ),
]
