import { atOnce } from '#mocks/engine/turns.ts'
import { namedBy, settling } from './also-changing.ts'
import { decideConfirmation } from './confirmation.ts'
import type { RelayDecision } from './decisions.ts'
import { documented } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { authentication } = documented

/** Faults of two requests at once of which one works with what the other has read. */
export const RACE_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-ATTACHMENT-08/locates-one-of-two',
    'of two attachments that are retrieved within two turns of the event loop the second is located as the first',
    locatingOne(),
  ),
  walkFault(
    'RELAY-MESSAGE-36/loses-the-second-set-of-a-sender',
    'of two sets of one sender to two numbers within two turns of the event loop the second is not pushed',
    losingSecondSet(),
  ),
  walkFault(
    'RELAY-AUTH-10/takes-a-wrong-password-beside-a-right-one',
    'a wrong password is taken where the right one has come within two turns of the event loop',
    trusting(),
  ),
  walkFault(
    'RELAY-VERIFY-21/confirms-two-at-once',
    'of two confirmations with one code within two turns of the event loop the second is taken, too',
    confirmingTwo(),
  ),
]

function locatingOne(): RelayFault['patch'] {
  const earlierOf = atOnce<RelayDecision>()
  return settling('retrieve-attachment', ['located'], ({ decision, state }) => {
    const [first] = earlierOf(state, decision)
    return first === undefined ? decision : { ...decision, outcome: first.outcome }
  })
}

function losingSecondSet(): RelayFault['patch'] {
  const earlierOf = atOnce<{ readonly sender: string; readonly destination: string }>()
  return settling('submit-messages', ['accepted'], ({ event, decision, state }) => {
    const sender = namedBy(event, state)?.account.number ?? ''
    const { destination } = event
    const earlier = earlierOf(state, { sender, destination })
    const isLost = earlier.some((one) => one.sender === sender && one.destination !== destination)
    return isLost ? { ...decision, changes: [] } : decision
  })
}

function trusting(): RelayFault['patch'] {
  const earlierOf = atOnce<string>()
  return {
    authentication: {
      passwordMatches: (attempt, operation, scene) => {
        const isRight = authentication.passwordMatches(attempt, operation, scene)
        const device = `${attempt.account.number}.${attempt.device.id}`
        if (isRight) earlierOf(scene.state, device)
        else return earlierOf(scene.state, '').includes(device)
        return isRight
      },
    },
  }
}

function confirmingTwo(): RelayFault['patch'] {
  const earlierOf = atOnce<string>()
  return settling('confirm-code', ['confirmed', 'no-code'], ({ event, decision, scene, state }) => {
    const credentials = authentication.read(event.authorization, 'confirm-code')
    const number = credentials.kind === 'credentials' ? credentials.number : ''
    const given = `${number} ${event.code}`
    const isLate = earlierOf(state, decision.outcome.kind === 'confirmed' ? given : '').includes(given)
    if (decision.outcome.kind === 'confirmed' || !isLate) return decision
    const taking = { ...documented, confirmation: { ...documented.confirmation, matches: () => true } }
    return decideConfirmation(event, { ...scene, rulebook: taking })
  })
}
