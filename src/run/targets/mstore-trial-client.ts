import { randomBytes } from 'node:crypto'
import {
  createMStoreCapabilities,
  type MStoreCapabilities,
} from '#driver/capabilities/create-mstore-capabilities.ts'
import { connectionOf } from '#driver/connection.ts'
import { createMStoreClient, type MStoreClient } from '#driver/mstore/client.ts'
import { nafName } from '#driver/mstore/naf.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import { steadyNow } from '#driver/steady-now.ts'
import type { Secrets } from '#driver/secrets.ts'
import { secretsOf } from '#driver/target-secrets.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { createWireClient, type WireClient } from '#driver/wire-client.ts'
import type { TrialSetting } from './trial.ts'

const CNONCE_BYTES = 16

/** A correct client of an mStore, and what else can be done with it. */
export interface TrialClient {
  readonly client: MStoreClient
  readonly capabilities: MStoreCapabilities
  /** What it hides in the exchanges that it returns. */
  readonly secrets: Secrets
}

/** The client for what is tried at an mStore before the scenarios of a run; nothing of what it sends is kept. */
export function trialClient(target: MStoreTarget, { pace = null }: Pick<TrialSetting, 'pace'>): TrialClient {
  const { url, timeouts } = target
  const secrets = secretsOf([target])
  const connection = connectionOf(target)
  const answerMs = timeouts.answerMs + timeouts.gatewayMs
  const wireTo = (baseUrl: string): WireClient =>
    createWireClient({
      ...connection,
      ...(baseUrl === url ? {} : { headers: [] }),
      ...{ baseUrl, answerMs, secrets, pace, record: () => undefined, now: steadyNow },
    })
  const cnonce = (): string => randomBytes(CNONCE_BYTES).toString('hex')
  const capabilities = createMStoreCapabilities(target, { secrets, clientOf: wireTo, cnonce })
  const client = createMStoreClient({
    baseUrl: url,
    naf: nafName(target),
    wire: wireTo(url),
    gba: capabilities.gba,
    cnonce,
    unquoted: readingOf(target.dialect, 'unquotedParams'),
    uri: target.digestUri,
  })
  return { client, capabilities, secrets }
}
