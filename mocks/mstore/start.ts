import type { Server } from 'node:http'
import { bsfListener } from '#mocks/bsf/listener.ts'
import { controlPlane } from '#mocks/edge/control/control-plane.ts'
import { http10Server, type TlsMaterial } from '#mocks/edge/http10.ts'
import { httpServer, listen, type Listening } from '#mocks/edge/listen.ts'
import { testCertificate } from '#mocks/edge/test-certificate.ts'
import { tap } from '#mocks/edge/wire-tap.ts'
import { assembleMStore, type AssembledMStore, type MStoreOptions } from './assemble.ts'
import { createMStoreControl } from './control.ts'
import { mStoreListener } from './listener.ts'
import type { MStoreHandled } from './mstore.ts'

/** How an mStore is to be started; everything has a default. */
export interface MStoreMockOptions extends MStoreOptions {
  /** 0, the default, is any free port. */
  readonly port?: number
  readonly controlPort?: number
  readonly bsfPort?: number
  /** Where the mStore and its bootstrapping server listen, 127.0.0.1 by default; the control plane listens on 127.0.0.1 alone. */
  readonly host?: string
  /** Speaks in clear instead of TLS. */
  readonly plain?: boolean
  /** How long a whole request may take to arrive, in ms. */
  readonly requestTimeoutMs?: number
  /** Told of what our own code threw while it served a request. */
  readonly onError?: (error: unknown) => void
  /** Shown each answer before it goes out, and what it was made of. */
  readonly onAnswer?: (handled: MStoreHandled) => void
}

/** An mStore that is listening. */
export interface MStoreMock {
  readonly url: string
  /** The URL of the control plane. */
  readonly control: string
  /** The bootstrapping server: where it listens, and the name it goes by. */
  readonly bsf: { readonly url: string; readonly fqdn: string }
  /** The certificate of the authority that a client must trust, as PEM text; null without TLS. */
  readonly ca: string | null
  readonly seed: string
  readonly close: () => Promise<void>
}

const HOST = '127.0.0.1'

/** Starts an mStore and its control plane. A port that is taken is a UsageError; nothing is left listening then. */
export async function startMStoreMock(options: MStoreMockOptions = {}): Promise<MStoreMock> {
  const { host = HOST } = options
  const faults = options.faults?.length ? (await import('./faults.ts')).FAULTS : []
  return await startAssembledMStore(assembleMStore({ naf: host, ...options }, faults), options)
}

/** The same for an mStore that was put together, and perhaps filled, beforehand. */
async function startAssembledMStore(
  assembled: AssembledMStore,
  options: MStoreMockOptions,
): Promise<MStoreMock> {
  const { controlled } = assembled
  const { host = HOST, port = 0, controlPort = 0, bsfPort = 0, plain = false } = options
  const certificate = plain ? null : testCertificate()
  const opened: Listening[] = []
  const open = async (...order: Parameters<typeof listen>): Promise<string> => {
    const listening = await listen(...order)
    opened.push(listening)
    return listening.url
  }
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((listening) => listening.close()))
  }
  try {
    const server = mStoreServer(assembled, options, certificate?.tls)
    const url = await open(server, { host, port, option: '--port' })
    const bsfUrl = await open(bsfServer(assembled, options), { host, port: bsfPort, option: '--bsf-port' })
    const bsf = { url: bsfUrl, fqdn: controlled.bsf.fqdn }
    const control = await open(controlServer(assembled, options, bsf), {
      ...{ host: HOST, port: controlPort, option: '--control-port' },
    })
    return { url, control, bsf, ca: certificate?.ca ?? null, seed: controlled.seed(), close }
  } catch (error) {
    await close()
    throw error
  }
}

function mStoreServer(
  { mStore, controlled }: AssembledMStore,
  options: MStoreMockOptions,
  tls: TlsMaterial | undefined,
): Server {
  const { requestTimeoutMs, onAnswer } = options
  const server = http10Server(
    mStoreListener(mStore, {
      onError: reporter(options),
      onAnswer,
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

function bsfServer({ controlled }: AssembledMStore, options: MStoreMockOptions): Server {
  const server = httpServer(bsfListener(controlled.bsf, { onError: reporter(options) }))
  tap(server, controlled.journal)
  return server
}

function controlServer(
  { mStore, controlled }: AssembledMStore,
  options: MStoreMockOptions,
  bsf: MStoreMock['bsf'],
): Server {
  return httpServer(controlPlane(createMStoreControl(mStore, controlled, bsf), reporter(options)))
}

function reporter({ onError = () => undefined }: MStoreMockOptions): (error: unknown) => void {
  return onError
}
