import { isKeyId, LAST_RESORT_KEY_ID, parsePublicKey } from '#protocol/relay/prekeys.ts'
import { decidedBySteps } from '#mocks/engine/decision.ts'
import { type Steps } from '#mocks/engine/steps.ts'
import {
  authenticate,
  callersOnly,
  type Caller,
  type Unauthenticated,
  type AuthenticationRules,
} from './authentication.ts'
import {
  incomplete,
  isObject,
  mistyped,
  readBody,
  refuseBody,
  type BadBody,
  type BodyRules,
  type JsonMembers,
} from './bodies.ts'
import type { RelayChange } from './changes.ts'
import type { OutcomeOf } from './outcomes.ts'
import type { StoredPrekey } from './prekey-queue.ts'
import type { RelayScene } from './scene.ts'
import type { RelayDecision } from './decisions.ts'
import type { RawBody, RequestHead } from './requests.ts'
import type { PrekeyRules } from './prekeys.ts'

/** The rules that decide an upload of prekeys. */
export interface PrekeyUploadRulebook {
  readonly prekeyUpload: PrekeyUploadRules
  readonly prekeys: PrekeyRules
  readonly authentication: AuthenticationRules
  readonly bodies: BodyRules
}

/** What the rules of an upload of prekeys may read. */
export type PrekeyUploadScene = RelayScene<PrekeyUploadRulebook>

/** An upload of prekeys, its body not yet read. */
export interface UploadPrekeys extends RequestHead {
  readonly kind: 'upload-prekeys'
  readonly body: RawBody
}

/** The keys of an upload. */
export interface PrekeyUpload {
  readonly kind: 'upload'
  readonly prekeys: readonly StoredPrekey[]
}

/** Why an upload is not taken. A last resort key without all of its members stands apart (5.1). */
export type BadUpload = BadBody | { readonly kind: 'incomplete-last-resort'; readonly note: string }

/** Which of the two places of an upload a key stands in. */
export type KeyRole = 'one-time' | 'last-resort'

type KeyMember = 'keyId' | 'publicKey' | 'identityKey'

/** Which members an upload and its keys must have, and which values they may take. */
export interface KeyRules {
  readonly required: readonly ('lastResortKey' | 'keys')[]
  /** A member that is not required and missing counts as 0 or as empty text. */
  readonly requiredOfKey: Readonly<Record<KeyRole, readonly KeyMember[]>>
  readonly isKeyId: (id: number, role: KeyRole) => boolean
  readonly isKey: (text: string) => boolean
}

/** How prekeys are uploaded (relay spec, Registering prekeys). */
export interface PrekeyUploadRules {
  readonly order: readonly PrekeyUploadStep[]
  readonly keys: KeyRules
  readonly read: (members: JsonMembers, keys: KeyRules, bodies: BodyRules) => PrekeyUpload | BadUpload
  /** What the device has after an upload. */
  readonly store: (upload: PrekeyUpload, shelf: string, scene: PrekeyUploadScene) => readonly RelayChange[]
}

/** `forget` takes the device's keys away; a relay that takes this step before it has judged the body loses them. */
export type PrekeyUploadStep = 'authenticate' | 'body' | 'forget' | 'store'

/** How the relay spec takes prekeys (Registering prekeys). */
export const documentedPrekeyUpload: PrekeyUploadRules = {
  // RELAY-AUTH-07, RELAY-KEYS-18: nothing is stored, or lost, before all is checked
  order: ['authenticate', 'body', 'store'],
  keys: {
    // RELAY-KEYS-04, RELAY-KEYS-05
    required: ['lastResortKey', 'keys'],
    // RELAY-KEYS-06
    requiredOfKey: {
      'one-time': ['keyId', 'publicKey', 'identityKey'],
      'last-resort': ['keyId', 'publicKey', 'identityKey'],
    },
    // RELAY-KEYS-12, RELAY-KEYS-14: 24 bits; 0xFFFFFF is the last resort key's, always and alone
    isKeyId: (id, role) => isKeyId(id) && (id === LAST_RESORT_KEY_ID) === (role === 'last-resort'),
    // RELAY-KEYS-13
    isKey: (text) => parsePublicKey(text).kind === 'public-key',
  },
  read: readUpload,
  // RELAY-KEYS-15, E-22: what was there before is gone
  store: ({ prekeys }, shelf) => [{ kind: 'prekeys-stored', shelf, prekeys }],
}

/** Reads an upload; an empty list of keys is one (RELAY-KEYS-16). */
function readUpload(members: JsonMembers, rules: KeyRules, bodies: BodyRules): PrekeyUpload | BadUpload {
  const missing = rules.required.find((name) => bodies.isMissing(members[name]))
  if (missing !== undefined) return incomplete(missing)
  const { lastResortKey, keys } = members
  const oneTime = bodies.isMissing(keys) ? [] : keys
  if (!Array.isArray(oneTime)) return mistyped('keys', 'an array')
  const lastResort = bodies.isMissing(lastResortKey) ? [] : [lastResortKey]
  const prekeys: StoredPrekey[] = []
  for (const [value, role] of [
    ...oneTime.map((key: unknown) => [key, 'one-time'] as const),
    ...lastResort.map((key) => [key, 'last-resort'] as const),
  ]) {
    const read = readKey(value, role, { rules, bodies })
    if (read.kind !== 'key') return read
    prekeys.push(read.prekey)
  }
  return { kind: 'upload', prekeys }
}

interface KeyReading {
  readonly rules: KeyRules
  readonly bodies: BodyRules
}

type OneKey = { readonly kind: 'key'; readonly prekey: StoredPrekey } | BadUpload

function readKey(value: unknown, role: KeyRole, { rules, bodies }: KeyReading): OneKey {
  if (!isObject(value)) return mistyped(memberOf[role], 'a key with its members')
  const missing = rules.requiredOfKey[role].find((name) => bodies.isMissing(value[name]))
  if (missing !== undefined) return incompleteKey(missing, role)
  const given = (name: KeyMember): unknown => (bodies.isMissing(value[name]) ? undefined : value[name])
  const keyId = bodies.integer(given('keyId') ?? 0)
  if (keyId === undefined || !rules.isKeyId(keyId, role)) return mistyped('keyId', keyIdOf[role])
  const publicKey = bodies.text(given('publicKey') ?? '')
  if (publicKey === undefined || !rules.isKey(publicKey)) return mistyped('publicKey', KEY)
  const identityKey = bodies.text(given('identityKey') ?? '')
  if (identityKey === undefined || !rules.isKey(identityKey)) return mistyped('identityKey', KEY)
  return { kind: 'key', prekey: { keyId, publicKey, identityKey, lastResort: role === 'last-resort' } }
}

const KEY = 'Base64 of 33 bytes of which the first is 5'
const memberOf = { 'one-time': 'keys', 'last-resort': 'lastResortKey' } as const
const keyIdOf = { 'one-time': '0 to 16777214', 'last-resort': '16777215' } as const

function incompleteKey(member: string, role: KeyRole): BadUpload {
  const { note } = incomplete(`${memberOf[role]}: ${member}`)
  return { kind: role === 'one-time' ? 'incomplete-body' : 'incomplete-last-resort', note }
}

/** What an upload is judged by: everything is read beforehand, judged in the order of the rulebook. */
interface UploadContext {
  readonly caller: Caller | Unauthenticated
  readonly read: PrekeyUpload | BadUpload
  readonly scene: PrekeyUploadScene
}

type PrekeyUploadKind = OutcomeOf<'upload-prekeys'>

const steps: Steps<PrekeyUploadStep, UploadContext, PrekeyUploadKind, RelayChange> = {
  authenticate: ({ caller }) => callersOnly(caller),
  body: ({ read }) => (read.kind === 'upload' ? { kind: 'passed' } : refuseBody(read)),
  forget: ({ caller, scene }) =>
    caller.kind === 'caller'
      ? { kind: 'passed', changes: [{ kind: 'prekeys-stored', shelf: shelfOf(caller, scene), prekeys: [] }] }
      : callersOnly(caller),
  store: ({ caller, read, scene }) => {
    if (caller.kind !== 'caller') return callersOnly(caller)
    if (read.kind !== 'upload') return refuseBody(read)
    const changes = scene.rulebook.prekeyUpload.store(read, shelfOf(caller, scene), scene)
    return { kind: 'passed', changes, notes: remarks(read.prekeys) }
  },
}

/** RELAY-KEYS-17: an upload is for the caller's own device. */
function shelfOf({ account, device }: Caller, { rulebook }: PrekeyUploadScene): string {
  return rulebook.prekeys.shelf(account.number, device.id)
}

/** What a correct client does not do, and a relay takes (RELAY-KEYS-20, RELAY-KEYS-21). */
function remarks(prekeys: readonly StoredPrekey[]): readonly string[] {
  const ids = new Set(prekeys.map(({ keyId }) => keyId)).size
  const identities = new Set(prekeys.map(({ identityKey }) => identityKey)).size
  return [
    ...(ids === prekeys.length ? [] : [`keyId: expected ${prekeys.length} different ids, got ${ids}`]),
    ...(identities <= 1 ? [] : [`identityKey: expected one, got ${identities}`]),
  ]
}

/** Decides an upload of prekeys. */
export function decidePrekeyUpload(event: UploadPrekeys, scene: PrekeyUploadScene): RelayDecision {
  const { prekeyUpload, bodies } = scene.rulebook
  const operation = 'upload-prekeys'
  const body = readBody(event.body, bodies, operation)
  const read = body.kind === 'object' ? prekeyUpload.read(body.members, prekeyUpload.keys, bodies) : body
  const caller = authenticate(event.authorization, operation, scene)
  return decidedBySteps(operation, 'stored', {
    order: prekeyUpload.order,
    steps,
    context: { caller, read, scene },
  })
}
