import { uploadPrekeys } from '#driver/relay/operations.ts'
import { fetchWell, somebody } from './prekey-fetches.ts'
import { newPrekeys } from './prekey-set.ts'
import { credentials, register } from './registration.ts'
import type { RelaySession } from './session.ts'

const CONTROL_KEYS = 3

/**
 * What is violated where keys do not come as they should: what a control shows, else `suspected`. The control
 * is a fresh upload of somebody new, fetched until its last resort key is due; it tells a relay that does
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
  const served: boolean[] = []
  for (let made = 0; made <= CONTROL_KEYS; made += 1) {
    const by = await somebody(session, owner, '1')
    const [first] = await fetchWell(session, { by, of: owner, device: '1' })
    if (first?.held && owner.prekeys.isRepeated(first.held))
      return made === CONTROL_KEYS ? 'RELAY-PREKEY-05' : 'RELAY-PREKEY-03'
    served.push(first?.held?.lastResort ?? false)
  }
  const early = served.indexOf(true)
  if (early < 0 || early === CONTROL_KEYS) return suspected
  return early === 0 || served.slice(early).includes(false) ? 'RELAY-PREKEY-07' : 'RELAY-KEYS-07'
}
