import type { Attributes } from '#protocol/mstore/attributes.ts'
import {
  PIN_PRECEDENCE,
  PIN_REASON_HEADER,
  PIN_RULES,
  type PinChange,
  type PinReason,
} from '#protocol/mstore/pin.ts'
import { NEW_PIN, OLD_PIN } from '#protocol/mstore/profile.ts'
import { decided } from './decisions.ts'
import { isActive } from './activation.ts'
import type { MStoreStateChange } from './changes.ts'
import type { PinState, StoredSubscriber } from './mailbox.ts'
import type { AuthorizedRequest } from './scene.ts'

/** The two PINs of a change. */
export interface PinPair {
  readonly oldPin: string
  readonly newPin: string
}

/** When and how a PIN is changed. */
export interface PinRules {
  /** Whether what was sent is to change the PIN. */
  readonly isChange: (sent: Attributes) => boolean
  /** The two PINs of what was sent; null where it is malformed. */
  readonly pair: (sent: Attributes, subscriber: StoredSubscriber) => PinPair | null
  /** The least and the most digits. */
  readonly least: number
  readonly most: number
  readonly isRecent: (pin: PinState, newPin: string, nowMs: number) => boolean
  readonly applies: Readonly<Record<PinReason, (change: PinChange) => boolean>>
  /** Which reason is given when several apply. */
  readonly precedence: readonly PinReason[]
  readonly reasonText: (reason: PinReason) => string
  readonly stored: (pin: PinState, newPin: string, nowMs: number) => PinState
  /** What becomes of the profile with a change that was refused. */
  readonly afterRefusal: (subscriber: StoredSubscriber, pair: PinPair) => readonly MStoreStateChange[]
}

const DAY_MS = 24 * 60 * 60 * 1000
/** PINs of before that are kept. */
const HISTORY = 10

/** How the mStore spec changes a PIN (`/vvmserviceProfile`). */
export const documentedPin: PinRules = {
  isChange: (sent) => sent.has(OLD_PIN) || sent.has(NEW_PIN),
  // MSTORE-PIN-18; mStore spec, vvmserviceProfile: the two are sent alone
  pair: (sent) => {
    const oldPin = sent.get(OLD_PIN)
    const newPin = sent.get(NEW_PIN)
    return oldPin === undefined || newPin === undefined || sent.size > 2 ? null : { oldPin, newPin }
  },
  // E-16
  least: 4,
  most: 10,
  // MSTORE-PIN-08, E-15: whatever the new PIN is, so that both readings hold
  isRecent: ({ changedAtMs }, _newPin, nowMs) => changedAtMs !== null && nowMs - changedAtMs < DAY_MS,
  // MSTORE-PIN-06 to MSTORE-PIN-15
  applies: PIN_RULES,
  // E-15
  precedence: PIN_PRECEDENCE,
  // MSTORE-PIN-04
  reasonText: (reason) => reason,
  // MSTORE-PIN-01, MSTORE-PIN-17
  stored: ({ current, previous }, newPin, nowMs) => ({
    current: newPin,
    previous: [...previous, current].slice(-HISTORY),
    changedAtMs: nowMs,
  }),
  // MSTORE-PIN-16, MSTORE-PIN-23
  afterRefusal: () => [],
}

type PinRequest = AuthorizedRequest<{ pin: PinRules }>

/** Changes the PIN, or says why not (mStore spec, vvmserviceProfile). No remark holds a PIN. */
export function decidePinChange(sent: Attributes, authorized: PinRequest) {
  const { mailbox, rulebook, world } = authorized
  const { subscriber } = mailbox
  const pair = rulebook.pin.pair(sent, subscriber)
  if (pair === null) {
    return decided('change-pin', 'malformed', {
      notes: [`expected ${OLD_PIN} and ${NEW_PIN} and nothing else`],
    })
  }
  const nowMs = world.nowMs(subscriber.msisdn)
  const reason = refusalOf(pair, subscriber, { authorized, nowMs })
  if (reason !== null) return refusal(reason, pair, authorized)
  const pin = rulebook.pin.stored(subscriber.pin, pair.newPin, nowMs)
  return decided('change-pin', 'changed', {
    changes: [{ kind: 'pin-stored', msisdn: subscriber.msisdn, pin } as const],
  })
}

function refusalOf(
  { oldPin, newPin }: PinPair,
  { msisdn, pin, profile }: StoredSubscriber,
  { authorized, nowMs }: { readonly authorized: PinRequest; readonly nowMs: number },
): PinReason | null {
  const { least, most, isRecent, applies, precedence } = authorized.rulebook.pin
  const change: PinChange = {
    oldPin,
    newPin,
    current: pin.current,
    msisdn,
    least,
    most,
    active: isActive(profile),
    changedRecently: isRecent(pin, newPin, nowMs),
  }
  return precedence.find((reason) => applies[reason](change)) ?? null
}

function refusal(reason: PinReason, pair: PinPair, { mailbox, rulebook }: PinRequest) {
  return decided('change-pin', 'refused-pin', {
    headers: [[PIN_REASON_HEADER, rulebook.pin.reasonText(reason)]],
    changes: rulebook.pin.afterRefusal(mailbox.subscriber, pair),
    notes: [reason],
  })
}
