import { controlPlane } from '#mocks/edge/control/control-plane.ts'
import type { Handler } from '#mocks/edge/router.ts'
import { reachOf } from '#mocks/edge/reach.ts'
import { follow, uncounted } from '#mocks/edge/wire-tap.ts'
import { createRelayRouter } from './app.ts'
import { assembleRelay, type RelayOptions } from './assemble.ts'
import { relayControl, type RelayControl } from './control-owner.ts'
import { createRelayControl } from './control.ts'
import { FAULTS } from './faults.ts'
import { VARIANTS } from './variants.ts'

/** What a relay that is mounted is to be like; everything has a default. It calls no peers. */
export interface RelayMountOptions extends Omit<RelayOptions, 'peers'> {
  /** A name or address, besides those of this machine, by which the control plane may be asked. */
  readonly publicHost?: string
  /** Gets what our own code threw in the control plane; in the router, the application's error handler is. */
  readonly onError?: (error: unknown) => void
}

/** A relay to be mounted in an application of your own, under any prefix. */
export interface RelayMockRouter extends RelayControl {
  /** The relay. Mount it before any body parser; what it has no operation for it hands on. */
  readonly router: Handler
  /** Its control plane, an express router. It trusts every program of this machine, and no web page of elsewhere. */
  readonly control: Handler
  readonly seed: string
}

/**
 * A relay that listens nowhere. Its journal has every request that came to the router, without the bytes,
 * which only a server sees. An unknown fault or variant is a UsageError.
 */
export function createRelayMockRouter(options: RelayMountOptions = {}): RelayMockRouter {
  const { relay, controlled } = assembleRelay(options, { faults: FAULTS, variants: VARIANTS })
  const { journal } = controlled
  const router = createRelayRouter(relay, {
    network: controlled.network,
    peers: controlled.peers,
  })
  const routes = createRelayControl(relay, controlled)
  const { publicHost, onError = () => undefined } = options
  const { names } = reachOf(publicHost === undefined ? {} : { publicHost })
  return {
    ...relayControl(routes),
    router: (request, response, next) => {
      const entry = journal.open(uncounted(request.socket))
      follow(entry, request, response)
      router(request, response, next)
    },
    control: controlPlane(routes, { names, onError }),
    seed: controlled.seed(),
  }
}
