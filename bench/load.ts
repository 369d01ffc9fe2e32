import { connect, type Socket } from 'node:net'

/** What a load consists of. Each connection has one request under way at a time. */
export interface LoadOrder {
  readonly url: string
  /** The bytes of the requests, sent in turn. */
  readonly requests: readonly string[]
  readonly connections: number
  /** How many requests in all. */
  readonly count: number
}

/** The results of a load. Latencies in ms. */
export interface Load {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

/**
 * Sends the load from this process over bare sockets: a client of node:http would be slower than the
 * servers, and all of them would look alike. It never sleeps meanwhile: on a virtual machine a server that
 * wakes its client up pays for that, the slower one more often. Rejects where an answer is not 2xx.
 */
export function load(order: LoadOrder): Promise<Load> {
  return awake(() => sendAll(order))
}

/** Does what takes time without letting this process sleep. */
async function awake<Done>(task: () => Promise<Done>): Promise<Done> {
  let turn = setImmediate(next)
  function next(): void {
    turn = setImmediate(next)
  }
  try {
    return await task()
  } finally {
    clearImmediate(turn)
  }
}

async function sendAll({ url, requests, connections, count }: LoadOrder): Promise<Load> {
  const latencies: number[] = []
  const { hostname, port } = new URL(url)
  let sent = 0
  const next = (): string | undefined => (sent < count ? requests[sent++ % requests.length] : undefined)
  const started = performance.now()
  await Promise.all(
    Array.from({ length: connections }, () =>
      converse(connect(Number(port), hostname).setNoDelay(), next, latencies),
    ),
  )
  return summary(latencies, started)
}

/** Makes `count` calls, so many at a time, and measures them; it never sleeps either. */
export function loadCalls(call: () => Promise<unknown>, extent: CallExtent): Promise<Load> {
  return awake(() => makeAll(call, extent))
}

type CallExtent = Pick<LoadOrder, 'connections' | 'count'>

async function makeAll(call: () => Promise<unknown>, { connections, count }: CallExtent): Promise<Load> {
  const latencies: number[] = []
  let made = 0
  const started = performance.now()
  const caller = async (): Promise<void> => {
    while (made++ < count) {
      const since = performance.now()
      await call()
      latencies.push(performance.now() - since)
    }
  }
  await Promise.all(Array.from({ length: connections }, caller))
  return summary(latencies, started)
}

function summary(latencies: readonly number[], started: number): Load {
  const seconds = (performance.now() - started) / 1000
  const sorted = latencies.toSorted((left, right) => left - right)
  return { perSecond: sorted.length / seconds, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) }
}

/** One connection, until there is no next request. */
function converse(socket: Socket, next: () => string | undefined, latencies: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let since = 0
    let pending = ''
    const send = (): void => {
      const request = next()
      if (request === undefined) {
        socket.end()
        return
      }
      since = performance.now()
      socket.write(request, 'latin1')
    }
    socket.on('connect', send).on('error', reject)
    socket.on('close', () => {
      resolve()
    })
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1')
      const end = endOfAnswer(pending)
      if (end === null) return
      if (!pending.startsWith('HTTP/1.1 2')) {
        socket.destroy(new Error(`load: expected 2xx, got ${pending.slice(0, 60)}`))
        return
      }
      latencies.push(performance.now() - since)
      pending = pending.slice(end)
      send()
    })
  })
}

/** Where the answer at the beginning of `text` ends; null while it is not whole. */
function endOfAnswer(text: string): number | null {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return null
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0
  const end = head + 4 + Number(length)
  return text.length < end ? null : end
}

/** The value below which that share of sorted values lies. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}

/** The middle one of values in any order. */
export function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((left, right) => left - right),
    0.5,
  )
}
