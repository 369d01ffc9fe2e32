import type { Json } from '#mocks/engine/reply.ts'
import type { VirtualClock } from '../clock.ts'
import type { Controlled } from '../controlled.ts'
import type { JournalEntry } from '../journal-entry.ts'
import type { NetworkFault } from '../network-faults.ts'
import { ControlError } from './control-error.ts'
import type { ControlQuery, ControlRoutes } from './control-route.ts'
import { decodedEntry } from './decoded-entry.ts'
import { journalFilter } from './journal-filter.ts'

interface ClockAdvance {
  readonly ms: number
  readonly number?: string | null
}

interface FaultActivation {
  readonly id: string
  readonly next?: number | null
  readonly number?: string | null
}

interface VariantChoice {
  readonly ids: readonly string[]
}

interface Reset {
  readonly seed?: string | null
}

const JOURNAL_PAGE = '1000'

/** The routes that every mock has: health, clock, faults, variants, journal, reset. Times are ms since the epoch. */
export function sharedRoutes(controlled: Controlled) {
  return {
    ...stateRoutes(controlled),
    ...faultRoutes(controlled),
    ...variantRoutes(controlled),
    ...networkRoutes(controlled),
  } satisfies ControlRoutes
}

function stateRoutes({ protocol, dialect, seed, clock, journal, reset }: Controlled) {
  return {
    'GET /health': {
      does: 'protocol, dialect and seed',
      gives: 'health',
      answer: () => ({ status: 'ok', protocol, dialect, seed: seed() }),
    },
    'GET /clock': {
      does: 'the virtual clock; ?number= that of one number',
      gives: 'clock',
      answer: ({ number }: ControlQuery) => timeOf(clock, number),
    },
    'POST /clock/advance': {
      does: 'moves the clock on by {ms}, for everybody or for one {number}',
      takes: 'clock-advance',
      gives: 'clock',
      answer: ({ ms, number }: ClockAdvance) => {
        clock.advance(ms, number ?? undefined)
        return timeOf(clock, number ?? undefined)
      },
    },
    'GET /journal': {
      does: 'every request and its answer, with timing and notes; ?decoded ?number= ?operation= ?status= ?since= ?limit=',
      takes: 'journal-query',
      gives: 'journal',
      isPretty: isDecoded,
      answer: (query: ControlQuery) => {
        const { since = '0', limit = JOURNAL_PAGE } = query
        const wanted = journal.read(Number(since), Infinity).filter(journalFilter(query))
        const entries = wanted.slice(0, Number(limit)).map(isDecoded(query) ? decodedEntry : shown)
        return { entries, count: wanted.length, dropped: journal.dropped }
      },
    },
    'POST /reset': {
      does: 'puts everything back to the start, with another {seed} where one is given',
      takes: 'reset',
      answer: async ({ seed: next }: Reset) => {
        await reset(next ?? undefined)
      },
    },
  } satisfies ControlRoutes
}

function faultRoutes({ faults, loadFaults }: Controlled) {
  const checkKnown = (id: string): void => {
    if (faults.list().some((fault) => fault.id === id)) return
    throw new ControlError(
      400,
      `/id: expected a fault that GET /faults lists, got ${JSON.stringify(id.slice(0, 60))}`,
    )
  }
  return {
    'GET /faults': {
      does: 'the deliberate violations, and which are at work',
      gives: 'faults',
      answer: async () => {
        await loadFaults?.()
        return { faults: faults.list().map(shownFault) }
      },
    },
    'POST /faults': {
      does: 'sets the fault {id} to work, for all requests, the {next} n, or those of one {number}',
      takes: 'fault-activation',
      answer: async ({ id, next = null, number = null }: FaultActivation) => {
        await loadFaults?.()
        checkKnown(id)
        faults.activate(id, { next, number })
      },
    },
    'DELETE /faults': {
      does: 'ends the fault ?id=, or all',
      answer: async ({ id }: ControlQuery) => {
        await loadFaults?.()
        if (id !== undefined) checkKnown(id)
        faults.deactivate(id)
      },
    },
  } satisfies ControlRoutes
}

function networkRoutes({ network }: Controlled) {
  return {
    'GET /network': {
      does: 'the faults of the network that are at work',
      gives: 'network-faults',
      answer: () => ({ faults: network.list().map((fault) => ({ ...fault })) }),
    },
    'POST /network': {
      does: 'spoils answers on their way: {kind, ms?, bytes?, status?, operation?, number?, nth?, next?}',
      takes: 'network-fault',
      gives: 'network-fault-id',
      status: 201,
      answer: (fault: NetworkFault) => ({ id: network.add(fault) }),
    },
    'DELETE /network': {
      does: 'ends the fault of the network ?id=, or all',
      answer: ({ id }: ControlQuery) => {
        if (network.remove(id === undefined ? undefined : Number(id))) return
        throw new ControlError(404, `/id: expected that of a fault that GET /network lists`)
      },
    },
  } satisfies ControlRoutes
}

function variantRoutes({ variants, loadVariants }: Controlled) {
  const shownVariants = (): Json =>
    variants.list().map(({ id, requirement, summary, active }) => ({ id, requirement, summary, active }))
  return {
    'GET /variants': {
      does: 'the other ways to be right, and which the mock has',
      gives: 'variants',
      answer: async () => {
        await loadVariants?.()
        return { variants: shownVariants() }
      },
    },
    'PUT /variants': {
      does: 'makes the mock the variants {ids} and no others; changed limits are those of the start again',
      takes: 'variant-choice',
      answer: async ({ ids }: VariantChoice) => {
        await loadVariants?.()
        const unknown = variants.use(ids)
        if (unknown === null) return
        throw new ControlError(
          400,
          `/ids: expected variants that GET /variants lists, got ${JSON.stringify(unknown.slice(0, 60))}`,
        )
      },
    },
  } satisfies ControlRoutes
}

function shownFault({
  id,
  requirement,
  summary,
  active,
}: ReturnType<Controlled['faults']['list']>[number]): Json {
  return { id, requirement, summary, active: active && { ...active } }
}

function timeOf(clock: VirtualClock, number: string | undefined): Json {
  return { nowMs: clock.nowMs(number), offsetMs: clock.offsetMs(number) }
}

function shown(entry: JournalEntry): Json {
  return { ...entry, raw: Buffer.from(entry.raw).toString('base64'), answer: undefined }
}

function isDecoded({ decoded = 'false' }: ControlQuery): boolean {
  return decoded !== 'false'
}
