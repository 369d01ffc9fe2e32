import type { BucketFigures, Charge, FullAt } from '#mocks/engine/bucket.ts'
import { fault, type RelayFault } from './fault.ts'

/** How long ago the first request was that a limiter counted, in milliseconds, and how many have passed since. */
interface LimitUsage {
  readonly ageMs: number
  readonly passed: number
}

type Lets = (usage: LimitUsage, figures: BucketFigures) => boolean

/** It lets everything through once one request has been given back. */
const forgetful: Lets = ({ ageMs, passed }, { burst, refillMs }) => passed < burst || ageMs >= refillMs
/** What it does not use it saves up, beyond what it holds. */
const saving: Lets = ({ ageMs, passed }, { burst, refillMs }) => passed < burst + Math.floor(ageMs / refillMs)
/** What is used up it never gives back. */
const exhaustible: Lets = ({ passed }, { burst }) => passed < burst

/** Faults in what limiters do over time. */
export const LIMIT_FAULTS: readonly RelayFault[] = [
  fault('RELAY-ENCODING-20/forgets-the-sms-limit', 'SMS are not limited any more after one refill', {
    limits: { charged: { sms: counting(forgetful) } },
  }),
  fault('RELAY-ENCODING-20/gives-back-all-calls', 'one refill gives back all calls', {
    limits: { charged: { voice: startingAfresh } },
  }),
  fault('RELAY-ENCODING-20/never-gives-back-attempts', 'attempts to confirm are never given back', {
    limits: { charged: { verify: counting(exhaustible) } },
  }),
  fault('RELAY-ENCODING-20/saves-up-messages', 'a sender who waits may send more messages than at first', {
    limits: { charged: { messages: counting(saving) } },
  }),
  fault('RELAY-ENCODING-20/forgets-the-prekey-limit', 'fetches are not limited any more after one refill', {
    limits: { charged: { prekeys: counting(forgetful) } },
  }),
  fault('RELAY-ENCODING-20/saves-up-allocations', 'a client that waits may allocate more than at first', {
    limits: { charged: { attachments: counting(saving) } },
  }),
  fault('RELAY-ENCODING-20/gives-back-all-retrievals', 'one refill gives back all retrievals', {
    limits: { charged: { retrievals: startingAfresh } },
  }),
]

/** Later than any clock, so that what is kept in place of a bucket never counts as full. */
const KEPT = 4e15
const PASSES_PER_MS = 1000

/** A limiter that keeps when it began to count, and how many have passed. */
function counting(lets: Lets) {
  return (kept: FullAt | undefined, figures: BucketFigures, { nowMs }: Charge): FullAt | null => {
    const begunAt = kept === undefined ? Math.trunc(nowMs) : Math.floor((kept - KEPT) / PASSES_PER_MS)
    const passed = kept === undefined ? 0 : (kept - KEPT) % PASSES_PER_MS
    const after = KEPT + begunAt * PASSES_PER_MS + passed + 1
    return lets({ ageMs: nowMs - begunAt, passed }, figures) ? after : null
  }
}

/** A limiter that begins anew with each period of a refill. */
function startingAfresh(kept: FullAt | undefined, figures: BucketFigures, charge: Charge): FullAt | null {
  const begunAt = kept === undefined ? charge.nowMs : Math.floor((kept - KEPT) / PASSES_PER_MS)
  const isOver = charge.nowMs - begunAt >= figures.refillMs
  return counting(exhaustible)(isOver ? undefined : kept, figures, charge)
}
