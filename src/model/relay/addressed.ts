import type { Ask } from '../ask.ts'
import { accountOf, deviceOf, hasId } from './changes.ts'
import { FIRST } from './credentials.ts'
import { originOf } from './kept-parts.ts'
import { subjectOf } from './numbers.ts'
import type { Account, Device, RelayState } from './state.ts'

/** A message of a set: for which device, and whether its registration id is the one that the device has. */
export interface Addressed {
  readonly name: string
  readonly id: number
  readonly device: Device | undefined
  readonly isStale: 'yes' | 'no' | 'maybe'
}

/** The devices that a set must have a message for, those it may have one for, and the set itself. */
export interface MessageSet {
  readonly required: readonly Device[]
  readonly optional: readonly Device[]
  readonly addressed: readonly Addressed[]
}

/** Ids that a device seldom has, as a set may address them where none has. */
export const NO_DEVICES = ['0', '9', '11', '257', '65537']

/** The names of the devices that an ask addresses. */
export function namesIn(list: string | undefined): readonly string[] {
  if (list === undefined) return [FIRST]
  return list === 'none' ? [] : list.split(', ')
}

/** The set of an ask, against the devices that its recipient has. */
export function messageSet(state: RelayState, ask: Ask): MessageSet {
  const account = subjectOf(state, ask, 'to')
  const isOwn = account.name === ask.party
  const isRequired = (device: Device) =>
    device.isSure && device.counts === 'yes' && !(isOwn && device.name === (ask.values['device'] ?? FIRST))
  return {
    required: account.devices.filter(isRequired),
    optional: account.devices.filter((device) => !isRequired(device)),
    addressed: namesIn(ask.values['devices']).map((name) => addressed(state, ask, { account, name })),
  }
}

function addressed(
  state: RelayState,
  { values }: Ask,
  { account, name }: { readonly account: Account; readonly name: string },
): Addressed {
  const device = deviceOf(account, name)
  const id = device?.id ?? Number(name)
  const isWrong = namesIn(values['stale'] ?? 'none').includes(name)
  const isForgotten = state.known.dialect === 'deployed' && name !== FIRST
  const isOld =
    name === FIRST &&
    values['session'] !== undefined &&
    !isSameSession(account, device, `registration ${values['session']}`)
  const isStale = isForgotten ? 'maybe' : isWrong || isOld ? 'yes' : 'no'
  return { name, id, device, isStale }
}

/** Whether a device has the registration id of a registration. */
function isSameSession(account: Account, device: Device | undefined, registration: string): boolean {
  const idOf = (install: string): string => originOf(account, 'registration id', install)
  return device !== undefined && idOf(device.install) === idOf(registration)
}

/** The ids that a set lacks, and those it has too many, as far as that is certain. */
export function mismatch({ required, optional, addressed }: MessageSet): {
  readonly missing: readonly number[]
  readonly extra: readonly number[]
} {
  const ids = addressed.map(({ id }) => id)
  const known = [...required, ...optional].map(({ id }) => id)
  return {
    missing: required.map(({ id }) => id).filter((id) => !ids.includes(id)),
    extra: ids.filter((id) => !known.includes(id)),
  }
}

/** The ids of the devices that are there and addressed under a registration id of that staleness. */
export function staleIds(
  { addressed }: MessageSet,
  ...states: readonly Addressed['isStale'][]
): readonly number[] {
  return addressed
    .filter(({ device, isStale }) => device !== undefined && states.includes(isStale))
    .map(({ id }) => id)
}

/** Whether the recipient has a device of that name, or certainly none of that id. */
export function canAddress(state: RelayState, to: string, name: string): boolean {
  const account = accountOf(state, to)
  if (NO_DEVICES.includes(name)) return !hasId(account, name)
  return name === FIRST || deviceOf(account, name) !== undefined
}
