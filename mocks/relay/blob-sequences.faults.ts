import { concat } from '#protocol/bytes.ts'
import { firstTimes } from '#mocks/engine/first-answer.ts'
import { documented } from './rulebook.ts'
import { fault, type RelayFault } from './fault.ts'

const { attachments, blobs } = documented

const isFirstDownload = firstTimes()
const isFirstRetrieval = firstTimes()
const BLOCK_BYTES = 16
const KIB_32 = 32 * 1024

/** Faults in what becomes of blobs of other sizes, of several places at a time, and over time. */
export const BLOB_SEQUENCE_FAULTS: readonly RelayFault[] = [
  fault('RELAY-ATTACHMENT-14/fills-the-oldest-place', 'a blob is stored in the oldest place that is empty', {
    ...fillingTheOldest(),
  }),
  fault('RELAY-ATTACHMENT-24/loses-empty-blobs', 'a blob of no bytes is taken and not kept', {
    blobs: { store: (key, bytes) => (bytes.length === 0 ? [] : blobs.store(key, bytes)) },
  }),
  fault('RELAY-ATTACHMENT-24/loses-single-bytes', 'a blob of one byte comes back as one of none', {
    blobs: { served: (bytes) => blobs.served(bytes.length === 1 ? new Uint8Array() : bytes) },
  }),
  fault('RELAY-ATTACHMENT-24/keeps-less-than-32-kib', 'a blob of 32 KiB loses its last byte', {
    blobs: { store: (key, bytes) => blobs.store(key, bytes.length === KIB_32 ? bytes.slice(0, -1) : bytes) },
  }),
  fault('RELAY-ATTACHMENT-24/fills-up-blocks', 'a blob is filled up to whole cipher blocks', {
    blobs: { served: (bytes) => blobs.served(filledUp(bytes)) },
  }),
  fault('RELAY-ATTACHMENT-26/serves-a-blob-once', 'a blob is gone once it was downloaded', {
    blobs: { find: (key, scene) => (isFirstDownload(key) ? blobs.find(key, scene) : undefined) },
  }),
  fault(
    'RELAY-ATTACHMENT-26/locates-an-attachment-once',
    'an attachment has another location once it was located',
    {
      attachments: {
        retrieved: (location, attachment, scene) =>
          attachments.retrieved(
            isFirstRetrieval(location) ? location : `${location}-gone`,
            attachment,
            scene,
          ),
      },
    },
  ),
  fault(
    'RELAY-ATTACHMENT-26/forgets-with-the-push-id',
    'an attachment is gone once its uploader has no push id',
    {
      attachments: {
        find: (id, scene) => {
          const attachment = attachments.find(id, scene)
          const owner = scene.state.accounts.get(attachment?.owner ?? '')?.devices.get(1)
          return owner?.gcmId === null && owner.apnId === null ? undefined : attachment
        },
      },
    },
  ),
]

/** The places that are empty, oldest first: what is uploaded goes to the first of them, wherever it was meant to go. */
function fillingTheOldest(): RelayFault['patch'] {
  let empty: readonly string[] = []
  return {
    attachments: {
      drawKey: (scene) => {
        const key = attachments.drawKey(scene)
        // A mock that was reset has none of the places of before.
        empty = [...empty.filter((one) => scene.state.blobs.byKey(one) !== undefined), key]
        return key
      },
    },
    blobs: {
      store: (key, bytes) => {
        const [oldest = key, ...others] = empty
        empty = others
        return blobs.store(oldest, bytes)
      },
    },
  }
}

function filledUp(bytes: Uint8Array): Uint8Array {
  const over = bytes.length % BLOCK_BYTES
  return over === 0 ? bytes : concat(bytes, new Uint8Array(BLOCK_BYTES - over))
}
