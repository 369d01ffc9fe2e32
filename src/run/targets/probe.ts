import type { Answer, WireClient, WireResult } from '#driver/wire-client.ts'

/** The credentials of a request that is to be refused: none, or such as were never given out. */
export const PROBERS = ['no-credentials', 'unissued-credentials'] as const

/** One of the PROBERS. */
export type Prober = (typeof PROBERS)[number]

/**
 * A request that the specification says is refused, written as the scenarios write theirs. All of it is drawn, so that it
 * looks like any other. It changes nothing at a server that accepts it.
 */
export interface Probe {
  readonly prober: Prober
  /** The operation, as in `GET /v1/keys/{number}/{device_id}`. */
  readonly operation: string
  /** How long it may take, in milliseconds; as long as any answer by default. */
  readonly answerMs?: number
  readonly send: (wire: WireClient) => Promise<WireResult>
  /** What shows in its answer that this is no server of the protocol, as the end of a sentence; else null. */
  readonly mistake?: (answer: Answer) => string | null
}

/** A probe and what came of it. */
export interface ProbeResult {
  readonly probe: Probe
  readonly result: WireResult
}
