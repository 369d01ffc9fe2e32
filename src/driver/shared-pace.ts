import { createPace, type Pace } from './pace.ts'
import { steadyNow } from './steady-now.ts'
import type { AnyTarget } from './target.ts'
import { wait } from './wait.ts'

/** The paces of this process, by the rate and the URL that they are for. */
const paces = new Map<string, NonNullable<Pace>>()

/**
 * What is awaited before each request to a server whose target file, or `--rate`, bounds them: one pace for all that this
 * process sends there. Null where requests are not paced.
 */
export function sharedPace({ url, requestsPerSecond }: Pick<AnyTarget, 'url' | 'requestsPerSecond'>): Pace {
  if (requestsPerSecond === null) return null
  const key = `${requestsPerSecond} ${url}`
  const pace = paces.get(key) ?? createPace({ requestsPerSecond, now: steadyNow, wait })
  paces.set(key, pace)
  return pace
}
