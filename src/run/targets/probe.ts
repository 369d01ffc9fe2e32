import type { Answer, WireClient, WireResult } from '#driver/wire-client.ts'

/** Who makes a request that is to be refused: somebody without credentials, or with such as were never given out. */
export const PROBERS = ['nobody', 'stranger'] as const

/** One of the PROBERS. */
export type Prober = (typeof PROBERS)[number]

/**
 * A request that the specification says is refused, written as the scenarios write theirs, with everything in it drawn:
 * nothing tells it from any other. It changes nothing at a server that accepts it.
 */
export interface Probe {
  readonly prober: Prober
  /** The operation, as in `GET /v1/keys/{number}/{device_id}`. */
  readonly operation: string
  /** How long it may take, in milliseconds; as long as any answer by default. */
  readonly answerMs?: number
  readonly send: (wire: WireClient) => Promise<WireResult>
  /** What shows in its answer that this is no server of the protocol, as the end of a sentence; else null. */
  readonly fault?: (answer: Answer) => string | null
}

/** A probe and what came of it. */
export interface ProbeResult {
  readonly probe: Probe
  readonly result: WireResult
}
