import type { SoftwareIsim } from '#driver/gba/software-isim.ts'
import { getProfile } from '#driver/mstore/operations.ts'
import { readParentFolder, setFlagBehind } from './addresses.ts'
import { challengeOf } from './challenge.ts'
import type { Mailbox } from './mailbox.ts'
import type { MStoreSession } from './session.ts'

/** What a party can try that is not the request of an operation. */
export type MStoreAction = (session: MStoreSession, mailbox: Mailbox) => Promise<void>

/** The actions by their names. */
export const ACTIONS: Readonly<Record<string, MStoreAction>> = {
  bootstrap: (session, mailbox) => bootstrap(session, mailbox),
  'bootstrap with another RES': (session, mailbox) => bootstrap(session, mailbox, withAnotherRes),
  'get a challenge': async (session, mailbox) => {
    await session.actBare(getProfile(mailbox.msisdn), mailbox)
    mailbox.challenges.push(challengeOf(session))
  },
  'read the folder that the voicemail names': (session, mailbox) =>
    readParentFolder(session, mailbox, 'the voicemail'),
  'read the folder that the greeting names': (session, mailbox) =>
    readParentFolder(session, mailbox, 'the greeting'),
  'set the flag behind the flags of the greeting': (session, mailbox) =>
    setFlagBehind(session, mailbox, 'the greeting'),
  'repeat the request': async (session, mailbox) => {
    await session.act(session.turn.request, mailbox)
  },
  'repeat the request, credentials included': async (session, mailbox) => {
    const { call } = session.turn.observed
    if (call?.second == null) throw new Error('no request with credentials was made yet')
    await session.actBare(call.second.request, mailbox)
  },
}

async function bootstrap(
  session: MStoreSession,
  { subscriber }: Mailbox,
  altered?: (card: SoftwareIsim) => SoftwareIsim,
): Promise<void> {
  session.keepBootstrap(await session.node.capabilities.gba.bootstrap(subscriber, altered))
}

/** The card with one bit of RES turned; CK and IK are its own. */
function withAnotherRes(card: SoftwareIsim): SoftwareIsim {
  return {
    impi: card.impi,
    answer: (challenge) => {
      const response = card.answer(challenge)
      return response.kind === 'accepted' ? { ...response, res: turned(response.res) } : response
    },
  }
}

function turned<Value extends Uint8Array>(res: Value): Value {
  return res.map((byte, index) => (index === 0 ? byte ^ 1 : byte)) as Value
}
