import type { Ask } from '#model/ask.ts'
import type { Violated } from '#model/protocol-model.ts'
import type { RelayKnown } from '#model/relay/known.ts'
import type { RelaySeen } from '#model/relay/seen.ts'
import type { WalkedServer } from '#explore/walked-server.ts'
import type { RelayTarget } from '#driver/target.ts'
import { targetOf } from '../../shared/support/parameters.ts'
import { UndoRegister } from '../../shared/support/undo-register.ts'
import type { ScenarioServices } from '../../shared/support/scenario-services.ts'
import { createNode } from '../support/create-node.ts'
import { RelaySession } from '../support/session.ts'
import { allocate, download, upload } from './attachments.ts'
import { askForACode } from './codes.ts'
import { confirmANumber } from './confirmation.ts'
import { addADevice } from './devices.ts'
import { queryTheDirectory } from './directory.ts'
import { sendAMessageEach } from './messages.ts'
import { storePrekeys } from './prekey-upload.ts'
import { fetchAPrekey } from './prekeys.ts'
import { clearAPushId, setAPushId } from './push-ids.ts'
import { receive } from './pushes.ts'
import { register } from './registration.ts'
import { Turns } from './turns.ts'
import { WalkViolation } from './walk-violation.ts'
import { RelayWalk, type RelayPerformer } from './walk.ts'

/** What each operation of the model does. */
const PERFORMERS: Readonly<Record<string, RelayPerformer>> = {
  register,
  'ask for a code': askForACode,
  'confirm a number': confirmANumber,
  'add a device': addADevice,
  'set a push id': setAPushId,
  'clear a push id': clearAPushId,
  'store prekeys': storePrekeys,
  'fetch prekeys': fetchAPrekey,
  'query the directory': queryTheDirectory,
  'send messages': sendAMessageEach,
  'receive what was pushed': receive,
  'allocate an attachment': allocate,
  'upload to an attachment': upload,
  'download an attachment': download,
}

/**
 * Operations beside which nothing runs: those of several requests, those that look at what others have done, and a request
 * for a code, since a confirmation takes the latest code there is.
 */
const ALONE: readonly string[] = ['register', 'ask for a code', 'add a device', 'receive what was pushed']

/** A relay that is walked, and what is known of it. Parties get numbers of their own; their push ids are cleared afterwards. */
export function openRelayWalk({ check, random, targets, ledger, ...keeping }: ScenarioServices): {
  readonly server: WalkedServer<RelaySeen>
  readonly known: RelayKnown
} {
  const target = targetOf(targets, 'relay')
  const home = createNode(target, keeping)
  const peer = () => createNode(home.capabilities.federation().peer, keeping)
  const undo = new UndoRegister(ledger ?? null)
  const walk = new RelayWalk(new RelaySession({ check, random, undo, home, peer }), keeping.secrets, peer)
  const turns = new Turns()
  const perform = (ask: Ask) =>
    ALONE.includes(ask.operation)
      ? turns.alone(() => performed(walk, ask))
      : turns.together(() => performed(walk, ask))
  return { server: { perform, putBack: () => undo.undoAll() }, known: knownOf(target) }
}

async function performed(walk: RelayWalk, ask: Ask): Promise<RelaySeen | Violated> {
  const perform = PERFORMERS[ask.operation]
  if (perform === undefined)
    throw new Error(`operation: expected ${Object.keys(PERFORMERS).join(', ')}; got "${ask.operation}"`)
  try {
    return await perform(walk, ask)
  } catch (error) {
    if (error instanceof WalkViolation) return error.violated
    throw error
  }
}

function knownOf({ dialect, reachableBy, capabilities }: RelayTarget): RelayKnown {
  const { verificationCode, pushes, devices, federation } = capabilities
  return {
    dialect,
    reachableBy,
    can: {
      codes: verificationCode !== null,
      pushes: pushes !== null && pushes.kind !== 'fixed',
      devices: devices !== null && devices.kind !== 'fixed',
      peer: federation !== null,
      synchronise: federation !== null && federation.synchronise !== null,
    },
  }
}
