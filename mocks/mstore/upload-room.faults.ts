import { fault, type MStoreFault } from './fault.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import type { QuotaContext } from './upload-room.ts'
import { documented, type MStorePatch } from './rulebook.ts'

const { uploads } = documented

/** Faults in the limits of a mailbox. */
export const QUOTA_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-UPLOAD-37/has-no-limits', 'uploads are stored beyond every limit', {
    uploads: { isOverQuota: () => false },
  }),
  fault(
    'MSTORE-UPLOAD-37/ignores-the-storage',
    'uploads are stored beyond TotalStorage',
    limiting(weightless),
  ),
  fault(
    'MSTORE-UPLOAD-37/counts-each-type-alone',
    'GreetingsQuota is the limit of the greetings of each type',
    limiting((context, { attributes }) =>
      holding(
        context,
        (other) => other.attributes.get('x-cns-greeting-type') === attributes.get('x-cns-greeting-type'),
      ),
    ),
  ),
  fault('MSTORE-UPLOAD-49/has-no-limits', 'uploads to the inbox are stored beyond every limit', {
    uploads: {
      isOverQuota: (object, context) => object.folder === 'greetings' && uploads.isOverQuota(object, context),
    },
  }),
  fault(
    'MSTORE-UPLOAD-49/ignores-the-storage',
    'uploads to the inbox are stored beyond TotalStorage',
    limiting((context, { folder }) => (folder === 'voicemails' ? weightless(context) : context)),
  ),
  fault('MSTORE-FOLDER-26/shares-the-limit', 'there is no room for a greeting beside a full inbox', {
    uploads: {
      isOverQuota: (object, context) =>
        uploads.isOverQuota(object, context) ||
        uploads.isOverQuota({ ...object, folder: 'voicemails' }, context),
    },
  }),
]

/** Limits that are read from what `change` makes of the mailbox and the rules. */
function limiting(change: (context: QuotaContext, object: StoredObject) => QuotaContext): MStorePatch {
  return {
    uploads: { isOverQuota: (object, context) => uploads.isOverQuota(object, change(context, object)) },
  }
}

function weightless(context: QuotaContext): QuotaContext {
  return {
    ...context,
    rulebook: { ...context.rulebook, folders: { ...context.rulebook.folders, storedBytes: () => 0 } },
  }
}

function holding(context: QuotaContext, isHeld: (object: StoredObject) => boolean): QuotaContext {
  const held = [...context.mailbox.objects].filter(([, object]) => isHeld(object))
  const mailbox: StoredMailbox = { ...context.mailbox, objects: new Map(held) }
  return { ...context, mailbox }
}
