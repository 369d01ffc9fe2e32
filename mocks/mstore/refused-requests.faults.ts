import { memory } from '#mocks/engine/memory.ts'
import { parseCredentials } from '#protocol/mstore/digest-credentials.ts'
import { alsoChanging, type SettledRequest } from './also-changing.ts'
import type { StoredMailbox } from './mailbox.ts'
import { documented } from './rulebook.ts'
import { fault, walkFault, type MStoreFault } from './fault.ts'

const { uploads } = documented

const malformedIn = memory(() => new Map<string, number>())

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
  fault(
    'MSTORE-PIN-16/counts-a-refusal-as-a-change',
    'a PIN that is refused makes a change that follows one too soon',
    alsoChanging(['change-pin'], ['refused-pin'], ({ mailbox: { subscriber }, scene }) => {
      const { msisdn, pin } = subscriber
      return [{ kind: 'pin-stored', msisdn, pin: { ...pin, changedAtMs: scene.world.nowMs(msisdn) } }]
    }),
  ),
  walkFault(
    'MSTORE-UPLOAD-01/keeps-places-of-malformed-ones',
    'each upload that is refused as malformed takes a place from those that the quotas leave',
    {
      ...alsoChanging(['upload'], ['malformed'], ({ mailbox: { subscriber }, state }) => {
        const malformed = malformedIn(state)
        malformed.set(subscriber.msisdn, (malformed.get(subscriber.msisdn) ?? 0) + 1)
        return []
      }),
      uploads: {
        isOverQuota: (object, context) => {
          const { subscriber } = context.mailbox
          const taken = malformedIn(context.state).get(subscriber.msisdn) ?? 0
          const quotas = [...subscriber.quotas].map(
            ([name, quota]) => [name, name.endsWith('Quota') ? quota - taken : quota] as const,
          )
          const mailbox = { ...context.mailbox, subscriber: { ...subscriber, quotas: new Map(quotas) } }
          return uploads.isOverQuota(object, { ...context, mailbox })
        },
      },
    },
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
