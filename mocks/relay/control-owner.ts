import { inProcess } from '#mocks/edge/control/in-process.ts'
import { mockControl, type MockControl } from '#mocks/edge/control/mock-control.ts'
import type { ControlRoutes } from '#mocks/edge/control/control-route.ts'
import type { RelayData } from './control-data.ts'
import type { SentCode, SentPush } from './entities.ts'
import type { LimitFigures } from './relay.ts'

/** A device as its owner may see it, without secrets. */
export interface ShownDevice {
  readonly id: number
  readonly registrationId: number
  readonly gcmId: string | null
  readonly apnId: string | null
  readonly active: boolean
  /** How many one-time prekeys are left. */
  readonly prekeys: number
}

/** An account as its owner may see it, without secrets. */
export interface ShownAccount {
  readonly number: string
  readonly supportsSms: boolean
  readonly devices: readonly ShownDevice[]
}

/** A device that is to be added to an account; `signalingKey` is Base64 of 52 bytes. */
export interface DeviceWish {
  readonly number: string
  readonly password: string
  readonly signalingKey: string
  readonly registrationId: number
  readonly supportsSms?: boolean
}

/** What a relay lets its owner see and move, as its control plane does. Each rejects with one line that says why. */
export interface RelayControl extends MockControl {
  /** The verification codes that were sent, oldest first. */
  readonly codes: (number?: string) => Promise<readonly SentCode[]>
  readonly pushes: (wish?: { readonly number?: string; readonly to?: string }) => Promise<readonly SentPush[]>
  readonly accounts: (number?: string) => Promise<readonly ShownAccount[]>
  /** Adds accounts with their devices and prekeys, all or none. */
  readonly addData: (data: RelayData) => Promise<readonly ShownAccount[]>
  /** The id of the device. */
  readonly addDevice: (device: DeviceWish) => Promise<number>
  readonly limits: {
    readonly read: () => Promise<LimitFigures>
    /** Changes these; null takes one away. */
    readonly change: (figures: LimitFigures) => Promise<LimitFigures>
  }
  /** The name of this node, and its peers by theirs. */
  readonly peers: () => Promise<{
    readonly name: string
    readonly peers: Readonly<Record<string, { readonly url: string; readonly failure: string | null }>>
  }>
}

/** What asks these routes of a relay. */
export function relayControl(routes: ControlRoutes): RelayControl {
  const call = inProcess(routes)
  const member = async <Value>(answer: Promise<unknown>, name: string): Promise<Value> =>
    ((await answer) as Record<string, unknown>)[name] as Value
  return {
    ...mockControl(call),
    codes: (number) => member(call('GET /codes', { number }), 'codes'),
    pushes: (wish) => member(call('GET /pushes', wish), 'pushes'),
    accounts: (number) => member(call('GET /accounts', { number }), 'accounts'),
    addData: (data) => member(call('POST /seed', data), 'accounts'),
    addDevice: ({ supportsSms = false, ...device }) =>
      member(call('POST /devices', { ...device, supportsSms }), 'deviceId'),
    limits: {
      read: () => member(call('GET /limits'), 'limits'),
      change: (limits) => member(call('PUT /limits', { limits }), 'limits'),
    },
    peers: () => call('GET /peers') as ReturnType<RelayControl['peers']>,
  }
}
