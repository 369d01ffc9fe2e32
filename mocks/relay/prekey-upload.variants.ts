import { LAST_RESORT_KEY_ID } from '#protocol/relay/prekeys.ts'
import { decided } from '#mocks/engine/decision.ts'
import { settling } from './also-changing.ts'
import { incomplete, mistyped } from './bodies.ts'
import type { RelayChange } from './changes.ts'
import type { PrekeyUploadScene } from './prekey-upload.ts'
import type { StoredPrekey } from './prekey-queue.ts'
import { serving } from './prekey-texts.faults.ts'
import { documented } from './rulebook.ts'
import type { RelayState } from './state.ts'
import { variant, type RelayVariant } from './variant.ts'

const { prekeyUpload } = documented
const MOST_KEYS = 50

/** Relays that take prekeys otherwise and are right. */
export const PREKEY_UPLOAD_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-KEYS-01/answers-an-object',
    summary: 'an upload is answered with an empty JSON object',
    open: 'the list of what the operation returns says nothing of a body',
    patch: {
      wire: {
        fallback: ({ kind }) =>
          kind === 'stored' || kind === 'accepted' ? { kind: 'json', value: {} } : { kind: 'none' },
      },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-KEYS-05/answers-422',
    summary: 'an upload that lacks a member answers 422',
    open: '415 is listed for badly formatted JSON, and JSON that lacks a member is well formatted',
    patch: {
      status: {
        'upload-prekeys': { 'incomplete-body': 422, 'mistyped-body': 400, 'incomplete-last-resort': 422 },
      },
    },
  }),
  variant({
    id: 'RELAY-KEYS-07/refuses-ids-handed-out-before',
    summary: 'an upload of a key under an id that was handed out before answers 415',
    open: 'each prekey has a unique 24bit identifier',
    patch: settling('upload-prekeys', ['stored'], ({ decision, state }) =>
      decision.changes.some((change) => change.kind === 'prekeys-stored' && namesUsedId(change, state))
        ? decided('upload-prekeys', 'mistyped-body')
        : decision,
    ),
  }),
  variant({
    id: 'RELAY-KEYS-16/refuses-an-empty-list',
    summary: 'an upload needs at least one one-time key',
    open: 'the list is shown with keys in it only',
    dialects: ['documented'],
    patch: {
      prekeyUpload: {
        read: (members, keys, bodies) =>
          Array.isArray(members['keys']) && members['keys'].length === 0
            ? incomplete('keys')
            : prekeyUpload.read(members, keys, bodies),
      },
    },
    alone: true,
  }),
  variant({
    id: 'RELAY-KEYS-07/keeps-one-identity-key',
    summary: 'every key is served with the identity key of the last resort key',
    open: 'each client should have a single identity key',
    patch: {
      prekeyUpload: {
        store: ({ kind, prekeys }, ...rest) => {
          const identityKey = prekeys.at(-1)?.identityKey ?? ''
          return prekeyUpload.store(
            { kind, prekeys: prekeys.map((prekey) => ({ ...prekey, identityKey })) },
            ...rest,
          )
        },
      },
    },
  }),
  variant({
    id: 'RELAY-KEYS-09/keeps-the-identity-key-of-the-account',
    summary: 'all devices of an account are served with the identity key of the first',
    open: 'each client should have a single identity key, and whether a client is a device or an account is not said',
    patch: {
      prekeys: {
        entry: serving(({ prekey }, { account, scene }) => {
          const first = scene.state.prekeys.get(documented.prekeys.shelf(account.number, 1))
          return { identityKey: first?.uploaded.at(-1)?.identityKey ?? prekey.identityKey }
        }),
      },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-KEYS-13/takes-what-it-is-given',
    summary: 'neither ids nor keys of an upload are looked at',
    open: 'what a key and an id are is said to the client',
    patch: { prekeyUpload: { keys: { isKey: () => true, isKeyId: () => true } } },
  }),
  variant({
    id: 'RELAY-KEYS-15/adds-to-the-keys-before',
    summary: 'one-time keys of an upload are added to those that are left',
    open: 'whether an upload takes the place of the one before it is not said',
    patch: {
      prekeyUpload: {
        store: ({ kind, prekeys }, shelf, scene) =>
          prekeyUpload.store({ kind, prekeys: [...prekeys, ...oneTimeKeys(shelf, scene)] }, shelf, scene),
      },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-KEYS-19/takes-fifty-keys',
    summary: 'an upload of more than fifty one-time keys is refused',
    open: 'the size of an upload is not said',
    patch: {
      prekeyUpload: {
        read: (members, keys, bodies) =>
          Array.isArray(members['keys']) && members['keys'].length > MOST_KEYS
            ? mistyped('keys', `at most ${MOST_KEYS}`)
            : prekeyUpload.read(members, keys, bodies),
      },
    },
  }),
  variant({
    id: 'RELAY-KEYS-22/keeps-the-first-of-two-with-one-id',
    summary: 'of two keys with the same id in an upload the first is kept',
    open: 'that ids are unique is said to the client',
    patch: {
      prekeyUpload: {
        store: ({ kind, prekeys }, ...rest) =>
          prekeyUpload.store({ kind, prekeys: prekeys.filter(isFirstOfItsId) }, ...rest),
      },
    },
  }),
]

function isFirstOfItsId({ keyId }: StoredPrekey, index: number, all: readonly StoredPrekey[]): boolean {
  return all.findIndex((other) => other.keyId === keyId) === index
}

function oneTimeKeys(shelf: string, { state }: PrekeyUploadScene): readonly StoredPrekey[] {
  const left = state.prekeys.get(shelf)?.remaining() ?? []
  return left.filter(({ keyId }) => keyId !== LAST_RESORT_KEY_ID)
}

type PrekeysStored = Extract<RelayChange, { readonly kind: 'prekeys-stored' }>

function namesUsedId({ shelf, prekeys }: PrekeysStored, state: RelayState): boolean {
  const before = state.prekeys.get(shelf)
  const left = new Set(before?.remaining())
  const used = new Set(before?.uploaded.filter((prekey) => !left.has(prekey)).map(({ keyId }) => keyId))
  return prekeys.some(({ keyId, lastResort }) => !lastResort && used.has(keyId))
}
