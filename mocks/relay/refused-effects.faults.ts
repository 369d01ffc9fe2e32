import { alsoChanging } from './also-changing.ts'
import { walkFault, type RelayFault } from './fault.ts'

/** What takes the place of a pending code that a server has lost: no request can name it. */
const NO_CODE = ''

/** Faults by which a request that was refused leaves something behind; only walks find them. */
export const REFUSED_EFFECT_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-CODE-09/drops-the-code-for-a-bad-transport',
    'a request for a code over a transport that there is not voids the code that was sent before',
    alsoChanging('request-code', ['bad-transport'], ({ number }, { state }) =>
      state.pendingCodes.has(number) ? [{ kind: 'code-pending', number, code: NO_CODE }] : [],
    ),
  ),
  walkFault(
    'RELAY-PREKEY-17/takes-a-prekey-for-refused-messages',
    'a set that is refused for its devices uses up a prekey of the first device of its recipient',
    alsoChanging('submit-messages', ['mismatched-devices'], ({ destination }, { state, world }) => {
      const shelf = `${destination}.1`
      const prekey = state.prekeys.get(shelf)?.smallest
      if (prekey === undefined || prekey.lastResort) return []
      return [
        { kind: 'prekey-handed-out', shelf, handOut: { prekey, to: '', at: world.nowMs() }, usedUp: true },
      ]
    }),
  ),
]
