import { fromHex } from '#protocol/bytes.ts'
import { opc, subscriberKey } from '#protocol/gba/milenage.ts'
import type { Bsf } from '#mocks/bsf/bsf.ts'
import { ControlError } from '#mocks/edge/control/control-error.ts'
import type { World } from '#mocks/engine/world.ts'
import { newGreeting, type GreetingOrder } from './greetings.ts'
import type { MStore } from './mstore.ts'
import { MStoreStore } from './state.ts'
import { newIsim, newSubscriber, type Isim } from './subscribers.ts'
import { newVoicemail, type VoicemailOrder } from './voicemails.ts'

/** A card; its keys are hexadecimal digits, `sqn` is the highest sequence number that it has accepted. */
export interface IsimData {
  /** Left out, it is one of the test network. */
  readonly impi?: string
  readonly k: string
  readonly opc: string
  /** Left out, it is 0. */
  readonly sqn?: string
}

/** A voicemail or a greeting whose audio is an AMR file in Base64. */
type InBase64<Order> = Omit<Order, 'audio'> & { readonly audio?: string }

/** A subscriber that an mStore is to have; what is left out is drawn, or as in the samples of the mStore spec. */
export interface SubscriberData {
  /** In E.164 form. */
  readonly msisdn: string
  readonly pin?: string
  /** Limits by name: `GreetingsQuota`, `TotalStorage` in KiB. */
  readonly quotas?: Readonly<Record<string, number>>
  readonly profile?: Readonly<Record<string, string>>
  readonly isim?: IsimData
  readonly voicemails?: readonly InBase64<VoicemailOrder>[]
  readonly greetings?: readonly InBase64<GreetingOrder>[]
}

/** What an mStore is to be filled with (`schemas/control/mstore-data.json`). */
export interface MStoreData {
  readonly subscribers: readonly SubscriberData[]
}

/** A subscriber that was added, and the card. */
export interface SubscriberWithCard {
  readonly msisdn: string
  readonly isim: Isim
}

/** What a document is added to. */
interface Filled {
  readonly mStore: Pick<MStore, 'store'>
  readonly bsf: Bsf
  readonly world: World
}

/**
 * Adds what the document says to what is there, and gives the new subscribers. Where one cannot be, nothing is added, and
 * a ControlError says in one line which. The document fits its schema.
 */
export function addMStoreData(
  { subscribers }: MStoreData,
  { mStore, bsf, world }: Filled,
): readonly SubscriberWithCard[] {
  const numbers = subscribers.map(({ msisdn }) => msisdn)
  checkFree(numbers, 'msisdn', (msisdn) => mStore.store.mailboxes.has(msisdn))
  const impis = subscribers.map(({ isim }) => isim?.impi)
  const isKnown = (impi: string): boolean => bsf.subscriber(impi) !== undefined
  checkFree(impis, 'isim/impi', isKnown)
  const taken = new Set(impis)
  const draft = new MStoreStore()
  const added = subscribers.map((each, place) => {
    const index = mStore.store.mailboxes.size + place + 1
    const drawn = newIsim(index, world, (impi) => taken.has(impi) || isKnown(impi))
    const isim = { ...drawn, ...cardOf(each.isim) }
    taken.add(isim.impi)
    fillMailbox(draft, { given: each, impi: isim.impi }, world)
    return { msisdn: each.msisdn, isim }
  })
  for (const { msisdn, isim } of added) bsf.add({ ...isim, number: msisdn })
  for (const { subscriber, objects } of draft.mailboxes.values()) {
    const { msisdn } = subscriber
    mStore.store.apply([
      { kind: 'subscriber-stored', subscriber },
      ...Array.from(objects.values(), (object) => ({ kind: 'object-stored', msisdn, object }) as const),
    ])
  }
  return added
}

/** Refuses a name that a subscriber has already, here or in the document. */
function checkFree(
  names: readonly (string | undefined)[],
  member: string,
  isTaken: (name: string) => boolean,
): void {
  const earlier = new Set<string>()
  for (const [place, name] of names.entries()) {
    if (name === undefined) continue
    if (isTaken(name) || earlier.has(name)) {
      const shown = JSON.stringify(name.slice(0, 60))
      throw new ControlError(
        409,
        `/subscribers/${place}/${member}: expected that of no subscriber yet, got ${shown}`,
      )
    }
    earlier.add(name)
  }
}

interface DataSubscriber {
  readonly given: SubscriberData
  readonly impi: string
}

function fillMailbox(store: MStoreStore, { given, impi }: DataSubscriber, world: World): void {
  const { msisdn, pin, quotas = {}, profile = {}, voicemails = [], greetings = [] } = given
  const choices = {
    msisdn,
    pin,
    quotas: new Map(Object.entries(quotas)),
    profile: new Map(Object.entries(profile)),
  }
  store.apply([{ kind: 'subscriber-stored', subscriber: newSubscriber(choices, impi) }])
  const mailbox = store.mailboxes.get(msisdn)
  if (mailbox === undefined) throw new Error(`${msisdn}: expected the mailbox that was stored`)
  for (const order of voicemails) {
    store.apply([{ kind: 'object-stored', msisdn, object: newVoicemail(decoded(order), mailbox, world) }])
  }
  for (const order of greetings) {
    store.apply([{ kind: 'object-stored', msisdn, object: newGreeting(decoded(order), mailbox, world) }])
  }
}

function cardOf(given: IsimData | undefined): Partial<Isim> {
  if (given === undefined) return {}
  const { impi, k, opc: secret, sqn = '0' } = given
  return {
    ...(impi === undefined ? {} : { impi }),
    k: subscriberKey(fromHex(k)),
    opc: opc(fromHex(secret)),
    sqn: Number.parseInt(sqn, 16),
  }
}

function decoded<Order extends { readonly audio?: string }>({ audio, ...order }: Order) {
  return audio === undefined ? order : { ...order, audio: Buffer.from(audio, 'base64') }
}
