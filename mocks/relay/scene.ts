import type { Scene } from '#mocks/engine/scene.ts'
import type { RelayState } from './state.ts'

/** All that an operation is decided from, besides the request; `Rules` are those that it reads. */
export type RelayScene<Rules> = Scene<RelayState, Rules>
