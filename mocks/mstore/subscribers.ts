import { toHex } from '#protocol/bytes.ts'
import { impiFromImsi } from '#protocol/gba/identity.ts'
import { opc, subscriberKey, type Opc, type SubscriberKey } from '#protocol/gba/milenage.ts'
import type { Attributes } from '#protocol/mstore/attributes.ts'
import { FOLDERS, SAMPLE_TOTAL_STORAGE, TOTAL_STORAGE } from '#protocol/mstore/folders.ts'
import { PIN_RULES } from '#protocol/mstore/pin.ts'
import type { Json } from '#mocks/engine/reply.ts'
import type { World } from '#mocks/engine/world.ts'
import type { StoredSubscriber } from './mailbox.ts'
import { newProfile } from './profile.ts'

/** The card of a subscriber, as it leaves the factory: nothing was accepted yet. */
export interface Isim {
  readonly impi: string
  readonly k: SubscriberKey
  readonly opc: Opc
  /** The highest sequence number the card has accepted. */
  readonly sqn: number
}

/** What is chosen of a new subscriber; the rest is drawn, or as in the samples of the mStore spec. */
export interface SubscriberChoices {
  readonly msisdn: string
  readonly pin?: string | undefined
  readonly quotas?: ReadonlyMap<string, number>
  readonly profile?: Attributes
}

/** A PIN that breaks no rule. */
const SAMPLE_PIN = '1397'
/** Of the test network 001 01, as 3GPP has it. */
const TEST_NETWORK = '00101'
const IMSI_DIGITS = 15
const KEY_BYTES = 16
const SQN_HEX_DIGITS = 12

/** The limits that a subscriber may have, with the values of the samples: `TotalStorage` in KiB, others in objects. */
export const SAMPLE_QUOTAS: ReadonlyMap<string, number> = new Map([
  [TOTAL_STORAGE, SAMPLE_TOTAL_STORAGE],
  ...Object.values(FOLDERS).flatMap(({ counters }) =>
    counters.map(({ quota, sampleQuota }) => [quota, sampleQuota] as const),
  ),
])

/** A new subscriber with the PIN 1397, the profile and the limits of the samples, save what is chosen. */
export function newSubscriber(
  { msisdn, pin = SAMPLE_PIN, quotas = new Map(), profile = new Map() }: SubscriberChoices,
  impi: string,
): StoredSubscriber {
  return {
    msisdn,
    impi,
    pin: { current: pin, previous: [], changedAtMs: null },
    profile: new Map([...newProfile(), ...profile]),
    quotas: new Map([...SAMPLE_QUOTAS, ...quotas]),
  }
}

/** A card with keys that chance draws; its private identity is that of `index`, or the next that is not taken. */
export function newIsim(
  index: number,
  { randomBytes }: Pick<World, 'randomBytes'>,
  isTaken: (impi: string) => boolean,
): Isim {
  let impi = impiOf(index)
  for (let next = index + 1; isTaken(impi); next += 1) impi = impiOf(next)
  return { impi, k: subscriberKey(randomBytes(KEY_BYTES)), opc: opc(randomBytes(KEY_BYTES)), sqn: 0 }
}

function impiOf(index: number): string {
  const imsi = `${TEST_NETWORK}${String(index).padStart(IMSI_DIGITS - TEST_NETWORK.length, '0')}`
  const identity = impiFromImsi(imsi, 2)
  if (identity.kind === 'parse-error') throw new Error(identity.reason)
  return identity.impi
}

/** A card as the control plane shows it: lower-case hexadecimal text. */
export function shownIsim({ impi, k, opc, sqn }: Isim): Json {
  return { impi, k: toHex(k), opc: toHex(opc), sqn: sqn.toString(16).padStart(SQN_HEX_DIGITS, '0') }
}

/** A number that no subscriber has, whose last four digits are a PIN that breaks no rule but that of the number. */
export function drawMsisdn(taken: Pick<ReadonlySet<string>, 'has'>, world: Pick<World, 'randomInt'>): string {
  for (;;) {
    const msisdn = `+1555${world.randomInt(2_000_000, 10_000_000)}`
    if (!taken.has(msisdn) && isTellingEnd(msisdn.slice(-4))) return msisdn
  }
}

function isTellingEnd(digits: string): boolean {
  const change = {
    oldPin: SAMPLE_PIN,
    newPin: digits,
    current: SAMPLE_PIN,
    msisdn: '',
    active: true,
    changedRecently: false,
    least: digits.length,
    most: digits.length,
  }
  return Object.values(PIN_RULES).every((applies) => !applies(change))
}
