import type { World } from './world.ts'

/** All that a request is decided from, besides the request: what the mock remembers, its rules, time and chance. */
export interface Scene<State, Rules> {
  readonly state: State
  readonly rulebook: Rules
  readonly world: World
}
