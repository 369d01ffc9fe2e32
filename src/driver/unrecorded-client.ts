import { connectionOf } from './connection.ts'
import { steadyNow } from './steady-now.ts'
import type { Pace } from './pace.ts'
import type { Secrets } from './secrets.ts'
import { secretsOf } from './target-secrets.ts'
import type { Target } from './target.ts'
import { createWireClient, type WireClient } from './wire-client.ts'

/** How a server is asked outside of scenarios; without `secrets` those of its target file are hidden. */
export interface Unrecorded {
  readonly pace: Pace
  readonly secrets?: Secrets
}

/** The client for what a server is asked before a run, by an examination, a clean-up or a replay: no record has it. */
export function unrecordedClient(
  target: Target,
  { pace, secrets = secretsOf([target]) }: Unrecorded,
): WireClient {
  return createWireClient({
    ...connectionOf(target),
    baseUrl: target.url,
    answerMs: target.timeouts.answerMs,
    ...{ pace, secrets, record: () => undefined, now: steadyNow },
  })
}
