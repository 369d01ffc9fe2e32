import { FIRST_DEVICE } from '#protocol/relay/credentials.ts'
import { decodeBase64, encodeBase64 } from '#protocol/base64.ts'
import { counting } from '#mocks/engine/memory.ts'
import { alsoChanging } from './also-changing.ts'
import { documented } from './rulebook.ts'
import type { Account } from './entities.ts'
import { variant, type RelayVariant } from './variant.ts'

const { codes, confirmation, prekeys, prekeyUpload } = documented
const ATTEMPTS = 3

/** Relays that keep, forget and choose otherwise what their clients gave them, and are right. */
export const LIFE_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-CODE-12/keeps-every-code',
    summary: 'every code that was sent to a number confirms it, until one does',
    open: 'nothing says that a second code takes the place of the first',
    patch: {
      codes: {
        issue: (issued, scene) =>
          codes
            .issue(issued, scene)
            .map((change) =>
              change.kind === 'code-pending'
                ? { ...change, code: `${scene.state.pendingCodes.get(change.number) ?? ''} ${change.code}` }
                : change,
            ),
      },
      confirmation: {
        matches: (given, number, pending) =>
          given !== '' && (pending.get(number) ?? '').split(' ').includes(given),
      },
    },
    areas: ['RELAY-VERIFY'],
    alone: true,
  }),
  variant({
    id: 'RELAY-VERIFY-22/voids-a-code-after-three',
    summary: 'a code is void once three others were tried for its number',
    open: 'how long a code holds is not said',
    patch: voidingCodes(),
    areas: ['RELAY-CODE'],
    alone: true,
  }),
  variant({
    id: 'RELAY-KEYS-23/forgets-prekeys-of-the-earlier-install',
    summary: 'a number that is registered again has no prekeys',
    open: 'nothing says that prekeys outlive the install that has their private halves',
    patch: {
      confirmation: {
        store: (account, scene) => [
          ...confirmation.store(account, scene),
          {
            kind: 'prekeys-stored',
            shelf: prekeys.shelf(account.number, FIRST_DEVICE),
            prekeys: [],
          },
        ],
      },
    },
    areas: ['RELAY-VERIFY', 'RELAY-PREKEY'],
    alone: true,
  }),
  variant({
    id: 'RELAY-VERIFY-27/keeps-push-ids-and-devices',
    summary: 'a number that is registered again keeps its push id and its further devices',
    open: 'nothing says what of an earlier registration remains',
    dialects: ['documented'],
    patch: {
      confirmation: {
        account: (registration, previous) => heir(confirmation.account(registration, previous), previous),
      },
    },
    areas: ['RELAY-PUSHID', 'RELAY-AUTH', 'RELAY-MESSAGE', 'RELAY-PUSH'],
    alone: true,
  }),
  variant({
    id: 'RELAY-KEYS-08/writes-keys-again',
    summary: 'keys are taken with padding, kept as bytes, and served without it',
    open: 'that keys have no padding binds the client',
    patch: {
      prekeyUpload: {
        keys: { isKey: (text) => prekeyUpload.keys.isKey(text.replace(/=+$/, '')) },
        store: (upload, shelf, scene) =>
          prekeyUpload.store(
            {
              ...upload,
              prekeys: upload.prekeys.map(({ publicKey, identityKey, ...others }) => ({
                ...others,
                publicKey: unpadded(publicKey),
                identityKey: unpadded(identityKey),
              })),
            },
            shelf,
            scene,
          ),
      },
    },
    areas: ['RELAY-PREKEY'],
  }),
  variant({
    id: 'RELAY-PREKEY-07/picks-anywhere',
    summary: 'which one-time key is handed out follows no order',
    open: 'which of the keys is handed out is not said',
    patch: {
      prekeys: {
        choose: (all) => {
          const oneTime = all.remaining().filter(({ lastResort }) => !lastResort)
          const picked =
            oneTime[(oneTime.length * STRIDE) % Math.max(1, oneTime.length - 1)] ?? all.remaining().at(-1)
          return picked === undefined ? [] : [picked]
        },
      },
    },
    areas: ['RELAY-KEYS'],
    alone: true,
  }),
  variant({
    id: 'RELAY-PREKEY-08/refuses-what-would-be-incomplete',
    summary: 'a star is refused while one of the devices has no keys',
    open: 'nothing says what is answered where a device has no keys',
    patch: {
      prekeys: {
        devices: (asking) => {
          const devices = prekeys.devices(asking)
          const { account, scene } = asking
          const hasKeys = devices.every(
            ({ id }) => (scene.state.prekeys.get(prekeys.shelf(account.number, id))?.size ?? 0) > 0,
          )
          return asking.asked !== 'all' || hasKeys ? devices : []
        },
      },
    },
    areas: ['RELAY-KEYS'],
    alone: true,
  }),
  variant({
    id: 'RELAY-PUSHID-19/gives-an-id-to-its-last-owner',
    summary: 'a push id that a device submits is taken from every other device',
    open: 'a push id is that of one install; nothing says what becomes of it at another',
    patch: alsoChanging('set-push-id', ['stored'], ({ decision, state }) => {
      const [stored] = decision.changes.flatMap((change) => (change.kind === 'device-stored' ? change : []))
      if (stored === undefined) return []
      const { gcmId, apnId, id } = stored.device
      return [...state.accounts.values()].flatMap(({ number, devices }) =>
        [...devices.values()]
          .filter((device) => number !== stored.number || device.id !== id)
          .filter((device) => (device.gcmId ?? device.apnId) === (gcmId ?? apnId))
          .map(
            (device) =>
              ({ kind: 'device-stored', number, device: { ...device, gcmId: null, apnId: null } }) as const,
          ),
      )
    }),
    areas: ['RELAY-MESSAGE', 'RELAY-PUSH'],
    alone: true,
  }),
  variant({
    id: 'RELAY-PUSHID-01/serves-printed-paths-alone',
    summary:
      'a path with a slash at its end in the specification is not there without one, and the other way round',
    open: 'the specification prints each path in one way',
    patch: {
      consequences: {
        settled: (decision, { target }) => {
          const path = target.split('?')[0] ?? ''
          const isPrinted = /^\/v1\/(?:accounts\/(?:apn|gcm)|keys|attachments)\/?$/.test(path)
            ? path.endsWith('/')
            : !path.endsWith('/')
          return isPrinted
            ? decision
            : {
                ...decision,
                outcome: { ...decision.outcome, kind: 'not-found', content: { kind: 'none' } },
                changes: [],
              }
        },
      },
    },
    areas: ['RELAY-KEYS', 'RELAY-ATTACHMENT', 'RELAY-ENCODING'],
    alone: true,
  }),
]

const STRIDE = 7

function voidingCodes() {
  const triesOf = counting()
  return alsoChanging('confirm-code', ['wrong-code'], ({ event, state }) => {
    const credentials = documented.authentication.read(event.authorization, 'confirm-code')
    if (credentials.kind !== 'credentials') return []
    const { number } = credentials
    const code = state.pendingCodes.get(number) ?? ''
    return triesOf(state, `${number} ${code}`) < ATTEMPTS ? [] : [{ kind: 'code-used', number }]
  })
}

function heir(account: Account, previous: Account | undefined): Account {
  const first = account.devices.get(FIRST_DEVICE)
  const former = previous?.devices.get(FIRST_DEVICE)
  if (previous === undefined || first === undefined || former === undefined) return account
  const { gcmId, apnId } = former
  return { ...account, devices: new Map(previous.devices).set(FIRST_DEVICE, { ...first, gcmId, apnId }) }
}

function unpadded(text: string): string {
  const read = decodeBase64(text)
  return read.kind === 'decoded' ? encodeBase64(read.bytes, { padded: false }) : text
}
