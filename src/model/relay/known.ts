import type { Dialect } from '#protocol/requirements.ts'

/** What is known of a relay before it is walked. */
export interface RelayKnown {
  readonly dialect: Dialect
  /** What makes a device reachable: a push id (the relay spec), or confirmation alone. */
  readonly reachableBy: 'push-id' | 'confirmation'
  /** What can be done besides speaking the protocol. */
  readonly can: {
    /** Codes can be read, so that numbers can be registered. */
    readonly codes: boolean
    /** What was pushed can be read. */
    readonly pushes: boolean
    /** Devices can be added to an account. */
    readonly devices: boolean
    /** There is a second node that the relay federates with. */
    readonly peer: boolean
    /** It is known when that node has learnt of a number, and the other way round. */
    readonly synchronise: boolean
  }
}
