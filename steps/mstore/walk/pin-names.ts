import { FIRST_PIN } from '#model/mstore/state.ts'
import type { Mailbox } from '../support/mailbox.ts'
import {
  goodPins,
  MISTAKEN_PINS,
  mistakenPin,
  USUAL_DIGITS,
  type PinSetting,
} from '../support/pin-samples.ts'
import type { MStoreSession } from '../support/session.ts'

/** The text of a PIN by its name: `PIN 2`, `too short a PIN`, `PIN 2 with a zero behind it`. */
export type PinNames = (name: string) => string

/** As good as the samples, for a mailbox that two of those do not suit. */
const ANOTHER_GOOD = '8641307952'

/** What the names of PINs stand for in a mailbox. Good ones are secret from here on. */
export function pinNames({ target, node }: MStoreSession, mailbox: Mailbox): PinNames {
  const { pin, msisdn, subscriber } = mailbox
  const digits = target.pinDigits ?? (subscriber.sim === null ? null : USUAL_DIGITS)
  const setting: PinSetting = { current: pin ?? '', msisdn, digits }
  const least = (digits ?? USUAL_DIGITS).least
  const good = [setting.current, ...goodPins(setting), ANOTHER_GOOD.slice(0, least)]
  for (const each of good.slice(1)) node.secrets.add(each, 'pin')
  return (name) => textOf(name, setting, good)
}

function textOf(name: string, setting: PinSetting, good: readonly string[]): string {
  const [, base, beside] = /^(PIN \d)(?: (with.*))?$/.exec(name) ?? []
  if (base === undefined) return MISTAKEN_PINS.includes(name) ? mistakenPin(name, setting) : name
  const pin = base === FIRST_PIN ? setting.current : (good[Number(base.slice(-1))] ?? '')
  return beside === undefined ? pin : mistakenPin(`the current PIN ${beside}`, { ...setting, current: pin })
}
