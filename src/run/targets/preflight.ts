import { connectionOf } from '#driver/connection.ts'
import type { Pace } from '#driver/pace.ts'
import { secretsOf } from '#driver/target-secrets.ts'
import type { Target } from '#driver/target.ts'
import { createWireClient, type WireClientOptions } from '#driver/wire-client.ts'
import { drawnFrom } from './drawn-from.ts'
import { formatOf } from './formats.ts'
import { objectionTo, lateObjectionTo } from './judge-probes.ts'
import type { ProbeResult } from './probe.ts'

/** What a check before a run takes from outside. */
export interface PreflightSurroundings {
  /** Letters and digits that no other run uses: what the probes are drawn from. */
  readonly nonce: string
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  readonly pace: Pace
}

/**
 * Why `target` cannot be verified at all, in one line that says what was asked, expected and got, and what
 * to do; null where it can. It must answer HTTP and refuse something of what its specification says is refused: a
 * server that accepts everything would pass half of any suite.
 */
export async function preflight(target: Target, surroundings: PreflightSurroundings): Promise<string | null> {
  const objection = objectionTo(await probe(target, surroundings))
  return objection === null ? null : `${target.url}: ${objection}`
}

/**
 * Why what passed at `target` counts for nothing, in one line; null where it does count. Asked again `when` a run is in the
 * midst of its scenarios or after them, with other probes: a server may refuse its first and last requests alone, since it
 * knows that a check comes before a run and one after it.
 */
export async function recheck(
  target: Target,
  { when, ...surroundings }: PreflightSurroundings & { readonly when: string },
): Promise<string | null> {
  const nonce = `${surroundings.nonce}:${when}`
  const objection = lateObjectionTo(await probe(target, { ...surroundings, nonce }))
  return objection === null ? null : `${target.url}: ${when}: ${objection}`
}

/** Asks `target` for what its specification says is refused, all at once unless they are paced. */
function probe(target: Target, { nonce, now, pace }: PreflightSurroundings): Promise<readonly ProbeResult[]> {
  const { url, timeouts } = target
  const own: Omit<WireClientOptions, 'answerMs'> = {
    baseUrl: url,
    ...connectionOf(target),
    pace,
    secrets: secretsOf([target]),
    record: () => undefined,
    now,
  }
  const probes = formatOf(target.protocol).probes(target, drawnFrom(nonce))
  return Promise.all(
    probes.map(async (each) => ({
      probe: each,
      result: await each.send(createWireClient({ ...own, answerMs: each.answerMs ?? timeouts.answerMs })),
    })),
  )
}
