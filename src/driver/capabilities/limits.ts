import type { Limiter } from '#protocol/relay/limiters.ts'
import { absenceLine, figuresLine, givenBackBy } from '../limit-figures.ts'
import type { DeclaredLimit, Limit, LimitsSource, RelayTarget } from '../target.ts'
import { answerReader } from './answer-reader.ts'
import type { CapabilityIo, Redact } from './capability-io.ts'
import { commandJson } from './command.ts'
import { type ControlPlane, openControlPlane } from './control-plane.ts'
import { DeclaredAbsent, MissingCapability } from './failures.ts'

/** The figures of the target's limiters, and a way to let one refill. */
export interface Limits {
  /** Throws MissingCapability when nothing is said of that limiter. */
  limit(name: Limiter): Promise<Limit>
  /**
   * Lets enough time pass for the limiter to give back to that number once, or so many times: on a control plane by
   * advancing the number's clock, else by waiting.
   */
  refill(name: Limiter, number: string, times?: number): Promise<void>
}

/** The adapter of the target's `limits`; without one both members throw MissingCapability. */
export function createLimits(target: RelayTarget, io: CapabilityIo): Limits {
  const source = target.capabilities.limits
  if (source === null) {
    const missing = () => Promise.reject(new MissingCapability('limits'))
    return { limit: missing, refill: missing }
  }
  if (source.kind !== 'mock-control') return waiting(source, io)
  return controlled(openControlPlane('limits', source.url, target))
}

type LimiterFigures = Readonly<Partial<Record<string, DeclaredLimit>>>

const figures = answerReader<{ readonly limits: LimiterFigures }>('limits')
const clock = answerReader<{ readonly nowMs: number }>('clock')

function controlled(plane: ControlPlane): Limits {
  const limit = async (name: Limiter) => figureOf((await plane.get('/limits', figures)).limits, name)
  const refill = async (name: Limiter, number: string, times = 1) => {
    const { everyMs } = givenBackBy(await limit(name))
    await plane.post('/clock/advance', { ms: times * everyMs, number }, clock)
  }
  return { limit, refill }
}

/** A timer may go off this much early by the clock, in milliseconds. */
const TIMER_MS = 2

function waiting(source: Exclude<LimitsSource, { readonly kind: 'mock-control' }>, io: CapabilityIo): Limits {
  const limit = async (name: Limiter) => figureOf(await figuresOf(source, io.redact), name)
  const refill = async (name: Limiter, _: string, times = 1) =>
    io.wait(times * givenBackBy(await limit(name)).everyMs + TIMER_MS)
  return { limit, refill }
}

async function figuresOf(
  source: Exclude<LimitsSource, { readonly kind: 'mock-control' }>,
  redact: Redact,
): Promise<LimiterFigures> {
  if (source.kind === 'fixed') return source.limits
  return (await commandJson({ ...source, what: 'limits', redact }, [], figures)).limits
}

function figureOf(all: LimiterFigures, name: Limiter): Limit {
  const found = all[name]
  if (found === undefined) throw new MissingCapability('limits', figuresLine(name))
  if (found === 'none') throw new DeclaredAbsent('limits', absenceLine(name))
  return found
}
