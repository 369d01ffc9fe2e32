import { controlListener } from '#mocks/edge/control.ts'
import { http10Server } from '#mocks/edge/http10.ts'
import { httpServer, listen } from '#mocks/edge/listen.ts'
import { testCertificate } from '#mocks/edge/test-certificate.ts'
import { tap } from '#mocks/edge/wire-tap.ts'
import { assembleMStore, type AssembledMStore, type MStoreOptions } from './assemble.ts'
import { createMStoreControl } from './control.ts'
import { mStoreListener } from './listener.ts'
import type { Handled } from './mstore.ts'

/** How an mStore is to be started; everything has a default. */
export interface MStoreMockOptions extends MStoreOptions {
  /** 0, the default, is any free port. */
  readonly port?: number
  readonly controlPort?: number
  /** Where the mStore listens, 127.0.0.1 by default; the control plane listens on 127.0.0.1 alone. */
  readonly host?: string
  /** Speaks in clear instead of TLS. */
  readonly plain?: boolean
  /** How long a whole request may take to arrive, in ms. */
  readonly requestTimeoutMs?: number
  /** Told of what our own code threw while it served a request. */
  readonly onError?: (error: unknown) => void
  /** Shown each answer before it goes out, and what it was made of. */
  readonly onAnswer?: (handled: Handled) => void
}

/** An mStore that is listening. */
export interface MStoreMock {
  readonly url: string
  /** The URL of the control plane. */
  readonly control: string
  /** The certificate of the authority that a client must trust, as PEM text; null without TLS. */
  readonly ca: string | null
  readonly seed: string
  readonly close: () => Promise<void>
}

const HOST = '127.0.0.1'

/** Starts an mStore and its control plane. A port that is taken is a UsageError; nothing is left listening then. */
export async function startMStoreMock(options: MStoreMockOptions = {}): Promise<MStoreMock> {
  const { host = HOST } = options
  return await startAssembledMStore(assembleMStore({ naf: host, ...options }), options)
}

/** The same for an mStore that was put together, and perhaps filled, beforehand. */
export async function startAssembledMStore(
  { mStore, controlled }: AssembledMStore,
  options: MStoreMockOptions,
): Promise<MStoreMock> {
  const { host = HOST, port = 0, controlPort = 0, plain = false, onError = () => undefined } = options
  const certificate = plain ? null : testCertificate()
  const server = http10Server(
    mStoreListener(mStore, {
      onError,
      onAnswer: options.onAnswer,
      note: (request, notes) => {
        entryOf(request).note(...notes)
      },
    }),
    {
      ...(options.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: options.requestTimeoutMs }),
      tls: certificate?.tls,
    },
  )
  const entryOf = tap(server, controlled.journal)
  const control = httpServer(controlListener(createMStoreControl(mStore, controlled), onError))

  const listening = await listen(server, { host, port, option: '--port' })
  try {
    const controlling = await listen(control, { host: HOST, port: controlPort, option: '--control-port' })
    return {
      url: listening.url,
      control: controlling.url,
      ca: certificate?.ca ?? null,
      seed: controlled.seed(),
      close: async () => {
        await Promise.all([listening.close(), controlling.close()])
      },
    }
  } catch (error) {
    await listening.close()
    throw error
  }
}
