import { REAL_TIME } from '#driver/capabilities/capability-io.ts'
import { createCapabilities } from '#driver/capabilities/create-capabilities.ts'
import { connectionOf } from '#driver/connection.ts'
import type { Secrets } from '#driver/secrets.ts'
import type { RelayTarget } from '#driver/target.ts'
import { createWireClient } from '#driver/wire-client.ts'
import { steadyNow } from '#driver/steady-now.ts'
import { withBodyValidation } from '../../shared/support/body-validation.ts'
import type { EvidenceRecorder } from '../../shared/support/evidence-recorder.ts'
import type { Permit } from '../../shared/support/permit.ts'
import { LimiterPace } from './limiter-pace.ts'
import type { RelayNode } from './node.ts'

/** What the nodes of one scenario share: where exchanges are kept, what must not be seen in them, and leave to send. */
export interface NodeServices {
  readonly permit: Permit
  readonly recorder: EvidenceRecorder
  readonly secrets: Secrets
}

/** The means to work `target`; every exchange with it is kept as evidence. */
export function createNode(target: RelayTarget, { recorder, secrets, permit }: NodeServices): RelayNode {
  const pace = permit.before(target)
  const client = createWireClient({
    baseUrl: target.url,
    answerMs: target.timeouts.answerMs,
    ...connectionOf(target),
    secrets,
    record: (exchange) => {
      recorder.exchange(exchange)
    },
    now: steadyNow,
    pace,
  })
  const capabilities = createCapabilities(target, { ...REAL_TIME, pace })
  const { limits } = capabilities
  const limiterPace = new LimiterPace({ source: target.capabilities.limits, limits, now: REAL_TIME.now })
  return { target, client: withBodyValidation(client), secrets, capabilities, pace: limiterPace }
}
