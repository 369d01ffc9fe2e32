import { deriveKsNaf, MSTORE_UA_PROTOCOL, nafId } from '#protocol/gba/key-derivation.ts'
import { digestPassword } from '#protocol/mstore/digest-challenge.ts'
import { isObject } from '#protocol/mstore/members.ts'
import type { BsfSettings, ChallengeFault } from '#mocks/bsf/settings.ts'
import { ControlError, controlRouter, jsonObject, queryText, text, wholeNumber } from '#mocks/edge/control.ts'
import type { Router } from '#mocks/edge/router.ts'
import { sendJson } from '#mocks/edge/send.ts'
import type { Json } from '#mocks/engine/reply.ts'
import type { MStoreControlled } from './assemble.ts'
import { shownVoicemail, voicemailOrder } from './control-voicemails.ts'
import type { StoredMailbox } from './mailbox.ts'
import type { MStore } from './mstore.ts'
import { drawMsisdn, newIsim, newSubscriber, SAMPLE_QUOTAS, shownIsim } from './subscribers.ts'
import { newVoicemail } from './voicemails.ts'

type Members = Readonly<Record<string, unknown>>

/** The control plane of an mStore: what every mock has, and subscribers, voicemails, credentials and limits. */
export function createMStoreControl(mStore: MStore, controlled: MStoreControlled, bsf: Parts['bsf']): Router {
  const router = controlRouter(controlled)
  const { store } = mStore
  addSubscribers(router, { mStore, controlled, bsf })
  addBsf(router, mStore, controlled)

  router.post('/credentials', async (request, response) => {
    sendJson(response, 201, credentialsOf(await jsonObject(request), mStore, controlled))
  })

  router.post('/voicemails', async (request, response) => {
    const body = await jsonObject(request)
    const mailbox = mailboxOf(body, mStore)
    const voicemail = newVoicemail(voicemailOrder(body), mailbox, controlled.world)
    const { msisdn } = mailbox.subscriber
    store.apply([{ kind: 'object-stored', msisdn, object: voicemail }])
    sendJson(response, 201, shownVoicemail(voicemail))
  })

  router.put('/quotas', async (request, response) => {
    const { msisdn, ...quotas } = await jsonObject(request)
    const { subscriber } = mailboxOf({ msisdn }, mStore)
    const changed = new Map([...subscriber.quotas, ...quotasOf(quotas)])
    store.apply([{ kind: 'subscriber-stored', subscriber: { ...subscriber, quotas: changed } }])
    sendJson(response, 204)
  })

  return router
}

interface Parts {
  readonly mStore: MStore
  readonly controlled: MStoreControlled
  /** Where the bootstrapping server is, for cards. */
  readonly bsf: { readonly url: string; readonly fqdn: string }
}

function addSubscribers(router: Router, { mStore: { store }, controlled, bsf }: Parts): void {
  const { naf, world } = controlled
  router.post('/subscribers', async (request, response) => {
    const body = await jsonObject(request)
    const msisdn = body['msisdn'] === undefined ? drawMsisdn(store.mailboxes, world) : msisdnOf(body)
    if (store.mailboxes.has(msisdn)) {
      throw new ControlError(409, `msisdn: expected one that is no subscriber yet, got ${msisdn}`)
    }
    const isim = newIsim(store.mailboxes.size + 1, world)
    const subscriber = newSubscriber(
      {
        msisdn,
        pin: body['pin'] === undefined ? undefined : text(body, 'pin'),
        quotas: quotasOf(membersOf(body, 'quotas')),
        profile: textsOf(membersOf(body, 'profile')),
      },
      isim.impi,
    )
    controlled.bsf.add({ ...isim, number: msisdn })
    store.apply([{ kind: 'subscriber-stored', subscriber }])
    const pin = subscriber.pin.current
    sendJson(response, 201, { msisdn, pin, isim: shownIsim(isim), bsf, naf })
  })

  router.get('/subscribers', (request, response) => {
    const msisdn = queryText(request, 'msisdn')
    const mailboxes =
      msisdn === undefined ? [...store.mailboxes.values()] : [store.mailboxes.get(msisdn) ?? []].flat()
    sendJson(response, 200, { subscribers: mailboxes.map(shownMailbox) })
  })
}

/** The bootstrapping server: how it treats a subscriber, and what it has done. */
function addBsf(router: Router, mStore: MStore, { bsf }: MStoreControlled): void {
  router.put('/bsf', async (request, response) => {
    const body = await jsonObject(request)
    const impi = body['msisdn'] === undefined ? null : mailboxOf(body, mStore).subscriber.impi
    bsf.configure(impi, bsfSettings(body))
    sendJson(response, 204)
  })

  router.get('/bootstraps', (request, response) => {
    const msisdn = queryText(request, 'msisdn')
    const impi = msisdn === undefined ? undefined : mailboxOf({ msisdn }, mStore).subscriber.impi
    const bootstraps = bsf
      .bootstraps(impi)
      .map(({ number, btid, at, expiresAt, inside }) => ({ msisdn: number, btid, at, expiresAt, inside }))
    sendJson(response, 200, { bootstraps })
  })
}

function bsfSettings(body: Members): BsfSettings {
  const { lifetimeMs, fault, next } = body
  return {
    ...(lifetimeMs === undefined
      ? {}
      : { lifetimeMs: lifetimeMs === null ? null : wholeNumber(body, 'lifetimeMs', 0) }),
    ...(fault === undefined ? {} : { fault: challengeFault(fault) }),
    ...(next === undefined ? {} : { next: next === null ? null : wholeNumber(body, 'next', 1) }),
  }
}

function challengeFault(value: unknown): ChallengeFault | null {
  if (value === null || value === 'wrong-mac' || value === 'old-sqn') return value
  throw new ControlError(400, 'fault: expected wrong-mac, old-sqn or null')
}

function shownMailbox({ subscriber: { msisdn, impi, pin }, objects }: StoredMailbox): Json {
  const voicemails = [...objects.values()].filter(({ folder }) => folder === 'voicemails').length
  return { msisdn, impi, pin: pin.current, voicemails, greetings: objects.size - voicemails }
}

/** A bootstrap done inside, for clients that cannot do it. */
function credentialsOf(body: Members, mStore: MStore, { bsf, naf }: MStoreControlled): Json {
  const { subscriber } = mailboxOf(body, mStore)
  const lifetimeMs = body['lifetimeMs'] === undefined ? undefined : wholeNumber(body, 'lifetimeMs', 0)
  const host = body['naf'] === undefined ? naf : text(body, 'naf')
  const { btid, expiresAt, ...key } = bsf.bootstrapInside(subscriber.impi, lifetimeMs)
  const password = digestPassword(deriveKsNaf({ ...key, nafId: nafId(host, MSTORE_UA_PROTOCOL) }))
  return { username: btid, password, expiresAt }
}

function mailboxOf(body: Members, { store }: MStore): StoredMailbox {
  const mailbox = store.mailboxes.get(text(body, 'msisdn'))
  if (mailbox === undefined) throw new ControlError(404, 'msisdn: expected that of a subscriber')
  return mailbox
}

function msisdnOf(body: Members): string {
  const msisdn = text(body, 'msisdn')
  if (/^\+[1-9][0-9]{1,14}$/.test(msisdn)) return msisdn
  throw new ControlError(
    400,
    `msisdn: expected + and at most 15 digits, got ${JSON.stringify(msisdn.slice(0, 40))}`,
  )
}

function membersOf(body: Members, name: string): Members {
  const value = body[name] ?? {}
  if (!isObject(value)) throw new ControlError(400, `${name}: expected an object`)
  return value
}

function textsOf(members: Members): ReadonlyMap<string, string> {
  return new Map(Object.keys(members).map((name) => [name, text(members, name)]))
}

function quotasOf(members: Members): ReadonlyMap<string, number> {
  const stray = Object.keys(members).find((name) => !SAMPLE_QUOTAS.has(name))
  if (stray !== undefined) {
    const known = [...SAMPLE_QUOTAS.keys()].join(', ')
    throw new ControlError(400, `quotas: expected ${known}, got ${JSON.stringify(stray.slice(0, 40))}`)
  }
  return new Map(Object.keys(members).map((name) => [name, wholeNumber(members, name, 0)]))
}
