import { ControlError } from '#mocks/edge/control/control-error.ts'
import type { ControlQuery, ControlRoutes } from '#mocks/edge/control/control-route.ts'
import { sharedRoutes } from '#mocks/edge/control/shared-routes.ts'
import { parseSignalingKey } from '#protocol/relay/signaling-key.ts'
import type { RelayControlled } from './assemble.ts'
import { shownAccount, shownLimits, shownPeers } from './control-views.ts'
import { addRelayData, type RelayData } from './control-data.ts'
import { peerFault } from './peer-names.ts'
import type { PeerLinks, UrlsByName } from './peer-links.ts'
import { nextDevice } from './provisioning.ts'
import type { LimitFigures, Relay } from './relay.ts'
import type { Account } from './entities.ts'

interface DeviceRequest {
  readonly number: string
  readonly password: string
  readonly signalingKey: string
  readonly registrationId: number
}

/** The limiters, bare or in a member of that name. */
type LimitsChange = LimitFigures | { readonly limits: LimitFigures }

/** The control plane of a relay: what every mock has, and codes, pushes, devices, accounts, data, limits and peers. */
export function createRelayControl(relay: Relay, controlled: RelayControlled): ControlRoutes {
  return {
    ...sharedRoutes(controlled),
    ...sentRoutes(relay),
    ...accountRoutes(relay),
    ...dataRoutes(relay, controlled.peers),
    ...limitRoutes(relay),
    ...peerRoutes(controlled.peers),
  }
}

function sentRoutes({ store }: Relay) {
  return {
    'GET /codes': {
      does: 'the verification codes that were sent, oldest first; ?number=',
      gives: 'codes',
      answer: ({ number }: ControlQuery) => {
        const codes = number === undefined ? store.codes.all() : store.codes.to(number)
        return { codes: codes.map((code) => ({ ...code })) }
      },
    },
    'GET /pushes': {
      does: 'the pushes, each with the text its client would receive; ?number= ?device= ?to=',
      gives: 'pushes',
      answer: ({ number, device, to }: ControlQuery) => {
        const pushes = number === undefined ? store.pushes.all() : store.pushes.to(number)
        const wanted = pushes.filter(
          (push) =>
            (device === undefined || String(push.device) === device) && (to === undefined || push.to === to),
        )
        return { pushes: wanted.map((push) => ({ ...push })) }
      },
    },
  } satisfies ControlRoutes
}

function accountRoutes(relay: Relay) {
  const { store } = relay
  return {
    'GET /accounts': {
      does: 'accounts and devices, with how many one-time prekeys are left, without secrets; ?number=',
      gives: 'accounts',
      answer: ({ number }: ControlQuery) => {
        const accounts = number === undefined ? [...store.accounts.values()] : accountsOf(relay, number)
        return { accounts: accounts.map((account) => shownAccount(account, relay)) }
      },
    },
    'POST /devices': {
      does: 'adds a device: {number, password, signalingKey, registrationId}',
      takes: 'new-device',
      gives: 'device-added',
      status: 201,
      answer: ({ number, password, signalingKey, registrationId }: DeviceRequest) => {
        const [account] = accountsOf(relay, number)
        if (account === undefined) throw new ControlError(404, '/number: expected a confirmed number')
        checkSignalingKey(signalingKey)
        const device = nextDevice(account, {
          password,
          signalingKey,
          registrationId: relay.rulebook.confirmation.addedRegistrationId(registrationId),
        })
        store.apply(relay.addedDevice(account, device))
        return { deviceId: device.id }
      },
    },
  } satisfies ControlRoutes
}

function dataRoutes(relay: Relay, peers: PeerLinks) {
  return {
    'POST /seed': {
      does: 'adds accounts with devices and prekeys, all or none: {accounts: [{number, supportsSms?, devices}]}',
      takes: 'relay-data',
      gives: 'accounts',
      status: 201,
      answer: async (data: RelayData) => {
        const accounts = addRelayData(data, relay)
        await peers.exchange()
        return { accounts: accounts.map((account) => shownAccount(account, relay)) }
      },
    },
  } satisfies ControlRoutes
}

function limitRoutes(relay: Relay) {
  return {
    'GET /limits': {
      does: 'the figures of each limiter',
      gives: 'limits',
      answer: () => shownLimits(relay),
    },
    'PUT /limits': {
      does: 'changes limiters: {limits: {sms: {burst, refillMs}}}; null takes one away',
      takes: 'limits-change',
      gives: 'limits',
      answer: (change: LimitsChange) => {
        relay.setLimits(figuresOf('limits' in change ? change.limits : change))
        return shownLimits(relay)
      },
    },
  } satisfies ControlRoutes
}

function peerRoutes(peers: PeerLinks) {
  return {
    'GET /peers': {
      does: 'the other nodes, and how the exchange of listings with them went',
      gives: 'peers',
      answer: () => shownPeers(peers),
    },
    'PUT /peers': {
      does: 'takes these nodes in place of those there were: {peers: {name: url}}',
      takes: 'peers-change',
      gives: 'peers',
      answer: async (change: { readonly peers: UrlsByName }) => {
        checkPeers(change.peers, peers.name)
        await peers.connect(change.peers)
        return shownPeers(peers)
      },
    },
  } satisfies ControlRoutes
}

function accountsOf({ store }: Relay, number: string): readonly Account[] {
  return [store.accounts.get(number) ?? []].flat()
}

/** The figures without what else came with them. */
function figuresOf(given: LimitFigures): LimitFigures {
  const figures = Object.entries(given).map(([limiter, limit]) => {
    return [limiter, limit && { burst: limit.burst, refillMs: limit.refillMs }] as const
  })
  return Object.fromEntries(figures)
}

function checkSignalingKey(given: string): void {
  const read = parseSignalingKey(given)
  if (read.kind === 'parse-error') throw new ControlError(400, read.reason)
}

function checkPeers(peers: UrlsByName, own: string): void {
  for (const [name, url] of Object.entries(peers)) {
    const fault = peerFault({ name, url }, own)
    if (fault !== null) throw new ControlError(400, fault)
  }
}
