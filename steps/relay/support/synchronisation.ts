import { MissingCapability } from '#driver/capabilities/failures.ts'
import type { Party } from './party.ts'
import type { RelaySession } from './session.ts'

const ENABLE =
  'capabilities.federation.synchronise: { command: [PROGRAM] }, or { afterMs: N }, where nodes learn of numbers later'

/**
 * Nothing in the relay spec says when one node knows the numbers of another. Throws MissingCapability where the
 * target does not know a party of its peer, and the target file does not say how it comes to.
 */
export function refuseUnsynchronised({ home }: RelaySession, { node }: Party): void {
  if (node !== home && !home.capabilities.federation().isSynchronised)
    throw new MissingCapability('federation', ENABLE)
}
