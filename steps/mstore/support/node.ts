import type { MStoreCapabilities } from '#driver/capabilities/create-mstore-capabilities.ts'
import type { MStoreClient } from '#driver/mstore/client.ts'
import type { RawClient } from '#driver/mstore/raw-client.ts'
import type { WireForm } from '#driver/mstore/wire-forms.ts'
import type { Secrets } from '#driver/secrets.ts'
import type { MStoreTarget } from '#driver/target.ts'
import type { Exchange } from '#evidence/exchange.ts'

/** The mStore of a scenario, and how to work it. */
export interface MStoreNode {
  readonly target: MStoreTarget
  readonly client: MStoreClient
  /** Carries requests in one form, byte by byte. */
  readonly raw: (form: WireForm) => RawClient
  readonly capabilities: MStoreCapabilities
  readonly secrets: Secrets
  /** Keeps an exchange as evidence: for those that are not made through the client. */
  readonly record: (exchange: Exchange) => void
}
