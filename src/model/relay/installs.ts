import type { Account, Certainty, CodeState, Device, Former, RelayState } from './state.ts'
import { sorted } from './changes.ts'
import { FIRST } from './credentials.ts'
import { waitingAlso } from './expected-pushes.ts'
import { originOf } from './kept-parts.ts'

/** What a confirmation says of the number. */
export interface Confirmed {
  readonly registration: string
  readonly supportsSms: boolean
}

/** The name of what was drawn for a registration: its password, signaling key and registration id. */
export function installOf(registration: string): string {
  return `registration ${registration}`
}

/** Whether a device without a push id counts as registered. */
export function countsWithoutPushId({ known }: RelayState): Certainty {
  return known.reachableBy === 'confirmation' ? 'yes' : 'maybe'
}

/**
 * The account once a confirmation was accepted: device 1 is new. What becomes of the other devices, of push ids and of
 * keys that were stored before is nowhere said.
 */
export function confirmed(
  state: RelayState,
  account: Account,
  { registration, supportsSms }: Confirmed,
): Account {
  const before = account.devices.find(({ name }) => name === FIRST)
  const first: Device = {
    name: FIRST,
    id: 1,
    install: installOf(registration),
    isSure: true,
    pushIds: (before?.pushIds ?? []).map((id) => ({ ...id, isSure: false })),
    hadIds: before?.hadIds ?? [],
    counts: countsWithoutPushId(state),
    keys: before?.keys == null ? null : { ...before.keys, isSure: false },
  }
  const others = account.devices.filter(({ name }) => name !== FIRST).map(lingering)
  return {
    ...waitingAlso(account, { device: 1, installs: [originOf(account, 'signaling key', first.install)] }),
    supportsSms,
    code: 'used',
    devices: [first, ...others],
    former: formerAfter(account, installOf(registration)),
  }
}

/** The passwords that must not work once a registration was accepted. */
function formerAfter({ devices, former }: Account, install: string): Account['former'] {
  const before = devices.filter(({ name }) => name === FIRST).map(replaced)
  return sorted([...former, ...before].filter((each) => each.install !== install))
}

/** The password of a device in whose place there is another. */
export function replaced({ install }: Device): Former {
  return { install, why: 'registered again' }
}

/** A device that may be there or not. */
export function lingering(device: Device): Device {
  const keys = device.keys === null ? null : { ...device.keys, isSure: false }
  const pushIds = device.pushIds.map((id) => ({ ...id, isSure: false }))
  return { ...device, isSure: false, counts: 'maybe', keys, pushIds }
}

/** The account after a confirmation was refused with 403 or the like: its password must not work. */
export function refusedConfirmation(account: Account, registration: string, code: CodeState): Account {
  const install = installOf(registration)
  const former = account.former.some((each) => each.install === install)
    ? account.former
    : sorted([...account.former, { install, why: 'refused' as const }])
  return { ...account, code, former }
}
