import { memory } from '#mocks/engine/memory.ts'
import { alsoChanging, namedBy, withoutPushId } from './also-changing.ts'
import type { RelayDecision } from './decisions.ts'
import { decideMessages, type SubmitMessages } from './messages.ts'
import { documented, type RelayRulebookPatch } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { attachments, prekeys } = documented

/** What takes the place of a pending code that a server has lost: no request can name it. */
const NO_CODE = ''

/** Faults by which a request that was refused leaves something behind. */
export const REFUSED_EFFECT_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-CODE-09/drops-the-code-for-a-bad-transport',
    'a request for a code over a transport that there is not voids the code that was sent before',
    alsoChanging('request-code', ['bad-transport'], ({ event: { number }, state }) =>
      state.pendingCodes.has(number) ? [{ kind: 'code-pending', number, code: NO_CODE }] : [],
    ),
  ),
  walkFault(
    'RELAY-PREKEY-17/takes-a-prekey-for-refused-messages',
    'a set that is refused for its devices uses up a prekey of the first device of its recipient',
    alsoChanging('submit-messages', ['mismatched-devices'], ({ event, state, scene: { world } }) => {
      const shelf = prekeys.shelf(event.destination, 1)
      const prekey = state.prekeys.get(shelf)?.smallest
      if (prekey === undefined || prekey.lastResort) return []
      const handOut = { prekey, to: '', at: world.nowMs() }
      return [{ kind: 'prekey-handed-out', shelf, handOut, usedUp: true }]
    }),
  ),
  walkFault(
    'RELAY-MESSAGE-28/keeps-for-a-number-to-come',
    'messages refused for an unregistered number are handed on once a client can be reached there',
    keeping('unknown-destination'),
  ),
  walkFault(
    'RELAY-MESSAGE-29/keeps-until-there-is-a-push-id',
    'messages that are refused since their recipient has no push id are handed on once there is one',
    keeping('unreachable-destination'),
  ),
  walkFault(
    'RELAY-MESSAGE-11/keeps-until-the-devices-match',
    'a set that is refused for its devices is handed on once the devices of its recipient are those',
    keeping('mismatched-devices'),
  ),
  walkFault(
    'RELAY-PUSHID-10/clears-of-a-second-device',
    'a wrong password for a device other than the first answers 401 and takes its push id all the same',
    alsoChanging('remove-push-id', ['wrong-password'], ({ event, state }) => {
      const named = namedBy(event, state)
      return named === undefined || named.device.id === 1 ? [] : [withoutPushId(named)]
    }),
  ),
  walkFault(
    'RELAY-VERIFY-22/uses-the-code-up-for-a-mistyped-body',
    'a confirmation of a number that has an account uses up the code where its body cannot be read',
    alsoChanging('confirm-code', ['mistyped-body', 'malformed-body'], ({ event, state }) => {
      const number = namedBy(event, state)?.account.number
      return number === undefined ? [] : [{ kind: 'code-used', number }]
    }),
  ),
  walkFault(
    'RELAY-VERIFY-34/drops-the-other-devices-for-a-wrong-code',
    'a wrong code takes all devices but the first from the account that the number has',
    alsoChanging('confirm-code', ['wrong-code', 'no-code'], ({ event, state }) => {
      const { account } = namedBy(event, state) ?? {}
      const [first] = account?.devices ?? []
      if (account === undefined || first === undefined) return []
      return [{ kind: 'account-stored', account: { ...account, devices: new Map([first]) } }]
    }),
  ),
  walkFault(
    'RELAY-ATTACHMENT-11/empties-what-is-refused',
    'a retrieval with a wrong password answers 401 and empties the attachment',
    alsoChanging('retrieve-attachment', ['wrong-password'], ({ event, scene }) => {
      const attachment = attachments.find(event.id, { ...scene, rulebook: documented })
      return attachment === undefined
        ? []
        : [{ kind: 'blob-stored', key: attachment.key, bytes: new Uint8Array() }]
    }),
  ),
]

/** Messages that came to this outcome are tried again with each later request, until they are accepted. */
function keeping(outcome: RelayDecision['outcome']['kind']): RelayRulebookPatch {
  const keptOf = memory((): { events: readonly SubmitMessages[] } => ({ events: [] }))
  return {
    consequences: {
      settled: (decision, event, scene) => {
        const kept = keptOf(scene.state)
        const again = kept.events.map((each) => ({
          each,
          decision: decideMessages(each, { ...scene, rulebook: documented }),
        }))
        const accepted = again.filter((one) => one.decision.outcome.kind === 'accepted')
        const isKept = event.kind === 'submit-messages' && decision.outcome.kind === outcome
        kept.events = [
          ...again.filter((one) => !accepted.includes(one)).map(({ each }) => each),
          ...(isKept ? [event] : []),
        ]
        return {
          ...decision,
          changes: [...accepted.flatMap((one) => one.decision.changes), ...decision.changes],
        }
      },
    },
  }
}
