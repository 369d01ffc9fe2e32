import type { TakenApart } from '#evidence/taken-apart.ts'
import { createMStoreCapabilities } from '#driver/capabilities/create-mstore-capabilities.ts'
import { connectionOf } from '#driver/connection.ts'
import { toHex } from '#protocol/bytes.ts'
import { createMStoreClient } from '#driver/mstore/client.ts'
import { nafName } from '#driver/mstore/naf.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import { createRawClient } from '#driver/mstore/raw-client.ts'
import type { WireForm } from '#driver/mstore/wire-forms.ts'
import type { Secrets } from '#driver/secrets.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { type WireClient, createWireClient } from '#driver/wire-client.ts'
import { steadyNow } from '#driver/steady-now.ts'
import { withBodyValidation } from '../../shared/support/body-validation.ts'
import type { EvidenceRecorder } from '../../shared/support/evidence-recorder.ts'
import type { Permit } from '../../shared/support/permit.ts'
import type { Randomness } from '../../shared/support/randomness.ts'
import { redactParts } from '../../shared/support/redact-parts.ts'
import type { MStoreNode } from './node.ts'

/** Bytes of a client's nonce. */
const CNONCE_BYTES = 16

/** Milliseconds that a connection may stay open behind a whole answer until it is asked to stay so. */
const GRACE_MS = 2500

/** What the node of a scenario is given: where exchanges are kept, what must not be seen in them, and chance. */
export interface NodeSetup {
  readonly permit: Permit
  readonly recorder: EvidenceRecorder
  readonly secrets: Secrets
  readonly random: Randomness
}

/** The means to work `target`; every exchange with it, and with its bootstrapping server, is kept as evidence. */
export function createMStoreNode(
  target: MStoreTarget,
  { recorder, secrets, random, permit }: NodeSetup,
): MStoreNode {
  const record: MStoreNode['record'] = (exchange) => {
    recorder.exchange(exchange)
  }
  const pace = permit.before(target)
  const timeoutMs = target.timeouts.answerMs + target.timeouts.gatewayMs
  const means = {
    ...connectionOf(target),
    secrets,
    record,
    now: steadyNow,
    pace,
  }
  // Headers are for the server itself, not for its bootstrapping server.
  const elsewhere = { headers: [] }
  const wireTo = (baseUrl: string): WireClient =>
    createWireClient({
      ...means,
      ...(baseUrl === target.url ? {} : elsewhere),
      baseUrl,
      answerMs: timeoutMs,
    })
  const raw = (form: WireForm) =>
    createRawClient(form, { ...means, baseUrl: target.url, boundMs: timeoutMs, graceMs: GRACE_MS })
  const cnonce = () => toHex(random(CNONCE_BYTES))
  const capabilities = createMStoreCapabilities(target, { secrets, clientOf: wireTo, cnonce })
  const keepParts = (one: TakenApart): void => {
    recorder.takenApart(redactParts(one, (text) => secrets.redact(text)))
  }
  const wire = withBodyValidation(wireTo(target.url))
  const client = createMStoreClient({
    baseUrl: target.url,
    naf: nafName(target),
    wire,
    gba: capabilities.gba,
    cnonce,
    unquoted: readingOf(target.dialect, 'unquotedParams'),
    uri: target.digestUri,
    ...(recorder.keepsExchanges ? { takenApart: keepParts } : {}),
  })
  return { target, client, raw, capabilities, secrets, record }
}
