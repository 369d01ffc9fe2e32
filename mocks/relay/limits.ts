import type { Limiter } from '#protocol/relay/limiters.ts'
import { charged, type BucketFigures } from '#mocks/engine/bucket.ts'
import type { StepResult } from '#mocks/engine/steps.ts'
import type { BucketCharged } from './changes.ts'
import type { RelayScene } from './scene.ts'

/** What the rules of rate limits may read. */
export type LimitScene = RelayScene<{ readonly limits: LimitRules }>

/** What a limiter is asked to count: `number` is the one charged, `target` whatever else distinguishes requests. */
export interface Counted {
  readonly number: string
  readonly target?: string
  readonly tokens?: number
}

/** The limits: the figures of each limiter, null where there is none, and which requests share a bucket. */
export interface LimitRules {
  readonly figures: Readonly<Record<Limiter, BucketFigures | null>>
  readonly keys: Readonly<Record<Limiter, (counted: Counted) => string>>
  /** The bucket of a limiter after a charge; null where it holds too few tokens. */
  readonly charged: Readonly<Record<Limiter, typeof charged>>
}

const byNumber = ({ number }: Counted): string => number

/** The relay spec gives no numbers (E-64); these are the defaults of the deployed relay. */
export const documentedLimits: LimitRules = {
  figures: {
    // RELAY-CODE-05, RELAY-CODE-06
    sms: { burst: 2, refillMs: 30_000 },
    voice: { burst: 2, refillMs: 120_000 },
    // RELAY-VERIFY-08
    verify: { burst: 2, refillMs: 30_000 },
    // RELAY-MESSAGE-06
    messages: { burst: 60, refillMs: 1000 },
    // RELAY-PREKEY-16
    prekeys: { burst: 3, refillMs: 600_000 },
    // RELAY-ATTACHMENT-06
    attachments: { burst: 50, refillMs: 1200 },
    // RELAY-ATTACHMENT-10, E-41
    retrievals: { burst: 50, refillMs: 1200 },
    // E-46: one token of the bucket for each token of the query
    contacts: { burst: 50_000, refillMs: 1.2 },
    // E-30
    allocateDevice: { burst: 2, refillMs: 120_000 },
    verifyDevice: { burst: 2, refillMs: 30_000 },
  },
  keys: {
    // RELAY-CODE-08: the number that is to receive the code
    sms: byNumber,
    voice: byNumber,
    // the number in the header, whichever client sends it
    verify: byNumber,
    // RELAY-MESSAGE-35: the sender
    messages: byNumber,
    // RELAY-PREKEY-24: the caller and the device asked for; `*` and `1` are different
    prekeys: ({ number, target = '' }) => `${number} ${target}`,
    attachments: byNumber,
    retrievals: byNumber,
    contacts: byNumber,
    allocateDevice: byNumber,
    verifyDevice: byNumber,
  },
  // RELAY-ENCODING-20
  charged: {
    sms: charged,
    voice: charged,
    verify: charged,
    messages: charged,
    prekeys: charged,
    attachments: charged,
    retrievals: charged,
    contacts: charged,
    allocateDevice: charged,
    verifyDevice: charged,
  },
}

/** Charges a limiter: refuses where the bucket holds too few tokens, and a refusal costs nothing. */
export function limit(
  limiter: Limiter,
  counted: Counted,
  { state, rulebook, world }: LimitScene,
): StepResult<'limited', BucketCharged> {
  const figures = rulebook.limits.figures[limiter]
  if (figures === null) return { kind: 'passed' }
  const key = rulebook.limits.keys[limiter](counted)
  const charge = { nowMs: world.nowMs(counted.number), tokens: counted.tokens ?? 1 }
  const fullAt = rulebook.limits.charged[limiter](state.bucket(limiter, key), figures, charge)
  return fullAt === null
    ? { kind: 'refused', as: 'limited', notes: [`limiter ${limiter} is exhausted`] }
    : { kind: 'passed', changes: [{ kind: 'bucket-charged', limiter, key, fullAt, at: world.nowMs() }] }
}
