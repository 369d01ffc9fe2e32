import { concat } from '#protocol/bytes.ts'
import { noting } from '#mocks/engine/memory.ts'
import { settling } from './also-changing.ts'
import { documented } from './rulebook.ts'
import { fault, walkFault, type RelayFault } from './fault.ts'

const { directory } = documented

const smsOf = noting<boolean>()

/** Faults by which something of what was there before is left when another takes its place. */
export const LEFTOVER_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-ATTACHMENT-11/keeps-the-end-of-a-longer-blob',
    'a blob that is uploaded in place of a longer one has the end of that behind it',
    settling('upload-blob', ['stored'], ({ event: { key }, decision, state }) => {
      const before = state.blobs.bytes(key) ?? new Uint8Array()
      return {
        ...decision,
        changes: decision.changes.map((change) =>
          change.kind === 'blob-stored'
            ? { ...change, bytes: concat(change.bytes, before.subarray(change.bytes.length)) }
            : change,
        ),
      }
    }),
  ),
  fault(
    'RELAY-DIRECTORY-24/keeps-what-a-peer-said-first',
    'supportsSms of a contact at a peer stays what it was when a query first found it',
    {
      directory: {
        find: (token, scene) => {
          const found = directory.find(token, scene)
          if (found === undefined || found.relay === null) return found
          const [supportsSms = false] = smsOf(scene.state, token, found.supportsSms)
          return { ...found, supportsSms }
        },
      },
    },
  ),
]
