import { KNOWN_FLAGS, isChangeable } from '#protocol/mstore/flags.ts'
import { documented } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { bulkUpdate, flags, objects } = documented

const NO_STATUS = 'the specification gives no status for a flag call that fails'
const NOT_CLOSED = 'the specification lists the known flags, and does not say that there are no others'

/** Flags and flag calls that are right otherwise. */
export const FLAG_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-FLAG-13/answers-200',
    summary: 'a flag call answers 200 without a body',
    open: 'the specification says that there is no body, and gives no status',
    scenarios: ['MSTORE-FLAG-09', 'MSTORE-FLAG-10', 'MSTORE-FLAG-11', 'MSTORE-FLAG-12', 'MSTORE-FLAG-13'],
    patch: {
      status: {
        'set-flag': { set: 200, 'already-set': 200 },
        'clear-flag': { cleared: 200, 'already-clear': 200 },
      },
    },
  }),
  variant({
    id: 'MSTORE-FLAG-11/answers-202-again',
    summary: 'a flag call that changes nothing answers 202',
    open: 'the specification says that the endpoint is idempotent, and gives no status',
    scenarios: ['MSTORE-FLAG-11', 'MSTORE-FLAG-12'],
    patch: { status: { 'set-flag': { 'already-set': 202 }, 'clear-flag': { 'already-clear': 202 } } },
  }),
  variant({
    id: 'MSTORE-FLAG-14/answers-501',
    summary: 'a flag call for another flag answers 501',
    open: NO_STATUS,
    scenarios: [
      'MSTORE-AUTH-37',
      'MSTORE-FLAG-04',
      'MSTORE-FLAG-05',
      'MSTORE-FLAG-06',
      'MSTORE-FLAG-07',
      'MSTORE-FLAG-14',
      'MSTORE-FLAG-15',
    ],
    patch: {
      status: { 'set-flag': { 'forbidden-flag': 501 }, 'clear-flag': { 'forbidden-flag': 501 } },
    },
  }),
  variant({
    id: 'MSTORE-FLAG-21/answers-409',
    summary: 'a flag call on a voicemail answers 409',
    open: NO_STATUS,
    scenarios: ['MSTORE-FLAG-21'],
    patch: {
      status: { 'set-flag': { 'not-a-greeting': 409 }, 'clear-flag': { 'not-a-greeting': 409 } },
    },
  }),
  variant({
    id: 'MSTORE-FLAG-22/answers-410',
    summary: 'a flag call on an object that is not there answers 410',
    open: NO_STATUS,
    scenarios: ['MSTORE-FLAG-22', 'MSTORE-FLAG-33'],
    patch: {
      status: { 'set-flag': { 'unknown-object': 410 }, 'clear-flag': { 'unknown-object': 410 } },
    },
  }),
  variant({
    id: 'MSTORE-FLAG-23/takes-any-flag',
    summary: 'a flag of another name can be set',
    open: NOT_CLOSED,
    scenarios: ['MSTORE-FLAG-23', 'MSTORE-FLAG-14', 'MSTORE-FLAG-15'],
    patch: {
      flags: {
        isChangeable: ({ flag }) =>
          isChangeable(flag, 'flag-endpoint') || !KNOWN_FLAGS.some((known) => known.flag === flag),
        changed: (object, change, authorized) =>
          isChangeable(change.flag, 'flag-endpoint') ? flags.changed(object, change, authorized) : [],
      },
    },
  }),
  variant({
    id: 'MSTORE-FLAG-01/lists-further-flags',
    summary: 'objects have a flag that the specification does not name',
    open: NOT_CLOSED,
    areas: ['MSTORE-BULKUPDATE'],
    patch: { objects: { flags: (object) => ['$Forwarded', ...objects.flags(object)] } },
  }),
  variant({
    id: 'MSTORE-FLAG-02/writes-capitals',
    summary: 'objects list \\SEEN and \\RECENT',
    open: 'a public sample of the service has \\SEEN (E-40)',
    dialects: ['deployed'],
    areas: [
      'MSTORE-BULKUPDATE',
      'MSTORE-BULKDELETE',
      'MSTORE-UPLOAD',
      'MSTORE-OBJECT',
      'MSTORE-FOLDER',
      'MSTORE-SEARCH',
    ],
    patch: {
      objects: {
        flags: (object) =>
          objects.flags(object).map((flag) => (/^\\/.test(flag) ? flag.toUpperCase() : flag)),
      },
    },
  }),
  variant({
    id: 'MSTORE-FLAG-04/gives-up-as-a-whole',
    summary: 'a bulkUpdate of a flag that it cannot change is refused as a whole',
    open: 'the specification says that the flag cannot be changed, and not how a request for it fails',
    areas: ['MSTORE-BULKUPDATE'],
    patch: {
      bulkUpdate: {
        abort: (update) =>
          update.flags.every((flag) => bulkUpdate.isChangeable(flag, update))
            ? null
            : 'flags: expected what bulkUpdate can change, got another',
      },
    },
  }),
  variant({
    id: 'MSTORE-FLAG-20/answers-each',
    summary: 'a bulkUpdate of $CNS-Greeting-On on a voicemail answers a failure of each object',
    open: 'the specification has no fail-fast behavior; only an implementation gives up the whole request',
    areas: ['MSTORE-BULKUPDATE'],
    patch: { bulkUpdate: { abort: () => null } },
    dialects: ['deployed'],
  }),
  variant({
    id: 'MSTORE-FLAG-30/wants-no-form',
    summary: 'a flag call without a body is refused with the type of a form',
    open: 'the specification asks for no Content-Type where there is no JSON',
    scenarios: ['MSTORE-FLAG-28', 'MSTORE-FLAG-30'],
    patch: {
      flags: {
        takes: ({ contentType = '' }) => !contentType.startsWith('application/x-www-form-urlencoded'),
      },
    },
    dialects: ['documented'],
  }),
]
