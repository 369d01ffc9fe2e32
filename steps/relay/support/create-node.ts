import { REAL_TIME } from '#driver/capabilities/capability-io.ts'
import { createCapabilities } from '#driver/capabilities/create-capabilities.ts'
import { createPace } from '#driver/pace.ts'
import type { Secrets } from '#driver/secrets.ts'
import type { RelayTarget } from '#driver/target.ts'
import { wait } from '#driver/wait.ts'
import { createWireClient } from '#driver/wire-client.ts'
import { withBodyValidation } from '../../shared/body-validation.ts'
import type { EvidenceRecorder } from '../../shared/evidence-recorder.ts'
import type { RelayNode } from './node.ts'

/** One brake for all scenarios of this process, by what is being slowed down. */
const paces = new Map<string, () => Promise<void>>()

/** What the nodes of one scenario share: where exchanges are kept, and what must not be seen in them. */
export interface ScenarioServices {
  readonly recorder: EvidenceRecorder
  readonly secrets: Secrets
}

/** The means to work `target`; every exchange with it is kept as evidence. */
export function createNode(target: RelayTarget, { recorder, secrets }: ScenarioServices): RelayNode {
  const pace = paceOf(target)
  const client = createWireClient({
    baseUrl: target.url,
    answerMs: target.timeouts.answerMs,
    tls: target.tls,
    secrets,
    record: (exchange) => {
      recorder.exchange(exchange)
    },
    now: () => Date.now(),
    ...(pace === null ? {} : { pace }),
  })
  const capabilities = createCapabilities(target, pace === null ? REAL_TIME : { ...REAL_TIME, pace })
  return { target, client: withBodyValidation(client), secrets, capabilities }
}

function paceOf({ url, requestsPerSecond }: RelayTarget): (() => Promise<void>) | null {
  if (requestsPerSecond === null) return null
  const pace = paces.get(url) ?? createPace({ requestsPerSecond, now: () => Date.now(), wait })
  paces.set(url, pace)
  return pace
}
