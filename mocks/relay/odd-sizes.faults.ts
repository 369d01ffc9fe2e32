import { documented } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { blobs, directory, messages, pushIds } = documented

const BLOCK_AND_ONE = 17
const MOST_BYTES = 65_536
const PAGE = 10
const MANY = 100

/** Faults that show at one size, or from one on. */
export const ODD_SIZE_FAULTS: readonly RelayFault[] = [
  walkFault('RELAY-ATTACHMENT-24/loses-what-is-over-a-block', 'a blob of 17 bytes comes back as one of 16', {
    blobs: { served: (bytes) => blobs.served(bytes.length === BLOCK_AND_ONE ? bytes.slice(0, -1) : bytes) },
  }),
  walkFault('RELAY-ATTACHMENT-24/keeps-64-kib', 'of a blob of more than 65536 bytes only these come back', {
    blobs: { served: (bytes) => blobs.served(bytes.slice(0, MOST_BYTES)) },
  }),
  walkFault('RELAY-MESSAGE-44/loses-what-is-over-a-block', 'a message of 17 bytes arrives as one of 16', {
    messages: { decodeBody: cutting(BLOCK_AND_ONE) },
  }),
  walkFault('RELAY-DIRECTORY-23/loses-the-tenth', 'of ten tokens the last is not looked at', {
    directory: {
      matches: (tokens, scene) =>
        directory.matches(tokens.length === PAGE ? tokens.slice(0, -1) : tokens, scene),
    },
  }),
  walkFault(
    'RELAY-DIRECTORY-02/answers-strangers-among-many',
    'of more than a hundred tokens the last is answered whether or not it is registered',
    {
      directory: {
        matches: (tokens, scene) => {
          const found = directory.matches(tokens, scene)
          const last = tokens.at(-1)
          return tokens.length <= MANY || last === undefined || found.at(-1)?.token === last
            ? found
            : [...found, { token: last, relay: null, supportsSms: false }]
        },
      },
    },
  ),
  walkFault('RELAY-KEYS-07/does-not-store-many-keys', 'an upload of more than a hundred keys is not stored', {
    prekeyUpload: {
      store: ({ prekeys }, shelf) =>
        prekeys.length > MANY ? [] : [{ kind: 'prekeys-stored', shelf, prekeys }],
    },
  }),
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
