import { createMStoreCapabilities } from '#driver/capabilities/create-mstore-capabilities.ts'
import { toHex } from '#protocol/bytes.ts'
import { createMStoreClient } from '#driver/mstore/client.ts'
import { createRawClient } from '#driver/mstore/raw-client.ts'
import type { WireForm } from '#driver/mstore/wire-forms.ts'
import { createPace } from '#driver/pace.ts'
import type { Secrets } from '#driver/secrets.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { wait } from '#driver/wait.ts'
import type { WireClient } from '#driver/wire-client.ts'
import { createWireClient } from '#driver/wire-client.ts'
import { withBodyValidation } from '../../shared/body-validation.ts'
import type { EvidenceRecorder } from '../../shared/evidence-recorder.ts'
import type { Randomness } from '../../shared/randomness.ts'
import type { MStoreNode } from './node.ts'

/** Bytes of a client's nonce. */
const CNONCE_BYTES = 16

/** Milliseconds that a connection may stay open behind a whole answer until it is told to stay so. */
const GRACE_MS = 2500

/** One brake for all scenarios of this process, by what is being slowed down. */
const paces = new Map<string, () => Promise<void>>()

/** What the node of a scenario is given: where exchanges are kept, what must not be seen in them, and chance. */
export interface NodeSetup {
  readonly recorder: EvidenceRecorder
  readonly secrets: Secrets
  readonly random: Randomness
}

/** The means to work `target`; every exchange with it, and with its bootstrapping server, is kept as evidence. */
export function createMStoreNode(target: MStoreTarget, { recorder, secrets, random }: NodeSetup): MStoreNode {
  const record: MStoreNode['record'] = (exchange) => {
    recorder.exchange(exchange)
  }
  const pace = paceOf(target)
  const patienceMs = target.timeouts.answerMs + target.timeouts.gatewayMs
  const means = {
    ...{ tls: target.tls, secrets, record, now: () => Date.now() },
    ...(pace === null ? {} : { pace }),
  }
  const wireTo = (baseUrl: string): WireClient =>
    createWireClient({ ...means, baseUrl, answerMs: patienceMs })
  const raw = (form: WireForm) =>
    createRawClient(form, { ...means, baseUrl: target.url, boundMs: patienceMs, graceMs: GRACE_MS })
  const cnonce = () => toHex(random(CNONCE_BYTES))
  const capabilities = createMStoreCapabilities(target, { secrets, clientOf: wireTo, cnonce })
  const wire = withBodyValidation(wireTo(target.url))
  const client = createMStoreClient({ baseUrl: target.url, wire, gba: capabilities.gba, cnonce })
  return { target, client, raw, capabilities, secrets, record }
}

function paceOf({ url, requestsPerSecond }: MStoreTarget): (() => Promise<void>) | null {
  if (requestsPerSecond === null) return null
  const pace = paces.get(url) ?? createPace({ requestsPerSecond, now: () => Date.now(), wait })
  paces.set(url, pace)
  return pace
}
