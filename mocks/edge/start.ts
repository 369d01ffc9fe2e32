import type { Server } from 'node:http'
import type { TlsOptions } from './certificates/certificate-for.ts'
import { controlPlane } from './control/control-plane.ts'
import type { ControlRoutes } from './control/control-route.ts'
import type { Controlled } from './controlled.ts'
import { httpServer, listen, type Listening, type ListenOptions } from './listen.ts'
import type { Reach, ReachOptions } from './reach.ts'

/** Where and how every mock listens; everything has a default. */
export interface StartOptions<Handled> extends ReachOptions, TlsOptions {
  /** 0, the default, is any free port. */
  readonly port?: number
  readonly controlPort?: number
  /** How long a whole request may take to arrive, in ms. */
  readonly requestTimeoutMs?: number
  /** Gets what our own code threw while it served a request. */
  readonly onError?: (error: unknown) => void
  /** Gets each answer before it goes out, and what it was made of; none of a mock that is a variant. */
  readonly onAnswer?: (handled: Handled) => void
}

/** Makes one of the servers of a mock listen, and returns its URL. A port that is taken is a UsageError. */
export type OpenServer = (server: Server, options: ListenOptions) => Promise<string>

/**
 * Starts the servers that `start` opens, one after the other. Where one cannot listen, or anything else fails,
 * those opened before it are closed.
 */
export async function startServers<Running extends object>(
  start: (open: OpenServer) => Promise<Running>,
): Promise<Running & { readonly close: () => Promise<void> }> {
  const opened: Listening[] = []
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((listening) => listening.close()))
  }
  const open: OpenServer = async (server, options) => {
    const listening = await listen(server, options)
    opened.push(listening)
    return listening.url
  }
  try {
    return { ...(await start(open)), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** What gets the answers of a mock while it is no variant, whose answers may have forms of their own. */
export function unvaried<Handled>(
  onAnswer: StartOptions<Handled>['onAnswer'],
  { variants }: Pick<Controlled, 'variants'>,
): StartOptions<Handled>['onAnswer'] {
  if (onAnswer === undefined) return undefined
  return (handled) => {
    if (!variants.isVaried) onAnswer(handled)
  }
}

/** What the control plane of a mock is opened with. */
interface ControlOptions extends Pick<StartOptions<never>, 'controlPort' | 'onError'> {
  readonly reach: Reach
}

/** Opens the control plane of a mock, which has these routes. */
export function openControl(
  open: OpenServer,
  routes: ControlRoutes,
  { controlPort = 0, onError = () => undefined, reach }: ControlOptions,
): Promise<string> {
  const server = httpServer(controlPlane(routes, { names: reach.names, onError }))
  const { controlHost: host, announcedControl: announced } = reach
  return open(server, {
    host,
    announced,
    hostOption: '--control-host',
    port: controlPort,
    option: '--control-port',
  })
}
