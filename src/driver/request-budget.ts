/**
 * What a run may spend at its target. It is plain data that threads share, its counter included; it is no JSON, so
 * that another process has none.
 */
export interface RequestBudget {
  /** The most requests; null where they are not bounded. */
  readonly maxRequests: number | null
  readonly maxTimeMs: number | null
  /** When the time is over, in milliseconds since the Unix epoch; null where it is not bounded. */
  readonly endsAt: number | null
  /** One 32-bit number: how many requests were sent. */
  readonly sent: SharedArrayBuffer
}

/** The bounds of a budget, as a command line gives them; undefined where it does not. */
export interface BudgetBounds {
  readonly maxRequests?: number | undefined
  readonly maxTimeMs?: number | undefined
}

/** Why nothing more is sent: which bound is reached, and what would move it. */
export interface SpentBudget {
  readonly name: 'max-requests' | 'max-time'
  readonly enable: string
}

/** The budget of a run is spent: the request was not sent, which says nothing of the target. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent'

  constructor({ name, enable }: SpentBudget) {
    super(`the budget of the run is spent (${name}); to go on: ${enable}`)
  }
}

/** A budget of which nothing is spent, for a run that begins `now` (milliseconds since the Unix epoch). */
export function newBudget({ maxRequests, maxTimeMs }: BudgetBounds, now: number): RequestBudget {
  return {
    maxRequests: maxRequests ?? null,
    maxTimeMs: maxTimeMs ?? null,
    endsAt: maxTimeMs === undefined ? null : now + maxTimeMs,
    sent: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
  }
}

/** How many requests were sent so far. */
export function requestsSent({ sent }: Pick<RequestBudget, 'sent'>): number {
  return Atomics.load(new Int32Array(sent), 0)
}

/** Which bound is reached; null where none is. */
export function spentOf(budget: RequestBudget, now: number): SpentBudget | null {
  const { maxRequests, maxTimeMs, endsAt } = budget
  if (endsAt !== null && now >= endsAt)
    return { name: 'max-time', enable: `--max-time above ${Math.round((maxTimeMs ?? 0) / SECOND_MS)}s` }
  if (maxRequests !== null && requestsSent(budget) >= maxRequests)
    return { name: 'max-requests', enable: `--max-requests above ${maxRequests}` }
  return null
}

/** Takes one request from the budget. Throws BudgetSpent where there is none left. */
export function takeRequest(budget: RequestBudget, now: number): void {
  const spent = spentOf(budget, now)
  if (spent !== null) throw new BudgetSpent(spent)
  const before = Atomics.add(new Int32Array(budget.sent), 0, 1)
  if (budget.maxRequests === null || before < budget.maxRequests) return
  Atomics.sub(new Int32Array(budget.sent), 0, 1)
  throw new BudgetSpent({ name: 'max-requests', enable: `--max-requests above ${budget.maxRequests}` })
}

/** Counts a request that is made whatever is left, such as one that puts something back. */
export function countRequest({ sent }: Pick<RequestBudget, 'sent'>): void {
  Atomics.add(new Int32Array(sent), 0, 1)
}

const SECOND_MS = 1000
