import { LAST_RESORT_KEY_ID } from '#protocol/relay/prekeys.ts'
import type { RelayChange } from './changes.ts'
import type { Named } from './authentication.ts'
import { incomplete } from './bodies.ts'
import type { PrekeyUpload, PrekeyUploadScene } from './prekey-upload.ts'
import type { StoredPrekey } from './prekey-queue.ts'
import { documented } from './rulebook.ts'
import { deployedFault, fault, statusFaults, type RelayFault } from './fault.ts'
import { alsoTakingFor, ofAnyAccount } from './other-passwords.ts'
import { hexOf, serving, urlSafe, withoutType } from './prekey-texts.faults.ts'

const { prekeys, prekeyUpload, pushIds } = documented

/** Faults in taking prekeys, and in handing out what was taken. */
export const PREKEY_UPLOAD_FAULTS: readonly RelayFault[] = [
  ...statusFaults('upload-prekeys', [
    ['RELAY-KEYS-01/answers-204', 'an upload of prekeys answers 204', 'stored', 204],
    ['RELAY-KEYS-02/answers-403', 'prekeys with a wrong password answer 403', 'wrong-password', 403],
    [
      'RELAY-KEYS-02/answers-200-without-credentials',
      'prekeys without credentials answer 200',
      'no-credentials',
      200,
    ],
    ['RELAY-KEYS-03/answers-400', 'malformed JSON answers 400', 'malformed-body', 400],
    [
      'RELAY-KEYS-06/crashes-over-a-last-resort-key',
      'a last resort key without a member answers 500',
      'incomplete-last-resort',
      500,
    ],
  ]),
  fault(
    'RELAY-KEYS-02/takes-the-password-of-another-account',
    'any password of any account will do',
    alsoTakingFor('upload-prekeys', ofAnyAccount()),
  ),
  fault('RELAY-KEYS-04/does-without-the-last-resort-key', 'an upload needs no last resort key', {
    prekeyUpload: { keys: { required: ['keys'] } },
  }),
  fault('RELAY-KEYS-05/does-without-keys', 'an upload needs no one-time keys', {
    prekeyUpload: { keys: { required: ['lastResortKey'] } },
  }),
  fault('RELAY-KEYS-06/does-without-a-public-key', 'a key without publicKey is taken as an empty one', {
    prekeyUpload: {
      keys: { requiredOfKey: { 'one-time': ['keyId', 'identityKey'] }, isKey: (text) => text.length !== 1 },
    },
  }),
  fault('RELAY-KEYS-06/counts-from-zero', 'a key without keyId gets the id 0', {
    prekeyUpload: { keys: { requiredOfKey: { 'one-time': ['publicKey', 'identityKey'] } } },
  }),
  fault('RELAY-KEYS-07/swaps-the-keys', 'publicKey and identityKey change places', {
    prekeys: {
      entry: serving(({ prekey: { publicKey, identityKey } }) => ({
        publicKey: identityKey,
        identityKey: publicKey,
      })),
    },
  }),
  fault('RELAY-KEYS-07/shifts-the-ids', 'a key comes with the id of the one before it', {
    prekeyUpload: { store: (upload, ...rest) => prekeyUpload.store(shifted(upload), ...rest) },
  }),
  fault('RELAY-KEYS-07/loses-the-last-key', 'the last one-time key of an upload is lost', {
    prekeyUpload: { store: (upload, ...rest) => prekeyUpload.store(withoutLast(upload), ...rest) },
  }),
  fault('RELAY-KEYS-07/loses-an-only-key', 'a one-time key that is alone in its upload is lost', {
    prekeyUpload: {
      store: (upload, ...rest) =>
        prekeyUpload.store(upload.prekeys.length === 2 ? withoutLast(upload) : upload, ...rest),
    },
  }),
  fault('RELAY-KEYS-07/remembers-used-ids', 'a key under an id that was handed out before is lost', {
    prekeyUpload: {
      store: ({ kind, prekeys }, shelf, scene) => {
        const used = usedIds(shelf, scene)
        return prekeyUpload.store(
          { kind, prekeys: prekeys.filter(({ keyId }) => !used.has(keyId)) },
          shelf,
          scene,
        )
      },
    },
  }),
  fault('RELAY-KEYS-08/serves-the-url-safe-alphabet', 'public keys come in the URL-safe alphabet', {
    prekeys: { entry: serving(({ prekey: { publicKey } }) => ({ publicKey: urlSafe(publicKey) })) },
  }),
  fault('RELAY-KEYS-08/serves-hexadecimal', 'public keys come as hexadecimal', {
    prekeys: { entry: serving(({ prekey: { publicKey } }) => ({ publicKey: hexOf(publicKey) })) },
  }),
  fault('RELAY-KEYS-09/serves-the-url-safe-alphabet', 'identity keys come in the URL-safe alphabet', {
    prekeys: { entry: serving(({ prekey: { identityKey } }) => ({ identityKey: urlSafe(identityKey) })) },
  }),
  fault('RELAY-KEYS-09/drops-the-type', 'identity keys come without their type byte', {
    prekeys: { entry: serving(({ prekey: { identityKey } }) => ({ identityKey: withoutType(identityKey) })) },
  }),
  fault('RELAY-KEYS-10/refuses-zero', 'the id 0 is refused', {
    prekeyUpload: {
      keys: { isKeyId: (id, role) => id !== 0 && prekeyUpload.keys.isKeyId(id, role) },
    },
  }),
  fault('RELAY-KEYS-10/keeps-16-bits', 'ids of one-time keys are cut to 16 bits', {
    prekeys: {
      entry: serving(({ prekey: { keyId, lastResort } }) => ({ keyId: lastResort ? keyId : keyId & 0xffff })),
    },
  }),
  fault('RELAY-KEYS-11/serves-the-id-zero', 'the last resort key comes with the id 0', {
    prekeys: { entry: serving(({ prekey: { keyId, lastResort } }) => ({ keyId: lastResort ? 0 : keyId })) },
  }),
  deployedFault('RELAY-KEYS-15/appends', 'an upload is added to those before it', {
    prekeyUpload: {
      store: (upload, shelf, scene) =>
        prekeyUpload.store(joined(upload, remaining(shelf, scene)), shelf, scene),
    },
  }),
  deployedFault('RELAY-KEYS-15/keeps-the-last-resort-key', 'the first last resort key stays for ever', {
    prekeyUpload: {
      store: (upload, shelf, scene) => prekeyUpload.store(keeping(upload, shelf, scene), shelf, scene),
    },
  }),
  deployedFault(
    'RELAY-KEYS-15/keeps-the-keys-for-an-empty-list',
    'an upload without one-time keys replaces none',
    {
      prekeyUpload: {
        store: (upload, shelf, scene) =>
          upload.prekeys.length > 1
            ? prekeyUpload.store(upload, shelf, scene)
            : prekeyUpload.store(joined(upload, oneTimeKeys(shelf, scene)), shelf, scene),
      },
    },
  ),
  deployedFault('RELAY-KEYS-16/refuses-an-empty-list', 'an upload needs at least one one-time key', {
    prekeyUpload: {
      read: (members, keys, bodies) =>
        Array.isArray(members['keys']) && members['keys'].length === 0
          ? incomplete('keys')
          : prekeyUpload.read(members, keys, bodies),
    },
  }),
  fault('RELAY-KEYS-17/forgets-the-number', 'the keys that were uploaded last belong to every number', {
    prekeys: { shelf: (_number, deviceId) => String(deviceId) },
  }),
  fault(
    'RELAY-KEYS-17/replaces-the-keys-of-other-devices',
    'an upload of one device removes those of others',
    {
      prekeyUpload: {
        store: (upload, shelf, scene) => [
          ...othersOf(shelf, scene),
          ...prekeyUpload.store(upload, shelf, scene),
        ],
      },
    },
  ),
  fault('RELAY-KEYS-17/forgets-the-last-digit', 'numbers that differ in their last digit share their keys', {
    prekeys: { shelf: (number, deviceId) => prekeys.shelf(number.slice(0, -1), deviceId) },
  }),
  fault(
    'RELAY-KEYS-17/shares-keys-beyond-two-devices',
    'the third device of an account has the keys of the second',
    {
      prekeys: { shelf: (number, deviceId) => prekeys.shelf(number, Math.min(deviceId, 2)) },
    },
  ),
  fault('RELAY-KEYS-18/forgets-before-it-reads', 'stored keys are removed before a body is judged', {
    prekeyUpload: { order: ['authenticate', 'forget', 'body', 'store'] },
  }),
  fault('RELAY-KEYS-23/forgets-keys-at-a-push-id', 'a device that sets a push id loses its prekeys', {
    pushIds: {
      set: (caller, channel, id) => [
        ...pushIds.set(caller, channel, id),
        {
          kind: 'prekeys-stored',
          shelf: prekeys.shelf(caller.account.number, caller.device.id),
          prekeys: [],
        },
      ],
    },
  }),
  fault(
    'RELAY-KEYS-23/forgets-keys-of-other-devices-at-a-push-id',
    'a device that sets a push id costs the other devices of its account their prekeys',
    {
      pushIds: {
        set: (caller, channel, id) => [...pushIds.set(caller, channel, id), ...keysOfOthersGone(caller)],
      },
    },
  ),
  fault(
    'RELAY-KEYS-23/forgets-keys-of-other-devices-without-a-push-id',
    'a device that takes its push id back costs the other devices of its account their prekeys',
    {
      pushIds: {
        remove: (caller, channel) => [...pushIds.remove(caller, channel), ...keysOfOthersGone(caller)],
      },
    },
  ),
]

/** The changes by which no device of the account but that one has prekeys. */
function keysOfOthersGone({ account, device }: Named): readonly RelayChange[] {
  return [...account.devices.keys()]
    .filter((id) => id !== device.id)
    .map((id) => ({ kind: 'prekeys-stored', shelf: prekeys.shelf(account.number, id), prekeys: [] }))
}

/** Each one-time key under the id of its neighbour. */
function shifted({ kind, prekeys }: PrekeyUpload): PrekeyUpload {
  const ids = prekeys.map(({ keyId }) => keyId).filter((id) => id !== LAST_RESORT_KEY_ID)
  const turned = [...ids.slice(1), ...ids.slice(0, 1)]
  return {
    kind,
    prekeys: prekeys.map((prekey, index) => ({ ...prekey, keyId: turned[index] ?? prekey.keyId })),
  }
}

function withoutLast({ kind, prekeys }: PrekeyUpload): PrekeyUpload {
  const last = prekeys.findLast(({ lastResort }) => !lastResort)
  return { kind, prekeys: prekeys.filter((prekey) => prekey !== last) }
}

function joined({ kind, prekeys }: PrekeyUpload, earlier: readonly StoredPrekey[]): PrekeyUpload {
  return { kind, prekeys: [...prekeys, ...earlier] }
}

function keeping({ kind, prekeys }: PrekeyUpload, shelf: string, scene: PrekeyUploadScene): PrekeyUpload {
  const kept = remaining(shelf, scene).find(({ lastResort }) => lastResort)
  if (kept === undefined) return { kind, prekeys }
  return { kind, prekeys: [...prekeys.filter(({ lastResort }) => !lastResort), kept] }
}

function remaining(shelf: string, { state }: PrekeyUploadScene): readonly StoredPrekey[] {
  return state.prekeys.get(shelf)?.remaining() ?? []
}

/** The keys of the other devices of the same number are removed. */
function othersOf(shelf: string, { state }: PrekeyUploadScene): readonly RelayChange[] {
  const [number = ''] = shelf.split('.')
  return [...state.prekeys.keys()]
    .filter((other) => other !== shelf && other.startsWith(`${number}.`))
    .map((other) => ({ kind: 'prekeys-stored', shelf: other, prekeys: [] }))
}

/** The ids of the keys of a shelf that are used up. */
function usedIds(shelf: string, { state }: PrekeyUploadScene): ReadonlySet<number> {
  const stored = state.prekeys.get(shelf)
  const left = new Set(stored?.remaining())
  return new Set(stored?.uploaded.filter((prekey) => !left.has(prekey)).map(({ keyId }) => keyId))
}

function oneTimeKeys(shelf: string, scene: PrekeyUploadScene): readonly StoredPrekey[] {
  return remaining(shelf, scene).filter(({ lastResort }) => !lastResort)
}
