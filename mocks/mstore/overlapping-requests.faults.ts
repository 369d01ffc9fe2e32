import { removing, storing } from './also-changing.ts'
import type { StoredObject } from './mailbox.ts'
import { objectPath } from './object-paths.ts'
import { overlapping, type Earlier } from './overlapping.ts'
import { walkFault, type MStoreFault } from './fault.ts'

/** Faults by which of two requests at once that both are granted one is lost. */
export const OVERLAPPING_REQUEST_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-BULKDELETE-01/brings-back-what-goes-at-once',
    'of two deletions at once the second brings back what the first has deleted',
    overlapping(
      { meanwhile: ['bulk-delete'], operations: ['bulk-delete'], outcomes: ['done', 'mixed'] },
      ({ decision, mailbox }, earlier) => [
        ...decision.changes,
        ...earlier.decision.changes.flatMap((change) => {
          const object =
            change.kind === 'object-removed' ? earlier.mailbox.objects.get(change.path) : undefined
          return object === undefined ? [] : [storing(mailbox, object)]
        }),
      ],
    ),
  ),
  walkFault(
    'MSTORE-UPLOAD-01/loses-to-a-profile',
    'a profile that is written while a greeting is uploaded takes that one away',
    overlapping(
      { meanwhile: ['upload'], operations: ['write-profile'], outcomes: ['written'] },
      ({ decision, mailbox }, earlier) => [
        ...decision.changes,
        ...changedBy(earlier).map((object) => removing(mailbox, object)),
      ],
    ),
  ),
  walkFault(
    'MSTORE-PIN-16/takes-the-refused-of-two',
    'of two changes of the PIN at once the second is refused and its PIN the new one',
    overlapping(
      { meanwhile: ['change-pin'], operations: ['change-pin'], outcomes: ['refused-pin'] },
      ({ decision, mailbox }) => [
        ...decision.changes,
        {
          kind: 'pin-stored',
          msisdn: mailbox.subscriber.msisdn,
          pin: { ...mailbox.subscriber.pin, current: mailbox.subscriber.pin.previous.at(-1) ?? '' },
        },
      ],
    ),
  ),
  walkFault(
    'MSTORE-BULKUPDATE-20/keeps-one-of-two-marks',
    'of two bulkUpdates at once the second puts back what the first has marked',
    overlapping(
      { meanwhile: ['bulk-update'], operations: ['bulk-update'], outcomes: ['done', 'mixed'] },
      ({ decision, mailbox }, earlier) => [
        ...changedBy(earlier)
          .flatMap((object) =>
            mailbox.objects.has(objectPath(object))
              ? (earlier.mailbox.objects.get(objectPath(object)) ?? [])
              : [],
          )
          .map((object) => storing(mailbox, object)),
        ...decision.changes,
      ],
    ),
  ),
]

function changedBy({ decision }: Earlier): readonly StoredObject[] {
  return decision.changes.flatMap((change) => (change.kind === 'object-stored' ? change.object : []))
}
