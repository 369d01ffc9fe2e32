import type { BucketFigures, Charge, FullAt } from '#mocks/engine/bucket.ts'
import { variant, type RelayVariant } from './variant.ts'

const WINDOW_MS = 1000

/** How many requests each limiter lets through in a window. */
const BURSTS = {
  sms: 2,
  voice: 3,
  verify: 3,
  messages: 5,
  prekeys: 3,
  attachments: 4,
  retrievals: 4,
} as const

/** Relays whose limits are right otherwise. */
export const LIMIT_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-ENCODING-20/counts-by-windows',
    summary: 'limiters count by windows of a second, and give back all at once',
    open: 'how a limiter gives back what was used up is not said',
    patch: {
      limits: {
        figures: ofEach((burst) => ({ burst, refillMs: WINDOW_MS })),
        charged: ofEach(() => inWindow),
      },
    },
    target: { capabilities: { limits: { fixed: ofEach((burst) => ({ burst, windowMs: WINDOW_MS })) } } },
    scenarios: [
      'RELAY-ENCODING-20',
      'RELAY-CODE-05',
      'RELAY-CODE-06',
      'RELAY-CODE-09',
      'RELAY-VERIFY-08',
      'RELAY-VERIFY-09',
      'RELAY-MESSAGE-06',
      'RELAY-MESSAGE-37',
      'RELAY-PREKEY-16',
      'RELAY-PREKEY-17',
      'RELAY-ATTACHMENT-06',
      'RELAY-ATTACHMENT-10',
    ],
  }),
]

function ofEach<Value>(make: (burst: number) => Value): Readonly<Record<keyof typeof BURSTS, Value>> {
  const { sms, voice, verify, messages, prekeys, attachments, retrievals } = BURSTS
  return {
    sms: make(sms),
    voice: make(voice),
    verify: make(verify),
    messages: make(messages),
    prekeys: make(prekeys),
    attachments: make(attachments),
    retrievals: make(retrievals),
  }
}

/** More requests than any window lets through. */
const COUNT = 1024

/** A window begins with the first request that it counts. What is kept is its end, in whole milliseconds, and behind the point how many it let through. */
function inWindow(kept: FullAt = 0, { burst, refillMs }: BucketFigures, charge: Charge): FullAt | null {
  const isOpen = charge.nowMs < Math.floor(kept)
  const end = isOpen ? Math.floor(kept) : Math.floor(charge.nowMs) + refillMs
  const passed = (isOpen ? Math.round((kept % 1) * COUNT) : 0) + charge.tokens
  return passed <= burst ? end + passed / COUNT : null
}
