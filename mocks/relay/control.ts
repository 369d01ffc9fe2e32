import { parseSignalingKey } from '#protocol/relay/signaling-key.ts'
import { ControlError, controlRouter, jsonObject, queryText, text, wholeNumber } from '#mocks/edge/control.ts'
import type { Router } from '#mocks/edge/router.ts'
import { sendJson } from '#mocks/edge/send.ts'
import type { Json } from '#mocks/engine/reply.ts'
import type { RelayControlled } from './assemble.ts'
import { isObject } from './bodies.ts'
import { LIMITERS } from '#protocol/relay/limiters.ts'
import type { PeerLinks } from './peer-links.ts'
import { peerFault } from './peer-names.ts'
import { nextDevice } from './provisioning.ts'
import type { LimitFigures, Relay } from './relay.ts'
import type { Account, Device } from './state.ts'

/** The control plane of a relay: what every mock has, and codes, pushes, devices, accounts, limits and peers. */
export function createRelayControl(relay: Relay, controlled: RelayControlled): Router {
  const router = controlRouter(controlled)
  const { store } = relay

  router.get('/codes', (request, response) => {
    const number = queryText(request, 'number')
    const codes = number === undefined ? store.codes.all() : store.codes.to(number)
    sendJson(response, 200, { codes: codes.map((code) => ({ ...code })) })
  })

  router.get('/pushes', (request, response) => {
    const number = queryText(request, 'number')
    const device = queryText(request, 'device')
    const to = queryText(request, 'to')
    const pushes = number === undefined ? store.pushes.all() : store.pushes.to(number)
    const wanted = pushes.filter(
      (push) =>
        (device === undefined || String(push.device) === device) && (to === undefined || push.to === to),
    )
    sendJson(response, 200, { pushes: wanted.map((push) => ({ ...push })) })
  })

  router.get('/accounts', (request, response) => {
    const number = queryText(request, 'number')
    const accounts =
      number === undefined ? [...store.accounts.values()] : [store.accounts.get(number) ?? []].flat()
    sendJson(response, 200, { accounts: accounts.map((account) => shownAccount(account, relay)) })
  })

  router.post('/devices', async (request, response) => {
    const body = await jsonObject(request)
    const account = store.accounts.get(text(body, 'number'))
    if (account === undefined) throw new ControlError(404, 'number: expected a confirmed number')
    const device = nextDevice(account, {
      password: text(body, 'password'),
      signalingKey: signalingKey(text(body, 'signalingKey')),
      registrationId: relay.rulebook.confirmation.addedRegistrationId(wholeNumber(body, 'registrationId', 0)),
    })
    store.apply([{ kind: 'device-stored', number: account.number, device }])
    sendJson(response, 201, { deviceId: device.id })
  })

  router.get('/limits', (_request, response) => {
    sendJson(response, 200, limitsOf(relay))
  })
  router.put('/limits', async (request, response) => {
    const body = await jsonObject(request)
    relay.setLimits(figuresOf(body['limits'] ?? body))
    sendJson(response, 200, limitsOf(relay))
  })

  const { peers } = controlled
  router.get('/peers', (_request, response) => {
    sendJson(response, 200, peersOf(peers))
  })
  router.put('/peers', async (request, response) => {
    await peers.connect(urlsOf(await jsonObject(request), peers.name))
    sendJson(response, 200, peersOf(peers))
  })

  return router
}

function peersOf(peers: PeerLinks): Json {
  const shown = Object.entries(peers.shown()).map(([name, peer]) => [name, { ...peer }] as const)
  return { name: peers.name, peers: Object.fromEntries(shown) }
}

function urlsOf(body: Readonly<Record<string, unknown>>, own: string): Readonly<Record<string, string>> {
  const { peers } = body
  if (!isObject(peers)) throw new ControlError(400, 'peers: expected an object of URLs by name')
  const urls = Object.keys(peers).map((name) => [name, text(peers, name)] as const)
  for (const [name, url] of urls) {
    const fault = peerFault({ name, url }, own)
    if (fault !== null) throw new ControlError(400, fault)
  }
  return Object.fromEntries(urls)
}

function signalingKey(given: string): string {
  const read = parseSignalingKey(given)
  if (read.kind === 'parse-error') throw new ControlError(400, read.reason)
  return given
}

function shownAccount({ number, supportsSms, devices }: Account, relay: Relay): Json {
  const { rulebook, store } = relay
  const shownDevice = (device: Device): Json => {
    const { id, registrationId, gcmId, apnId } = device
    const prekeys = store.prekeys.get(rulebook.prekeys.shelf(number, id))
    return {
      ...{ id, registrationId, gcmId, apnId },
      active: rulebook.reachability.isDeviceReachable(device),
      prekeys: prekeys?.remaining().filter(({ lastResort }) => !lastResort).length ?? 0,
    }
  }
  return { number, supportsSms, devices: [...devices.values()].map(shownDevice) }
}

/** The limiters that there are; one that was taken away is left out. */
function limitsOf(relay: Relay): Json {
  const { figures } = relay.rulebook.limits
  const set = LIMITERS.flatMap((limiter) => {
    const limit = figures[limiter]
    return limit === null ? [] : [[limiter, { ...limit }] as const]
  })
  return { limits: Object.fromEntries(set) }
}

function figuresOf(value: unknown): LimitFigures {
  if (!isObject(value)) throw new ControlError(400, 'limits: expected an object of limiters')
  const stray = Object.keys(value).find((name) => !LIMITERS.some((limiter) => limiter === name))
  if (stray !== undefined) {
    throw new ControlError(
      400,
      `limits: expected ${LIMITERS.join(', ')}, got ${JSON.stringify(stray.slice(0, 40))}`,
    )
  }
  const given = LIMITERS.filter((limiter) => value[limiter] !== undefined)
  return Object.fromEntries(given.map((limiter) => [limiter, figureOf(limiter, value[limiter])]))
}

function figureOf(limiter: string, value: unknown) {
  if (value === null) return null
  if (!isObject(value)) throw new ControlError(400, `limits.${limiter}: expected burst and refillMs, or null`)
  const refillMs = value['refillMs']
  if (typeof refillMs !== 'number' || !Number.isFinite(refillMs) || refillMs <= 0) {
    throw new ControlError(400, `limits.${limiter}.refillMs: expected a number above 0`)
  }
  return { burst: wholeNumber(value, 'burst', 0), refillMs }
}
