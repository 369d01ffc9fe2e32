import { createPace } from '#driver/pace.ts'
import type { AnyTarget } from '#driver/target.ts'
import { wait } from '#driver/wait.ts'
import { steadyNow } from '#driver/steady-now.ts'

/** One pace for all scenarios of this process, by the URL that it is for. */
const paces = new Map<string, () => Promise<void>>()

/** Waits until another request may be sent to the target; null where its requests are not limited. */
export function paceOf({ url, requestsPerSecond }: AnyTarget): (() => Promise<void>) | null {
  if (requestsPerSecond === null) return null
  const pace = paces.get(url) ?? createPace({ requestsPerSecond, now: steadyNow, wait })
  paces.set(url, pace)
  return pace
}
