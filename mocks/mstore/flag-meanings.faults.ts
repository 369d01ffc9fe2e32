import { documented } from './rulebook.ts'
import { fault, walkFault, type MStoreFault } from './fault.ts'

const { bulkDelete, expiry } = documented

/** Faults by which a flag means more, or less, for an object than the specification says of it. */
export const FLAG_MEANING_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-BULKDELETE-01/keeps-what-does-not-expire',
    'a deletion of a voicemail with $MarkNotToDelete succeeds, and that one stays',
    {
      bulkDelete: {
        removed: (targets, mailbox) => bulkDelete.removed(targets, mailbox).filter(({ kept }) => !kept),
      },
    },
  ),
  fault(
    'MSTORE-BULKDELETE-13/keeps-active-greetings',
    'a deletion of an active greeting succeeds, and that one stays',
    {
      bulkDelete: {
        removed: (targets, mailbox) =>
          bulkDelete.removed(targets, mailbox).filter(({ greetingOn }) => !greetingOn),
      },
    },
  ),
  fault('MSTORE-FLAG-08/lets-what-was-seen-expire', '$MarkNotToDelete keeps a voicemail until it was seen', {
    expiry: {
      isExpired: (object, nowMs) =>
        expiry.isExpired(object.seen ? { ...object, kept: false } : object, nowMs),
    },
  }),
  fault('MSTORE-FLAG-29/waits-for-what-is-new', 'a voicemail that was not seen does not expire', {
    expiry: { isExpired: (object, nowMs) => object.seen && expiry.isExpired(object, nowMs) },
  }),
]
