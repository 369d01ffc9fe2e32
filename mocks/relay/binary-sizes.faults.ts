import { documented } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { blobs, messages, pushIds } = documented

/** Faults at a size that a length of one byte, a varint or a block ends with. */
export const BINARY_SIZE_FAULTS: readonly RelayFault[] = [
  walkFault('RELAY-MESSAGE-44/loses-a-byte-at-128', 'a message of 128 bytes arrives as one of 127', {
    messages: { decodeBody: cutting(128) },
  }),
  walkFault('RELAY-ATTACHMENT-24/loses-a-byte-at-4096', 'a blob of 4096 bytes comes back as one of 4095', {
    blobs: { served: (bytes) => blobs.served(bytes.length === 4096 ? bytes.slice(0, -1) : bytes) },
  }),
  walkFault('RELAY-PUSHID-26/cuts-at-128-characters', 'a push id of 129 to 200 characters is cut to 128', {
    pushIds: {
      set: (whose, channel, id) =>
        pushIds.set(whose, channel, id.length > 128 && id.length <= 200 ? id.slice(0, 128) : id),
    },
  }),
]

/** Bodies of that many bytes lose their last one. */
function cutting(length: number): typeof messages.decodeBody {
  return (text) => {
    const decoded = messages.decodeBody(text)
    return decoded.kind === 'decoded' && decoded.bytes.length === length
      ? { ...decoded, bytes: decoded.bytes.slice(0, -1) }
      : decoded
  }
}
