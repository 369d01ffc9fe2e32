import { toHex } from '#protocol/bytes.ts'
import { decidedBySteps } from '#mocks/engine/decision.ts'
import type { Content } from '#mocks/engine/reply.ts'
import { type Steps } from '#mocks/engine/steps.ts'
import {
  authenticate,
  callersOnly,
  type Caller,
  type Unauthenticated,
  type AuthenticationRules,
} from './authentication.ts'
import type { Attachment } from './blob-store.ts'
import type { RelayChange } from './changes.ts'
import { limit, type LimitRules } from './limits.ts'
import type { OutcomeOf } from './outcomes.ts'
import type { RelayScene } from './scene.ts'
import type { RelayDecision } from './decisions.ts'
import type { RequestHead } from './requests.ts'

/** The rules that decide an attachment. */
export interface AttachmentRulebook {
  readonly attachments: AttachmentRules
  readonly authentication: AuthenticationRules
  readonly limits: LimitRules
}

/** What the rules of attachments may read. */
export type AttachmentScene = RelayScene<AttachmentRulebook>

/** `origin` is how the client knows this server: scheme, host and port, without a slash at the end. */
export interface AllocateAttachment extends RequestHead {
  readonly kind: 'allocate-attachment'
  readonly origin: string
}

/** A request for the location of an attachment. */
export interface RetrieveAttachment extends RequestHead {
  readonly kind: 'retrieve-attachment'
  readonly id: string
  readonly origin: string
}

/** Where a blob lies: the origin by which the client knows this server, and the last part of the path. */
export interface BlobPlace {
  readonly origin: string
  readonly key: string
}

/** How places for attachments are given out and found again (relay spec, Allocating, Retrieving an attachment). */
export interface AttachmentRules {
  readonly allocationOrder: readonly AllocationStep[]
  readonly retrievalOrder: readonly RetrievalStep[]
  /** A new id, as decimal digits. */
  readonly drawId: (caller: Caller, scene: AttachmentScene) => string
  readonly drawKey: (scene: AttachmentScene) => string
  /** The URL of a blob. */
  readonly location: (place: BlobPlace) => string
  readonly allocated: (attachment: Attachment, location: string) => Content
  readonly isId: (text: string) => boolean
  /** The attachment of an id; undefined where there is none. */
  readonly find: (id: string, scene: AttachmentScene) => Attachment | undefined
  readonly mayRetrieve: (caller: Caller, attachment: Attachment) => boolean
  readonly retrieved: (location: string, attachment: Attachment, scene: AttachmentScene) => Content
}

/** The checks of an allocation, and the allocation itself. */
export type AllocationStep = 'authenticate' | 'limit' | 'allocate'
/** The checks of a retrieval, and its answer. */
export type RetrievalStep = 'authenticate' | 'limit' | 'id' | 'attachment' | 'answer'

/** Where the mock serves blobs; outside the paths of the protocol (E-42). */
export const BLOB_PATH = '/blobs/'

const KEY_BYTES = 16
const NEAR_2_62 = 2n ** 62n
const ID_RANGE = 2 ** 40

/** How the relay spec allocates and retrieves attachments (Attachments). */
export const documentedAttachments: AttachmentRules = {
  // RELAY-AUTH-07; the relay spec's 413 comes before anything is allocated (RELAY-ATTACHMENT-06)
  allocationOrder: ['authenticate', 'limit', 'allocate'],
  // RELAY-ATTACHMENT-10, E-41
  retrievalOrder: ['authenticate', 'limit', 'id', 'attachment', 'answer'],
  // RELAY-ATTACHMENT-03, RELAY-ATTACHMENT-04: 63 bits, odd, so that no double holds it (5.17)
  drawId: (_caller, scene) => {
    let id: string
    do id = String(NEAR_2_62 + BigInt(scene.world.randomInt(0, ID_RANGE)) * 2n + 1n)
    while (scene.state.blobs.byId(id) !== undefined)
    return id
  },
  // E-42: unguessable
  drawKey: ({ world }) => toHex(world.randomBytes(KEY_BYTES)),
  // RELAY-ATTACHMENT-02
  location: ({ origin, key }) => `${origin}${BLOB_PATH}${key}`,
  // RELAY-ATTACHMENT-01, E-40
  allocated: ({ id }, location) => ({ kind: 'json', value: { id, location } }),
  // RELAY-ATTACHMENT-16
  isId: (text) => /^\d{1,20}$/.test(text),
  // RELAY-ATTACHMENT-15, E-44
  find: (id, { state }) => state.blobs.byId(id),
  // RELAY-ATTACHMENT-12
  mayRetrieve: () => true,
  // RELAY-ATTACHMENT-08
  retrieved: (location) => ({ kind: 'json', value: { location } }),
}

interface Allocation {
  readonly caller: Caller | Unauthenticated
  readonly origin: string
  readonly scene: AttachmentScene
}

const allocationSteps: Steps<AllocationStep, Allocation, OutcomeOf<'allocate-attachment'>, RelayChange> = {
  authenticate: ({ caller }) => callersOnly(caller),
  limit: ({ caller, scene }) =>
    caller.kind === 'caller'
      ? limit('attachments', { number: caller.account.number }, scene)
      : callersOnly(caller),
  allocate: ({ caller, origin, scene }) => {
    if (caller.kind !== 'caller') return callersOnly(caller)
    const { drawId, drawKey, location, allocated } = scene.rulebook.attachments
    const owner = caller.account.number
    const attachment = { id: drawId(caller, scene), key: drawKey(scene), owner }
    const content = allocated(attachment, location({ origin, key: attachment.key }))
    return { kind: 'passed', content, changes: [{ kind: 'attachment-allocated', attachment }] }
  },
}

/** Decides a request for a place for an attachment. */
export function decideAllocation(
  { authorization, origin }: AllocateAttachment,
  scene: AttachmentScene,
): RelayDecision {
  const operation = 'allocate-attachment'
  const caller = authenticate(authorization, operation, scene)
  const order = scene.rulebook.attachments.allocationOrder
  const allocation = { caller, origin, scene }
  return decidedBySteps(operation, 'allocated', {
    order,
    steps: allocationSteps,
    context: allocation,
  })
}

interface Retrieval extends Allocation {
  readonly id: string
}

const retrievalSteps: Steps<RetrievalStep, Retrieval, OutcomeOf<'retrieve-attachment'>, RelayChange> = {
  authenticate: ({ caller }) => callersOnly(caller),
  limit: ({ caller, scene }) =>
    caller.kind === 'caller'
      ? limit('retrievals', { number: caller.account.number }, scene)
      : callersOnly(caller),
  id: ({ id, scene }) =>
    scene.rulebook.attachments.isId(id)
      ? { kind: 'passed' }
      : { kind: 'refused', as: 'malformed-id', notes: ['id: expected decimal digits'] },
  attachment: ({ id, caller, scene }) => {
    const { find, mayRetrieve } = scene.rulebook.attachments
    const attachment = find(id, scene)
    if (attachment === undefined) return { kind: 'refused', as: 'unknown-attachment' }
    return caller.kind !== 'caller' || mayRetrieve(caller, attachment)
      ? { kind: 'passed' }
      : { kind: 'refused', as: 'forbidden-attachment' }
  },
  answer: ({ id, origin, scene }) => {
    const { find, location, retrieved } = scene.rulebook.attachments
    const attachment = find(id, scene)
    if (attachment === undefined) return { kind: 'refused', as: 'unknown-attachment' }
    const { key } = attachment
    return { kind: 'passed', content: retrieved(location({ origin, key }), attachment, scene) }
  },
}

/** Decides the retrieval of an attachment: where its blob lies. */
export function decideRetrieval(
  { id, authorization, origin }: RetrieveAttachment,
  scene: AttachmentScene,
): RelayDecision {
  const operation = 'retrieve-attachment'
  const caller = authenticate(authorization, operation, scene)
  const order = scene.rulebook.attachments.retrievalOrder
  const retrieval = { id, caller, origin, scene }
  return decidedBySteps(operation, 'located', {
    order,
    steps: retrievalSteps,
    context: retrieval,
  })
}
