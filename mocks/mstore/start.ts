import type { Server } from 'node:http'
import { bsfListener } from '#mocks/bsf/listener.ts'
import { certificateFor } from '#mocks/edge/certificates/certificate-for.ts'
import type { TlsMaterial } from '#mocks/edge/handshakes.ts'
import { http10Server } from '#mocks/edge/http10.ts'
import { httpServer } from '#mocks/edge/listen.ts'
import { reachOf } from '#mocks/edge/reach.ts'
import { openControl, startServers, unvaried, type StartOptions } from '#mocks/edge/start.ts'
import { tap } from '#mocks/edge/wire-tap.ts'
import { assembleMStore, type AssembledMStore, type MStoreOptions } from './assemble.ts'
import { mStoreControl, type MStoreControl } from './control-owner.ts'
import { createMStoreControl } from './control.ts'
import { mStoreListener } from './listener.ts'
import type { MStoreHandled } from './mstore.ts'

/** How an mStore is to be started; everything has a default. Its bootstrapping server listens on the same host. */
export interface MStoreMockOptions extends MStoreOptions, StartOptions<MStoreHandled> {
  /** 0, the default, is any free port. */
  readonly bsfPort?: number
  /** Speaks plain text instead of TLS. */
  readonly plain?: boolean
}

/** An mStore that is listening. */
export interface MStoreMock extends MStoreControl {
  readonly url: string
  /** The URL of the control plane. */
  readonly control: string
  /** The bootstrapping server: where it listens, and the name it goes by. */
  readonly bsf: { readonly url: string; readonly fqdn: string }
  /**
   * The certificate of the authority that a client must trust, as PEM text; null without TLS, and where the certificate
   * was given.
   */
  readonly ca: string | null
  readonly seed: string
  readonly close: () => Promise<void>
}

/** Starts an mStore and its control plane. A port that is taken is a UsageError; nothing is left listening then. */
export async function startMStoreMock(options: MStoreMockOptions = {}): Promise<MStoreMock> {
  const { port = 0, bsfPort = 0, plain = false } = options
  const reach = reachOf(options)
  const faults = options.faults?.length ? (await import('./faults.ts')).FAULTS : []
  const variants = options.variants?.length ? (await import('./variants.ts')).VARIANTS : []
  const assembled = assembleMStore(options, { faults, variants })
  const { mStore, controlled } = assembled
  const served = plain ? null : await certificateFor(options, reach)
  return await startServers(async (open) => {
    const server = mStoreServer(assembled, options, served?.tls)
    const url = await open(server, { ...reach, port, option: '--port' })
    const bsfUrl = await open(bsfServer(assembled, options), {
      ...reach,
      port: bsfPort,
      option: '--bsf-port',
    })
    const bsf = { url: bsfUrl, fqdn: controlled.bsf.fqdn }
    const routes = createMStoreControl(mStore, controlled, bsf)
    const control = await openControl(open, routes, {
      ...options,
      reach,
    })
    return { ...mStoreControl(routes), url, control, bsf, ca: served?.ca ?? null, seed: controlled.seed() }
  })
}

function mStoreServer(
  { mStore, controlled }: AssembledMStore,
  { requestTimeoutMs, onAnswer, onError = () => undefined }: MStoreMockOptions,
  tls: TlsMaterial | undefined,
): Server {
  const server = http10Server(
    mStoreListener(mStore, {
      onError,
      onAnswer: unvaried(onAnswer, controlled),
      network: controlled.network,
    }),
    {
      ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
      tls,
      handshake: () => mStore.handshakeRules(),
    },
  )
  tap(server, controlled.journal)
  return server
}

function bsfServer(
  { controlled }: AssembledMStore,
  { onError = () => undefined }: MStoreMockOptions,
): Server {
  const server = httpServer(bsfListener(controlled.bsf, { onError, network: controlled.network }))
  tap(server, controlled.journal)
  return server
}
