import type { RelayCapabilities } from '#driver/capabilities/create-capabilities.ts'
import type { Secrets } from '#driver/secrets.ts'
import type { RelayTarget } from '#driver/target.ts'
import type { WireClient } from '#driver/wire-client.ts'
import type { LimiterPace } from './limiter-pace.ts'

/** One relay: the target itself or the peer it federates with, and how to work it. */
export interface RelayNode {
  readonly target: RelayTarget
  readonly client: WireClient
  readonly capabilities: RelayCapabilities
  readonly secrets: Secrets
  /** Keeps the scenario below the limits of this relay. */
  readonly pace: LimiterPace
}
