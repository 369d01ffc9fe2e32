import { virtualClock } from '#mocks/edge/clock.ts'
import { seededRandom } from '#mocks/edge/seeded-random.ts'
import { decide } from '#mocks/mstore/machine.ts'
import type { StoredObject } from '#mocks/mstore/mailbox.ts'
import { objectPath } from '#mocks/mstore/object-paths.ts'
import type { MStoreDecision } from '#mocks/mstore/outcomes.ts'
import { documented, type MStorePatch } from '#mocks/mstore/rulebook.ts'
import { MStoreStore } from '#mocks/mstore/state.ts'
import { newSubscriber } from '#mocks/mstore/subscribers.ts'
import { newVoicemail, type VoicemailOrder } from '#mocks/mstore/voicemails.ts'
import { answer } from '#mocks/mstore/wire.ts'
import { patch } from '#mocks/engine/patch.ts'
import type { World } from '#mocks/engine/world.ts'
import { fromUtf8, utf8 } from '#protocol/bytes.ts'
import { makeAmr } from '#protocol/mstore/amr.ts'
import { bulkDeleteBody, bulkUpdateBody } from '#protocol/mstore/bulk-requests.ts'
import type { MStoreEndpoint } from '#protocol/mstore/endpoints.ts'
import { endpointPath, endpointTarget, QUOTA_FILTER } from '#protocol/mstore/endpoints.ts'
import { SEEN } from '#protocol/mstore/flags.ts'
import { FOLDERS, type FolderName } from '#protocol/mstore/folders.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { readObject, type ObjectReading } from '#protocol/mstore/objects.ts'
import { searchBody } from '#protocol/mstore/search.ts'
import { buildUpload, uploadRoot, type ObjectUpload } from '#protocol/mstore/upload.ts'
import { simpleUrl } from '#protocol/mstore/urls.ts'

/** Two subscribers, and one that is none. */
export const ALICE = '+15555558264'
export const BOB = '+15555559173'

/** A moment in 2024, in ms. */
export const START_MS = Date.UTC(2024, 0, 1)

export const ORIGIN = 'https://127.0.0.1:8443'

/** What an mStore answered. */
export interface Answered {
  readonly kind: MStoreDecision['outcome']['kind']
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly bytes: Uint8Array
  /** The body as JSON; null where it is none. */
  readonly json: unknown
  readonly notes: readonly string[]
}

/** What is asked besides the endpoint. */
export interface Asking {
  readonly body?: Uint8Array | string
  readonly contentType?: string | undefined
  readonly msisdn?: string
  readonly authorization?: string
}

/** The mailboxes of an mStore without a server around it, and without credentials: every request is accepted. */
export class MailboxTrial {
  readonly store = new MStoreStore()
  readonly clock = virtualClock(() => START_MS)
  readonly world: World
  readonly #rulebook

  /** What differs from the documented rulebook. */
  readonly rules: MStorePatch

  constructor(rules: MStorePatch = {}, seed = 'trial') {
    this.rules = rules
    const random = seededRandom(seed)
    this.world = { nowMs: this.clock.nowMs, randomBytes: random.bytes, randomInt: random.int }
    this.#rulebook = patch(documented, { checks: { order: ['path', 'method', 'body'] } }, rules)
    for (const msisdn of [ALICE, BOB])
      this.store.apply([{ kind: 'subscriber-stored', subscriber: newSubscriber({ msisdn }, msisdn) }])
  }

  /** Asks, makes the changes, and answers. */
  ask(method: string, endpoint: MStoreEndpoint | string, asking: Asking = {}): Answered {
    const { body = '', msisdn = ALICE, authorization } = asking
    const target = typeof endpoint === 'string' ? endpoint : endpointTarget(msisdn, endpoint)
    const request = {
      version: '1.1',
      method,
      target,
      origin: ORIGIN,
      connection: 1,
      userAgent: '3gpp-gba',
      authorization,
      contentType: 'contentType' in asking ? asking.contentType : 'application/json',
      body: typeof body === 'string' ? utf8(body) : body,
    }
    const naf = { host: '127.0.0.1', names: ['127.0.0.1'], keys: { lookup: () => undefined } }
    const { outcome, changes, notes } = decide(request, {
      state: this.store,
      rulebook: this.#rulebook,
      world: this.world,
      naf,
    })
    this.store.apply(changes)
    const reply = answer(outcome, request, this.#rulebook)
    if (reply.kind !== 'reply') throw new Error(`answer: expected a reply, got ${reply.kind}`)
    const { status, headers, body: bytes } = reply
    return { kind: outcome.kind, status, headers: new Map(headers), bytes, json: jsonOf(bytes), notes }
  }

  /** Leaves a voicemail. */
  leave(order: VoicemailOrder = {}, msisdn = ALICE): StoredObject {
    const object = newVoicemail(order, this.mailbox(msisdn), this.world)
    this.store.apply([{ kind: 'object-stored', msisdn, object }])
    return object
  }

  /** Uploads a greeting, or what else is asked for. */
  upload(over: TrialUpload = {}): Answered {
    const {
      path = FOLDERS.greetings.path,
      attributes = {},
      flags = [SEEN],
      audio = makeAmr(10),
      ...rest
    } = over
    const root = uploadRoot({ parentFolderPath: path, attributes: Object.entries(attributes), flags })
    const message = buildUpload({ root, audio, outerBoundary: 'outer', innerBoundary: 'inner', ...rest })
    return this.ask('POST', { kind: 'upload' }, message)
  }

  /** Uploads a greeting and gives it back as it is kept. */
  greeting(over: TrialUpload = {}): StoredObject {
    const answered = this.upload(over)
    const latest = this.objects('greetings').at(-1)
    if (latest === undefined) throw new Error(`upload: expected a greeting, got ${answered.status}`)
    return latest
  }

  folder(name: FolderName): Answered {
    return this.ask('GET', { kind: 'folder', folderId: FOLDERS[name].id, filter: QUOTA_FILTER })
  }

  /** The attributes of a folder by name. */
  quota(name: FolderName): ReadonlyMap<string, string> {
    const { attributes } = membersOf(membersOf(this.folder(name).json)['folder'])
    return valuesOf(membersOf(attributes)['attribute'])
  }

  /** An object as GET shows it; throws where it is not there. */
  read(object: StoredObject): ObjectReading {
    const { json, status } = this.ask('GET', { kind: 'object', objectPath: objectPath(object) })
    const reading = readObject(membersOf(json)['object'])
    if (reading.kind === 'parse-error')
      throw new Error(`object: expected one, got ${status} ${reading.reason}`)
    return reading
  }

  search(
    name: FolderName,
    over: { readonly maxEntries?: number; readonly fromCursor?: string } = {},
  ): Answered {
    const body = searchBody({ maxEntries: 100, scope: folderUrl(name), ...over })
    return this.ask('POST', { kind: 'search' }, { body: JSON.stringify(body) })
  }

  bulkUpdate(operation: string, urls: readonly string[], flags: readonly string[] = [SEEN]): Answered {
    const body = JSON.stringify(bulkUpdateBody({ urls, operation, flags }))
    return this.ask('POST', { kind: 'bulk-update' }, { body })
  }

  bulkDelete(urls: readonly string[]): Answered {
    return this.ask('DELETE', { kind: 'bulk-delete' }, { body: JSON.stringify(bulkDeleteBody(urls)) })
  }

  flag(method: 'PUT' | 'DELETE', object: StoredObject, flag: string): Answered {
    const endpoint = { kind: 'flag', objectPath: objectPath(object), flag } as const
    return this.ask(method, endpoint, { contentType: undefined })
  }

  payload(object: StoredObject, below = 'payloadParts/part1'): Answered {
    return this.ask('GET', { kind: 'object', objectPath: `${objectPath(object)}/${below}` })
  }

  mailbox(msisdn = ALICE) {
    const mailbox = this.store.mailboxes.get(msisdn)
    if (mailbox === undefined) throw new Error(`mailbox: expected that of a subscriber, got ${msisdn}`)
    return mailbox
  }

  /** The objects of a folder, in the order in which they came. */
  objects(folder: FolderName): readonly StoredObject[] {
    return [...this.mailbox().objects.values()].filter((object) => object.folder === folder)
  }
}

/** An upload; what is left out is as a well-behaved client has it. */
export interface TrialUpload extends Partial<Omit<ObjectUpload, 'root'>> {
  readonly path?: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
}

/** The simple URL of an object. */
export function objectUrl(object: Pick<StoredObject, 'folder' | 'number'>, msisdn = ALICE): string {
  return simpleUrl(ORIGIN, endpointPath(msisdn, { kind: 'object', objectPath: objectPath(object) }))
}

/** The simple URL of a folder. */
export function folderUrl(name: FolderName, msisdn = ALICE): string {
  const endpoint = { kind: 'folder', folderId: FOLDERS[name].id, filter: null } as const
  return simpleUrl(ORIGIN, endpointPath(msisdn, endpoint))
}

/** The values of a list of attributes by name. */
function valuesOf(list: unknown): ReadonlyMap<string, string> {
  const attributes = list as readonly { readonly name: string; readonly value: readonly [string] }[]
  return new Map(attributes.map(({ name, value }) => [name, value[0]]))
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes) ?? '') as unknown
  } catch {
    return null
  }
}
