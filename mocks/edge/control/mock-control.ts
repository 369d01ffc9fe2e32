import { onDemand } from '#protocol/on-demand.ts'
import type * as Lossless from 'lossless-json'
import type { NetworkFault, ActiveNetworkFault } from '../network-faults.ts'
import type { ControlCall } from './in-process.ts'

/** Which requests of the journal are wanted. */
export interface JournalWish {
  /** A number that the request names, in its path or its credentials. */
  readonly number?: string
  readonly operation?: string
  /** A status, `4xx` for a class of them, `none` for requests without an answer. */
  readonly status?: number | '1xx' | '2xx' | '3xx' | '4xx' | '5xx' | 'none'
  /** The id after which they begin. */
  readonly since?: number
  /** The most entries; 1000 by default. */
  readonly limit?: number
}

/** A body as JSON.parse has it, as text, or in Base64; null where there is none. */
export type JournalBody =
  { readonly json: unknown } | { readonly text: string } | { readonly base64: string } | null

/** A request and its answer. Times in ms. */
export interface JournalRecord {
  readonly id: number
  readonly at: number
  readonly remote: string
  readonly method: string | null
  readonly target: string | null
  /** What it was taken for, and what that came to. */
  readonly operation: string | null
  readonly outcome: string | null
  readonly status: number | null
  readonly durationMs: number | null
  /** What the mock says of it. */
  readonly notes: readonly string[]
  readonly request: { readonly headers: readonly (readonly [string, string])[]; readonly body: JournalBody }
  readonly answer: {
    readonly kind: string
    readonly status?: number
    readonly headers?: readonly (readonly [string, string])[]
    readonly body?: JournalBody
  } | null
}

/** What the journal answers. */
export interface JournalAnswer {
  readonly entries: readonly JournalRecord[]
  /** How many there are, whatever the limit. */
  readonly count: number
  /** How many were given up for want of room. */
  readonly dropped: number
}

/** A fault or a variant that a mock knows; `active` says how it is at work, if at all. */
export interface KnownDeviation<Active> {
  readonly id: string
  readonly requirement: string
  readonly summary: string
  readonly active: Active
}

/** For how many requests, and for which number, a fault is at work; all where it is left out. */
export interface FaultScope {
  readonly next?: number
  readonly number?: string
}

/** A time of the virtual clock, and how far it is from the real one, in ms. */
export interface ClockTime {
  readonly nowMs: number
  readonly offsetMs: number
}

/** What every mock lets its owner see and move, as its control plane does. Each rejects with one line that says why. */
export interface MockControl {
  readonly health: () => Promise<{
    readonly protocol: string
    readonly dialect: string
    readonly seed: string
  }>
  readonly clock: {
    readonly now: (number?: string) => Promise<ClockTime>
    readonly advance: (ms: number, number?: string) => Promise<ClockTime>
  }
  readonly faults: {
    readonly list: () => Promise<readonly KnownDeviation<FaultScope | null>[]>
    readonly activate: (id: string, scope?: FaultScope) => Promise<void>
    /** Ends one, or all. */
    readonly deactivate: (id?: string) => Promise<void>
  }
  readonly variants: {
    readonly list: () => Promise<readonly KnownDeviation<boolean>[]>
    /** Makes the mock these, and no others. */
    readonly use: (ids: readonly string[]) => Promise<void>
  }
  readonly network: {
    readonly list: () => Promise<readonly ActiveNetworkFault[]>
    /** Its id. */
    readonly add: (fault: NetworkFault) => Promise<number>
    /** Ends one, or all. */
    readonly remove: (id?: number) => Promise<void>
  }
  readonly journal: (wish?: JournalWish) => Promise<JournalAnswer>
  /** Everything back to the start, with another seed where one is given. */
  readonly reset: (seed?: string) => Promise<void>
}

const lossless = onDemand('lossless-json') as () => typeof Lossless

/** What every mock lets its owner see and move. */
export function mockControl(call: ControlCall): MockControl {
  const done = async (...asked: Parameters<ControlCall>): Promise<void> => {
    await call(...asked)
  }
  const listed = async <Listed>(place: Parameters<ControlCall>[0], member: string): Promise<Listed> =>
    ((await call(place)) as Record<string, unknown>)[member] as Listed
  return {
    health: () => call('GET /health') as ReturnType<MockControl['health']>,
    clock: {
      now: (number) => call('GET /clock', { number }) as Promise<ClockTime>,
      advance: (ms, number) => call('POST /clock/advance', { ms, number }) as Promise<ClockTime>,
    },
    faults: {
      list: () => listed('GET /faults', 'faults'),
      activate: (id, scope = {}) => done('POST /faults', { id, ...scope }),
      deactivate: (id) => done('DELETE /faults', { id }),
    },
    variants: {
      list: () => listed('GET /variants', 'variants'),
      use: (ids) => done('PUT /variants', { ids }),
    },
    network: {
      list: () => listed('GET /network', 'faults'),
      add: async (fault) => ((await call('POST /network', fault)) as { readonly id: number }).id,
      remove: (id) => done('DELETE /network', { id: id?.toString() }),
    },
    journal: async (wish = {}) => {
      const query = Object.entries(wish).map(([name, value]) => [name, String(value)] as const)
      return plain(
        await call('GET /journal', { ...Object.fromEntries(query), decoded: 'true' }),
      ) as JournalAnswer
    },
    reset: (seed) => done('POST /reset', { seed }),
  }
}

/** A value whose numbers may be lossless ones, with the numbers of JavaScript. */
function plain(value: unknown): unknown {
  return JSON.parse(lossless().stringify(value) ?? 'null') as unknown
}
