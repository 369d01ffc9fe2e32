import { virtualClock } from '#mocks/edge/clock.ts'
import { seededRandom } from '#mocks/edge/seeded-random.ts'
import { decide } from '#mocks/relay/machine.ts'
import { documented, type RelayRulebookPatch } from '#mocks/relay/rulebook.ts'
import { RelayStore } from '#mocks/relay/state.ts'
import { patch } from '#mocks/engine/patch.ts'
import { encodeBase64 } from '#protocol/base64.ts'
import { utf8 } from '#protocol/bytes.ts'
import { basicAuthorization } from '#protocol/relay/credentials.ts'
import type { RawBody } from '#mocks/relay/requests.ts'
import type { RelayEvent } from '#mocks/relay/operations.ts'
import type { RelayDecision } from '#mocks/relay/decisions.ts'
import type { Channel } from '#mocks/relay/entities.ts'

/** Four numbers that may be registered, and one that never is. */
export const ALICE = '+14155550100'
export const BOB = '+14155550101'
export const CAROL = '+447700900123'
export const UNREGISTERED = '+14155550199'

/** A moment in 2014, in ms. */
export const START_MS = 1_400_000_000_000

/** The password of a number's first device in these trials. */
function passwordOf(number: string): string {
  return `password${number.slice(-8)}`
}

/** The Authorization header of a number's first device. */
export function authorizationOf(number: string, password = passwordOf(number)): string {
  return basicAuthorization({ username: number, password })
}

/** A signaling key whose bytes are not those of another number's. */
export function signalingKeyOf(number: string): Uint8Array {
  return Uint8Array.from({ length: 52 }, (_, index) => (index * 5 + Number(number.slice(-3))) % 256)
}

/** A JSON body as it comes from a well-behaved client. */
export function jsonBody(value: unknown): RawBody {
  return textBody(JSON.stringify(value))
}

/** A body typed application/json, whatever it holds. */
export function textBody(text: string, contentType: string | undefined = 'application/json'): RawBody {
  return { contentType, bytes: utf8(text) }
}

/** A message as a client submits it, to one device. */
export function message(over: Readonly<Record<string, unknown>> = {}) {
  return {
    type: 1,
    destinationDeviceId: 1,
    destinationRegistrationId: 101,
    body: 'Zm9vYmFyeg',
    timestamp: '1400000000123',
    ...over,
  }
}

/** The registrationId that `register` gives a number. */
export function registrationIdOf(number: string): number {
  return 100 + Number(number.slice(-1))
}

/** A relay without a server around it: its requests are events, its time is moved by hand. */
export class Trial {
  readonly store = new RelayStore()
  readonly clock = virtualClock(() => START_MS)
  readonly #random: ReturnType<typeof seededRandom>
  readonly #rulebook

  constructor(rules: RelayRulebookPatch = {}, seed = 'trial') {
    this.#random = seededRandom(seed)
    this.#rulebook = patch(documented, rules)
  }

  /** Decides a request and makes its changes. */
  decide(event: RelayEvent): RelayDecision {
    const world = { nowMs: this.clock.nowMs, randomBytes: this.#random.bytes, randomInt: this.#random.int }
    const decision = decide(event, { state: this.store, rulebook: this.#rulebook, world })
    this.store.apply(decision.changes)
    return decision
  }

  /** What a request comes to. */
  kind(event: RelayEvent): RelayDecision['outcome']['kind'] {
    return this.decide(event).outcome.kind
  }

  requestCode(number: string, transport = 'sms') {
    return this.kind({ kind: 'request-code', target: '', authorization: undefined, number, transport })
  }

  /** The code that now confirms a number; empty where there is none. */
  code(number: string): string {
    return this.store.pendingCodes.get(number) ?? ''
  }

  confirm(number: string, over: Partial<Extract<RelayEvent, { kind: 'confirm-code' }>> = {}) {
    return this.kind({
      kind: 'confirm-code',
      target: '',
      path: 'accounts',
      code: this.code(number),
      authorization: authorizationOf(number),
      body: jsonBody(attributesOf(number)),
      ...over,
    })
  }

  /** Submits a push id written as `addressees` shows it: `gcm:ID` or `apn:ID`. */
  setPushId(number: string, address: string, authorization = authorizationOf(number)) {
    const channel: Channel = address.startsWith('gcm:') ? 'gcm' : 'apn'
    const body = jsonBody({ [`${channel}RegistrationId`]: address.slice(4) })
    return this.kind({ kind: 'set-push-id', target: '', channel, authorization, body })
  }

  removePushId(number: string, channel: Channel, authorization = authorizationOf(number)) {
    const body = { contentType: undefined, bytes: new Uint8Array() }
    return this.kind({ kind: 'remove-push-id', target: '', channel, authorization, body })
  }

  /** Confirms a number and gives it a GCM id `gcm NUMBER`. */
  register(...numbers: readonly string[]): this {
    for (const number of numbers) {
      this.requestCode(number)
      this.confirm(number)
      this.setPushId(number, `gcm:gcm ${number}`)
    }
    return this
  }

  /** Adds device 2 to a number, reachable under `gcm 2 NUMBER`. */
  addDevice(number: string, registrationId: number): this {
    const signalingKey = encodeBase64(
      signalingKeyOf(number).map((byte) => byte ^ 0xff),
      { padded: true },
    )
    const device = {
      id: 2,
      password: 'second',
      signalingKey,
      registrationId,
      gcmId: `gcm 2 ${number}`,
      apnId: null,
    }
    const account = this.store.accounts.get(number)
    if (account === undefined) throw new Error(`number: expected one that is registered, got ${number}`)
    this.store.apply(this.#rulebook.provisioning.stored(account, device))
    return this
  }

  /** Submits messages and returns the outcome. */
  submit(
    destination: string,
    messages: unknown,
    over: Partial<Extract<RelayEvent, { kind: 'submit-messages' }>> = {},
  ) {
    const body = jsonBody({ messages })
    const authorization = authorizationOf(ALICE)
    return this.decide({ kind: 'submit-messages', target: '', destination, authorization, body, ...over })
      .outcome
  }

  /** Where the pushes of a number went, in order. */
  addressees(number: string): readonly string[] {
    return this.store.pushes.to(number).map(({ channel, to }) => `${channel}:${to}`)
  }
}

/** What a number says of itself at confirmation. */
export function attributesOf(number: string) {
  return {
    signalingKey: encodeBase64(signalingKeyOf(number), { padded: true }),
    supportsSms: false,
    registrationId: registrationIdOf(number),
  }
}
