import { parseCredentials } from '#protocol/mstore/digest-credentials.ts'
import { alsoChanging, type SettledRequest } from './also-changing.ts'
import type { StoredMailbox } from './mailbox.ts'
import { walkFault, type MStoreFault } from './fault.ts'

/** Faults by which a request that is refused changes something that it was not about. */
export const REFUSED_REQUEST_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-URL-19/writes-the-own-profile',
    'a profile of another that is written is refused, and that of the client has nut set to true',
    alsoChanging(['write-profile'], ['foreign-mailbox'], (settled) => {
      const own = mailboxOfClient(settled)?.subscriber
      return own === undefined
        ? []
        : [
            {
              kind: 'profile-stored',
              msisdn: own.msisdn,
              profile: new Map([...own.profile, ['nut', 'true']]),
            },
          ]
    }),
  ),
  walkFault(
    'MSTORE-PIN-15/switches-on-for-a-pin',
    'a change of the PIN that is refused switches visual voicemail on',
    alsoChanging(['change-pin'], ['refused-pin'], ({ mailbox: { subscriber } }) => [
      {
        kind: 'profile-stored',
        msisdn: subscriber.msisdn,
        profile: new Map([...subscriber.profile, ['vvmon', 'true']]),
      },
    ]),
  ),
]

/** The mailbox of the client that made a request, by its user name. */
function mailboxOfClient({
  request: { authorization = '' },
  scene,
  state,
}: SettledRequest): StoredMailbox | undefined {
  const credentials = parseCredentials(authorization)
  if (credentials.kind === 'parse-error') return undefined
  const impi = scene.naf.keys.lookup(credentials.username)?.impi
  return [...state.mailboxes.values()].find(({ subscriber }) => subscriber.impi === impi)
}
