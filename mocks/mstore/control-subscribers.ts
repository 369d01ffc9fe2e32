import { ControlError } from '#mocks/edge/control/control-error.ts'
import type { ControlQuery, ControlRoutes } from '#mocks/edge/control/control-route.ts'
import type { MStoreControlled } from './assemble.ts'
import { addMStoreData, type MStoreData } from './control-data.ts'
import type { StoredMailbox } from './mailbox.ts'
import type { MStore } from './mstore.ts'
import { drawMsisdn, newIsim, newSubscriber, shownIsim } from './subscribers.ts'

type QuotaFigures = Readonly<Record<string, number>>

interface SubscriberWishes {
  readonly msisdn?: string
  readonly pin?: string
  readonly quotas?: QuotaFigures | null
  readonly profile?: Readonly<Record<string, string>> | null
}

/** Subscribers and the limits of their mailboxes. */
export function subscriberRoutes(
  mStore: MStore,
  controlled: MStoreControlled,
  bsf: { readonly url: string; readonly fqdn: string },
) {
  const { store } = mStore
  return {
    'POST /subscribers': {
      does: 'makes a subscriber with a card: {msisdn?, pin?, quotas?, profile?}',
      takes: 'new-subscriber',
      gives: 'subscriber',
      status: 201,
      answer: (wishes: SubscriberWishes) => {
        const { msisdn, pin, isim } = madeSubscriber(wishes, mStore, controlled)
        return { msisdn, pin, isim: shownIsim(isim), bsf, naf: controlled.naf }
      },
    },
    'POST /seed': {
      does: 'adds subscribers with what is in their mailboxes, all or none: {subscribers: [{msisdn, …}]}',
      takes: 'mstore-data',
      gives: 'subscribers',
      status: 201,
      answer: (data: MStoreData) => {
        const added = addMStoreData(data, { mStore, ...controlled })
        const subscribers = added.map(({ msisdn, isim }) => {
          return {
            ...shownMailbox(mailboxOf(mStore, msisdn)),
            isim: shownIsim(isim),
            bsf,
            naf: controlled.naf,
          }
        })
        return { subscribers }
      },
    },
    'GET /subscribers': {
      does: 'the subscribers, with how many voicemails and greetings they have; ?msisdn=',
      gives: 'subscribers',
      answer: ({ msisdn }: ControlQuery) => {
        const { mailboxes } = store
        const wanted = msisdn === undefined ? [...mailboxes.values()] : [mailboxes.get(msisdn) ?? []].flat()
        return { subscribers: wanted.map(shownMailbox) }
      },
    },
    'PUT /quotas': {
      does: 'changes the limits of a mailbox: {msisdn, GreetingsQuota?, TotalStorage?, …}',
      takes: 'quotas-change',
      answer: ({ msisdn, ...figures }: QuotaFigures & { readonly msisdn: string }) => {
        const { subscriber } = mailboxOf(mStore, msisdn)
        const quotas = new Map([...subscriber.quotas, ...Object.entries(figures)])
        store.apply([{ kind: 'subscriber-stored', subscriber: { ...subscriber, quotas } }])
        return undefined
      },
    },
  } satisfies ControlRoutes
}

/** The mailbox of a subscriber; a ControlError where there is none. */
export function mailboxOf({ store }: MStore, msisdn: string): StoredMailbox {
  const mailbox = store.mailboxes.get(msisdn)
  if (mailbox === undefined) throw new ControlError(404, '/msisdn: expected that of a subscriber')
  return mailbox
}

function madeSubscriber(
  { msisdn: wished, pin, quotas, profile }: SubscriberWishes,
  { store }: MStore,
  { world, bsf }: MStoreControlled,
) {
  const msisdn = wished ?? drawMsisdn(store.mailboxes, world)
  if (store.mailboxes.has(msisdn)) {
    throw new ControlError(409, `/msisdn: expected one that is no subscriber yet, got ${msisdn}`)
  }
  const isim = newIsim(store.mailboxes.size + 1, world, (impi) => bsf.subscriber(impi) !== undefined)
  const choices = { msisdn, pin, quotas: mapOf(quotas), profile: mapOf(profile) }
  const subscriber = newSubscriber(choices, isim.impi)
  bsf.add({ ...isim, number: msisdn })
  store.apply([{ kind: 'subscriber-stored', subscriber }])
  return { msisdn, pin: subscriber.pin.current, isim }
}

function mapOf<Value>(members: Readonly<Record<string, Value>> | null = {}): ReadonlyMap<string, Value> {
  return new Map(Object.entries(members ?? {}))
}

function shownMailbox({ subscriber: { msisdn, impi, pin }, objects }: StoredMailbox) {
  const voicemails = [...objects.values()].filter(({ folder }) => folder === 'voicemails').length
  return { msisdn, impi, pin: pin.current, voicemails, greetings: objects.size - voicemails }
}
