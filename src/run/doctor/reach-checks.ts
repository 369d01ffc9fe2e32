import { lookup } from 'node:dns/promises'
import { connect, isIP } from 'node:net'
import { once } from 'node:events'
import type { Target } from '#driver/target.ts'
import type { Answer } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { printable } from '#evidence/printable.ts'
import { asked } from './asked.ts'
import { check, type DoctorCheck } from './check.ts'
import { errorCode } from '#evidence/system-error.ts'
import { schemeCheck, tlsCheck } from './tls-checks.ts'

/** What is known once the target has answered. */
export interface ReachFacts {
  /** Its answer to a request without credentials. */
  readonly answer: Answer
  /** When it came, in milliseconds since the Unix epoch. */
  readonly answeredAt: number
}

const URL_KEY = ['url'] as const

/** How the target is reached, from its name to its clock; `opening` is a request that any server of the protocol refuses. */
export function reachChecks<Whole extends Target, Facts extends ReachFacts>(
  opening: (target: Whole) => WireRequest,
): readonly DoctorCheck<Whole, Facts>[] {
  return [nameCheck(), tcpCheck(), schemeCheck(opening), tlsCheck(opening), httpCheck(opening), clockCheck()]
}

function nameCheck<Whole extends Target, Facts>(): DoctorCheck<Whole, Facts> {
  return check<Whole, Facts, 'unknown' | 'no-answer'>({
    name: 'name',
    needs: [],
    risks: [],
    idle: proxied,
    run: async ({ url }) => {
      const host = hostOf(url)
      try {
        const found = await lookup(host, { all: true })
        const addresses = found.map(({ address }) => address).join(', ')
        return { kind: 'well', said: isIP(host) === 0 ? `${host} is ${addresses}` : `${host} is an address` }
      } catch (error) {
        const code = errorCode(error)
        return {
          kind: 'wrong',
          code: code === 'ENOTFOUND' ? 'unknown' : 'no-answer',
          got: `no address for ${host} (${code})`,
        }
      }
    },
    advice: {
      unknown: { blame: 'file', at: URL_KEY, todo: () => 'correct the host of the URL' },
      'no-answer': { blame: 'target', at: URL_KEY, todo: () => 'look at the name server of this machine' },
    },
  })
}

function tcpCheck<Whole extends Target, Facts>(): DoctorCheck<Whole, Facts> {
  return check<Whole, Facts, 'refused' | 'silent'>({
    name: 'TCP',
    needs: ['name'],
    risks: [],
    idle: proxied,
    run: async ({ url, timeouts }) => {
      const host = hostOf(url)
      const port = portOf(url)
      const begun = performance.now()
      const mistake = await connectionFailure({ host, port }, timeouts.answerMs)
      if (mistake === null)
        return {
          kind: 'well',
          said: `connected to port ${port} in ${Math.ceil(performance.now() - begun)} ms`,
        }
      return {
        kind: 'wrong',
        code: mistake === 'ECONNREFUSED' ? 'refused' : 'silent',
        got: `no connection to ${host}:${port} (${mistake})`,
      }
    },
    advice: {
      refused: {
        blame: 'target',
        at: URL_KEY,
        todo: () => 'start the server, or correct the port of the URL',
      },
      silent: {
        blame: 'target',
        at: URL_KEY,
        todo: () => 'look at the network and its firewalls, or correct the URL',
      },
    },
  })
}

function httpCheck<Whole extends Target, Facts extends ReachFacts>(
  opening: (target: Whole) => WireRequest,
): DoctorCheck<Whole, Facts> {
  return check<Whole, Facts, 'no-http' | 'silent' | 'gateway'>({
    name: 'HTTP',
    needs: ['TCP', 'TLS'],
    risks: [],
    run: async (target) => {
      const result = await asked(target, opening(target))
      if (result.kind === 'answered') {
        const { answer } = result
        const learned = { answer, answeredAt: Date.now() } as Partial<Facts>
        return [502, 503].includes(answer.status)
          ? { kind: 'wrong', code: 'gateway', got: `${answer.status} from a gateway` }
          : { kind: 'well', said: printable(answer.statusLine), learned }
      }
      const { kind, detail } = result.failure
      return { kind: 'wrong', code: kind === 'no-answer' ? 'silent' : 'no-http', got: detail }
    },
    advice: {
      'no-http': { blame: 'target', at: URL_KEY, todo: () => 'is this the right port?' },
      silent: {
        blame: 'target',
        at: ['timeouts', 'answerMs'],
        todo: () => 'look at the server, or allow more time with  timeouts: { answerMs: MS }',
      },
      gateway: { blame: 'target', at: null, todo: () => 'start the server behind the gateway' },
    },
  })
}

/** Beyond this the lifetimes of credentials and limits no longer mean the same at both ends. */
const MOST_SKEW_MS = 60_000

function clockCheck<Whole extends Target, Facts extends ReachFacts>(): DoctorCheck<Whole, Facts> {
  return check<Whole, Facts, never>({
    name: 'clock',
    needs: ['HTTP'],
    risks: [],
    run: (_target, { answer, answeredAt = Date.now() }) => {
      const said = answer?.header('Date') ?? null
      const skew = said === null ? NaN : Date.parse(said) - answeredAt
      if (Number.isNaN(skew)) return Promise.resolve({ kind: 'note', said: 'the server sends no Date' })
      const seconds = Math.round(skew / 1000)
      return Promise.resolve(
        Math.abs(skew) <= MOST_SKEW_MS
          ? { kind: 'well', said: 'the same as here, within a minute' }
          : {
              kind: 'note',
              said: `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} this machine: set the clock that is wrong; lifetimes and limits are judged by it`,
            },
      )
    },
    advice: {},
  })
}

async function connectionFailure(to: { host: string; port: number }, ms: number): Promise<string | null> {
  const socket = connect(to)
  const signal = AbortSignal.timeout(ms)
  try {
    await once(socket, 'connect', { signal })
    return null
  } catch (error) {
    return signal.aborted ? `nothing within ${ms} ms` : errorCode(error)
  } finally {
    socket.on('error', () => undefined).destroy()
  }
}

/** A server behind a proxy is found and connected to by the proxy. */
function proxied({ proxy = null }: Target): string | null {
  return proxy === null ? null : 'left to the proxy'
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[(.*)\]$/, '$1')
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url)
  if (port !== '') return Number(port)
  return protocol === 'https:' ? 443 : 80
}
