import type { Scene } from '#mocks/engine/scene.ts'
import type { BsfRules } from './rulebook.ts'
import type { BsfState } from './state.ts'

/** All that a request is decided from, besides the request. */
export interface BsfScene extends Scene<BsfState, BsfRules> {
  /** The domain name of the server: its realm, and the end of every B-TID. */
  readonly fqdn: string
}
