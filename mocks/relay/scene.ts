import type { World } from '#mocks/engine/world.ts'
import type { RelayRulebook } from './rulebook.ts'
import type { RelayState } from './state.ts'

/** All that an operation is decided from, besides the request. */
export interface Scene {
  readonly state: RelayState
  readonly rulebook: RelayRulebook
  readonly world: World
}
