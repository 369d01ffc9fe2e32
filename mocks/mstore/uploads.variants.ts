import { GREETINGS_PATH, plainRoot, readFlat } from './lenient-uploads.faults.ts'
import { durationSeconds, parseAmr } from '#protocol/mstore/amr.ts'
import { FOLDERS, storageKib, TOTAL_STORAGE } from '#protocol/mstore/folders.ts'
import { bytesIn, quotaOf } from './folders.ts'
import { documented } from './rulebook.ts'
import { hasBareLineFeeds, orElse, where } from './upload-readers.faults.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { uploads, wire } = documented

const MOST_SECONDS = 180

function isLong(audio: Uint8Array): boolean {
  const file = parseAmr(audio)
  return file.kind !== 'parse-error' && durationSeconds(file) > MOST_SECONDS
}

const BINDS_CLIENTS = 'the sentence binds the client; a server may be lenient'

/** Uploads that are taken, stored or refused otherwise, and right. */
export const UPLOAD_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-UPLOAD-01/answers-200-and-a-body',
    summary: 'an upload answers 200 and where the object is, without a Location',
    open: 'the specification does not say what an upload is answered',
    scenarios: ['MSTORE-UPLOAD-01', 'MSTORE-UPLOAD-15', 'MSTORE-UPLOAD-36', 'MSTORE-UPLOAD-40'],
    patch: {
      status: { upload: { stored: 200 } },
      uploads: { headers: () => [] },
      wire: {
        fallback: (outcome) =>
          outcome.operation === 'upload' && outcome.kind === 'stored'
            ? { kind: 'json', value: { reference: { resourceURL: 'https://wsg.example/' } } }
            : wire.fallback(outcome),
      },
    },
  }),
  variant({
    id: 'MSTORE-UPLOAD-01/answers-204',
    summary: 'an upload answers 204',
    open: 'the specification does not say what an upload is answered',
    scenarios: ['MSTORE-UPLOAD-01', 'MSTORE-UPLOAD-15', 'MSTORE-UPLOAD-40'],
    patch: { status: { upload: { stored: 204 } }, uploads: { headers: () => [] } },
  }),
  variant({
    id: 'MSTORE-UPLOAD-05/takes-the-inbox',
    summary: 'an upload to the inbox is stored as a voicemail',
    open: 'the specification gives the path of the inbox for voicemails; only a client calls it forbidden',
    dialects: ['deployed'],
    scenarios: ['MSTORE-UPLOAD-05', 'MSTORE-UPLOAD-06'],
    patch: { uploads: { mayUploadTo: () => true } },
  }),
  variant({
    id: 'MSTORE-UPLOAD-07/takes-any-folder',
    summary: 'an upload to another folder path is a greeting',
    open: 'the specification does not say what becomes of another path',
    scenarios: ['MSTORE-UPLOAD-07'],
    patch: { uploads: { folder: (path) => uploads.folder(path) ?? 'greetings' } },
  }),
  variant({
    id: 'MSTORE-UPLOAD-32/reads-one-boundary',
    summary: 'a message with one boundary for both is read',
    open: BINDS_CLIENTS,
    scenarios: ['MSTORE-UPLOAD-32'],
    patch: { uploads: { read: (message) => orElse(uploads.read(message), () => readFlat(message)) } },
  }),
  variant({
    id: 'MSTORE-UPLOAD-33/wants-crlf',
    summary: 'Base64 in lines that end in LF is refused',
    open: '"line wrapped" does not say what ends a line; lines of messages end in CRLF',
    dialects: ['documented'],
    scenarios: ['MSTORE-UPLOAD-33', 'MSTORE-UPLOAD-34'],
    patch: { uploads: { read: where((message) => !hasBareLineFeeds(message)) } },
  }),
  variant({
    id: 'MSTORE-UPLOAD-35/activates-it',
    summary: 'an uploaded greeting is active',
    open: 'the specification does not say whether a new greeting is active',
    dialects: ['documented'],
    areas: ['MSTORE-FLAG'],
    patch: {
      uploads: {
        flags: (flags, folder) => ({ ...uploads.flags(flags, folder), greetingOn: folder === 'greetings' }),
      },
    },
  }),
  variant({
    id: 'MSTORE-UPLOAD-37/answers-507',
    summary: 'an upload beyond a limit answers 507',
    open: 'the specification gives no status for a full folder',
    scenarios: ['MSTORE-UPLOAD-37'],
    patch: { status: { upload: { 'over-quota': 507 } } },
  }),
  variant({
    id: 'MSTORE-UPLOAD-37/shares-the-storage',
    summary: 'both folders share the storage of the mailbox',
    open: '"Storage limit in KiB" is said of all folders, and not whether each has its own',
    patch: {
      uploads: {
        isOverQuota: (object, context) => {
          const { mailbox, rulebook } = context
          const folders = Object.values(FOLDERS)
          const bytes = folders.reduce((sum, folder) => sum + bytesIn(folder, mailbox, rulebook.folders), 0)
          const isFull = storageKib(bytes + object.audio.length) > quotaOf(mailbox, TOTAL_STORAGE)
          return isFull || uploads.isOverQuota(object, context)
        },
      },
    },
  }),
  variant({
    id: 'MSTORE-UPLOAD-01/refuses-long-audio',
    summary: 'audio of more than three minutes is refused',
    open: 'the specification names no limit of one message',
    patch: {
      uploads: {
        isOverQuota: (object, context) => isLong(object.audio) || uploads.isOverQuota(object, context),
      },
    },
  }),
  variant({
    id: 'MSTORE-UPLOAD-39/answers-415',
    summary: 'a malformed upload answers 415',
    open: 'a malformed request "will likely" be answered 400',
    scenarios: ['MSTORE-UPLOAD-38', 'MSTORE-UPLOAD-39'],
    patch: { status: { upload: { malformed: 415 } } },
  }),
  variant({
    id: 'MSTORE-UPLOAD-41/needs-no-folder',
    summary: 'without parentFolderPath an upload is a greeting',
    open: BINDS_CLIENTS,
    scenarios: ['MSTORE-UPLOAD-41'],
    patch: {
      uploads: {
        fields: (root) => {
          const fields = uploads.fields(root)
          return fields.kind === 'parse-error' ? uploads.fields(plainRoot) : fields
        },
        folder: (path) => uploads.folder(path === '' ? GREETINGS_PATH : path),
      },
    },
  }),
  variant({
    id: 'MSTORE-UPLOAD-40/numbers-in-steps',
    summary: 'numbers in paths of objects grow in steps of 16',
    open: 'the specification says nothing of how paths are made',
    scenarios: ['MSTORE-UPLOAD-01', 'MSTORE-UPLOAD-40'],
    patch: { uploads: { number: ({ folder }, { nextNumbers }) => nextNumbers[folder] + 15 } },
  }),
]
