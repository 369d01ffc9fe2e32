import type { Target, Targets } from '#driver/target.ts'
import { formatOf } from './formats.ts'

/** The targets by protocol, each with what its control plane adds. */
export async function byProtocol(targets: readonly Target[]): Promise<Targets> {
  const completed = await Promise.all(
    targets.map(
      async (target) => [target.protocol, await formatOf(target.protocol).completed(target)] as const,
    ),
  )
  return { relay: null, mstore: null, ...Object.fromEntries(completed) }
}
