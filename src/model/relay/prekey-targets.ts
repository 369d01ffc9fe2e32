import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { accountOf, deviceOf, hasId } from './changes.ts'
import { drawCaller, FIRST } from './credentials.ts'
import { drawSubject } from './numbers.ts'
import type { AskMistake } from './refusals.ts'
import type { Account, Device, RelayState } from './state.ts'

/** All devices of a number. */
export const ALL_DEVICES = '*'

/** Ids that a device seldom has, asked for where none has. */
export const NO_DEVICES = ['0', '9', '11', '257', '65537', '4294967295']

const NO_NUMBERS = ['one', '1a']

/** Draws which keys are fetched, and by which device; null where the party has no device to ask with. */
export function chooseFetch(state: RelayState, party: string, draw: Draw): Values | null {
  const caller = drawCaller(state, party, draw)
  if (caller === null) return null
  const subject = drawSubject(state, { party, name: 'of' }, draw)
  const all = accountOf(state, subject['of'] ?? party).devices
  const stocked = all.filter(({ keys }) => keys !== null)
  const devices = (stocked.length > 0 && draw.chance(70) ? stocked : all).map(({ name }) => name)
  const target = draw.slip(8)
    ? draw.oneOf([...NO_DEVICES, ...NO_NUMBERS])
    : draw.chance(devices.length > 1 ? 50 : 30)
      ? ALL_DEVICES
      : draw.oneOf(devices.length === 0 ? [FIRST] : devices)
  return { ...subject, ...(target === FIRST ? {} : { target }), ...caller }
}

/** The devices that a request for prekeys names: one, all, or the first where it names none. */
export function targetOf({ values: { target = FIRST } }: Ask): string {
  return target
}

/** Whether the account is known, and what its target says of devices still holds. */
export function targetApplies(state: RelayState, ask: Ask): boolean {
  const { of } = ask.values
  if (of === undefined || !(of in state.accounts)) return false
  const target = targetOf(ask)
  if (target === ALL_DEVICES || target === FIRST || NO_NUMBERS.includes(target)) return true
  const account = accountOf(state, of)
  return NO_DEVICES.includes(target) ? !hasId(account, target) : deviceOf(account, target) !== undefined
}

/** What is wrong with the target of a request for prekeys. */
export function targetMistakes(ask: Ask): readonly AskMistake[] {
  if (!NO_NUMBERS.includes(targetOf(ask))) return []
  return [{ what: 'a device id of letters', requirement: 'RELAY-PREKEY-21', statuses: null, mayCrash: true }]
}

/** The devices that a target names; none where no device has that id. */
export function scopeOf({ devices }: Account, target: string): readonly Device[] {
  return target === ALL_DEVICES ? devices : devices.filter(({ name }) => name === target)
}
