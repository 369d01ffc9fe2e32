import { uploadPrekeys } from '#driver/relay/operations.ts'
import { fetchWell, freshCaller } from './prekey-fetches.ts'
import type { HeldKey } from './prekey-ledger.ts'
import { newPrekeys } from './prekey-set.ts'
import { credentials, register } from './registration.ts'
import type { RelaySession } from './session.ts'

/** With the last resort key there is one for each request that any limiter lets one caller make. */
const CONTROL_KEYS = 2

/**
 * What is violated where keys do not come as they should: what a control shows, else `suspected`. The control
 * is a fresh upload of a new party, fetched until its last resort key is due; it distinguishes a relay that does
 * something wrong here from one that always loses keys, repeats them, or brings the last resort key early.
 */
export async function violatedUnlessCommon(
  session: RelaySession,
  suspected = session.check.requirement,
): Promise<string> {
  const owner = session.party('the control owner')
  await register(session, owner)
  const upload = newPrekeys(session.random, { count: CONTROL_KEYS })
  await session.succeed(uploadPrekeys(credentials(owner), upload))
  owner.prekeys.store(1, upload)
  const by = await freshCaller(session, owner, '1')
  const served: (HeldKey | null)[] = []
  for (let made = 0; made <= CONTROL_KEYS; made += 1) {
    const [first] = await fetchWell(session, { by, of: owner, device: '1' })
    served.push(first?.held ?? null)
  }
  return mistakeOf(served) ?? suspected
}

/** What the keys handed out in turn violate; null where each one-time key came once, and then the last resort key. */
function mistakeOf(served: readonly (HeldKey | null)[]): string | null {
  const early = served.findIndex((held) => held?.lastResort)
  if (early === 0) return 'RELAY-PREKEY-07'
  const again = served.findIndex((held, at) => !held?.lastResort && served.indexOf(held) < at)
  if (again > 0) {
    const isExhausted = again === CONTROL_KEYS && served[again] !== served[again - 1]
    return isExhausted ? 'RELAY-PREKEY-05' : 'RELAY-PREKEY-03'
  }
  if (early < 0 || early === CONTROL_KEYS) return null
  return served.slice(early).some((held) => !held?.lastResort) ? 'RELAY-PREKEY-07' : 'RELAY-KEYS-07'
}
