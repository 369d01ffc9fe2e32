import { allocateAttachment, retrieveAttachment } from '#driver/relay/operations.ts'
import { assertAttachmentOpens } from './attachment-pointers.ts'
import { download, idOf, keepPlace, latest, upload, uploadOf } from './blobs.ts'
import { plain, type NamedOperation } from './operation.ts'
import type { Party } from './party.ts'
import { credentials, register } from './registration.ts'
import { isOk, type RelaySession } from './session.ts'

const retrieve = (session: RelaySession, party: Party) =>
  retrieveAttachment(credentials(party), idOf(session, latest(session)))

/** Bytes of a blob of which nothing else is said. */
const SOME_BYTES = 100

/** Operations on attachments, all on the one allocated last. */
export const ATTACHMENT_OPERATIONS: Readonly<Record<string, NamedOperation>> = {
  'allocate an attachment': {
    prepare: (session, party) => register(session, party),
    make: (session, party) => ({
      request: allocateAttachment(credentials(party)),
      remember: (observed) => {
        if (isOk(observed)) keepPlace(session, party, observed.answer)
      },
    }),
    limit: { limiter: 'attachments', passes: [200], basic: 'RELAY-ATTACHMENT-01' },
  },
  'retrieve an attachment': plain(
    (session, party) => retrieveAttachment(credentials(party), latest(session).id),
    {
      async prepare(session, party) {
        await register(session, party)
        await upload(session, party, { bytes: session.random(SOME_BYTES) })
      },
    },
  ),
  'retrieve the attachment': plain(retrieve, {
    limit: { limiter: 'retrievals', passes: [200], basic: 'RELAY-ATTACHMENT-08' },
  }),
  'upload an attachment': {
    make: (session, party) => uploadOf(session, party, { bytes: session.random(SOME_BYTES) }),
  },
  'download the attachment': plain((session, party) => download(session, party, latest(session))),
  'open the attachment': plain((session, party) => download(session, party, latest(session)), {
    control: assertAttachmentOpens,
  }),
}
