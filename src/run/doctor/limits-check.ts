import { createCapabilities } from '#driver/capabilities/create-capabilities.ts'
import { CapabilityFailure, MissingCapability } from '#driver/capabilities/failures.ts'
import { enabling } from '#driver/capabilities/has-capability.ts'
import type { Limit, RelayTarget } from '#driver/target.ts'
import { LIMITERS, type Limiter } from '#protocol/relay/limiters.ts'
import { statusOf } from './asked.ts'
import { check, type DoctorCheck } from './check.ts'
import type { RelayFacts } from './relay-facts.ts'
import { askCode, confirmAccount, newAccount } from './relay-account.ts'

const LIMITED = 413
/** What most other servers refuse with; a run reports it as a violation. */
const LIMITED_ELSEWHERE = 429
/** A burst beyond this is taken as it is written: it would take too many requests to see its end. */
const MOST_TRIED = 50
const LIMITS_KEY = ['capabilities', 'limits'] as const

/** Whether the figures of the limiters can be read, and that of wrong codes is the one that the relay has. */
export const LIMITS_CHECK: DoctorCheck<RelayTarget, RelayFacts> = check<
  RelayTarget,
  RelayFacts,
  'fails' | 'tighter' | 'wider'
>({
  name: 'rate limits',
  needs: ['verification code'],
  risks: ['writes', 'sends', 'exhausts'],
  run: async (target) => {
    if (target.capabilities.limits === null)
      return { kind: 'note', said: `not in the file: ${enabling('limits')}` }
    const known = await figuresOf(target)
    if (known instanceof CapabilityFailure) return { kind: 'wrong', code: 'fails', got: known }
    const verify = known.get('verify')
    if (verify === undefined || verify.burst > MOST_TRIED)
      return { kind: 'well', said: `figures of ${known.size} limiters are known; none was tried` }
    const { passed, status } = await codesLetThrough(target, verify.burst + 1)
    if (passed < verify.burst)
      return {
        kind: 'wrong',
        code: 'tighter',
        got: `a limiter refuses after ${passed} wrong codes, not after ${verify.burst}`,
        value: String(passed),
      }
    if (passed > verify.burst)
      return { kind: 'wrong', code: 'wider', got: `no limiter refuses after ${verify.burst} wrong codes` }
    const said = `the limiter of wrong codes refuses after ${verify.burst}, as it is said`
    return status === LIMITED_ELSEWHERE
      ? { kind: 'note', said: `${said}, but with ${status}; a run reports that it is not ${LIMITED}` }
      : { kind: 'well', said }
  },
  advice: {
    fails: { blame: 'file', at: LIMITS_KEY, todo: () => `write the figures:  ${enabling('limits')}` },
    tighter: {
      blame: 'file',
      at: [...LIMITS_KEY, 'fixed', 'verify', 'burst'],
      todo: (burst) => `write  verify: { burst: ${burst}, refillMs: … }`,
    },
    wider: {
      blame: 'file',
      at: [...LIMITS_KEY, 'fixed', 'verify', 'burst'],
      todo: () => 'write the burst that it has, or  verify: none  where it has no such limiter',
    },
  },
})

async function figuresOf(target: RelayTarget): Promise<ReadonlyMap<Limiter, Limit> | CapabilityFailure> {
  const { limits } = createCapabilities(target)
  const known = new Map<Limiter, Limit>()
  for (const name of LIMITERS) {
    try {
      known.set(name, await limits.limit(name))
    } catch (error) {
      if (error instanceof CapabilityFailure) return error
      if (!(error instanceof MissingCapability)) throw error
    }
  }
  return known
}

/** What a limiter made of wrong codes. */
interface LetThrough {
  readonly passed: number
  /** With which it refused the next; null where it refused none. */
  readonly status: number | null
}

/** How many of so many wrong codes a number may try until a limiter refuses them. */
async function codesLetThrough(target: RelayTarget, most: number): Promise<LetThrough> {
  const account = newAccount()
  await askCode(target, account)
  for (let passed = 0; passed < most; passed += 1) {
    const status = statusOf(await confirmAccount(target, account, { code: '000000', ...target }))
    if (status === LIMITED || status === LIMITED_ELSEWHERE) return { passed, status }
  }
  return { passed: most, status: null }
}
