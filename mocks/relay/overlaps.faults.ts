import { atOnce } from '#mocks/engine/turns.ts'
import { alsoChanging, namedBy, settling } from './also-changing.ts'
import type { RelayChange } from './changes.ts'
import type { RelayDecision } from './decisions.ts'
import type { RelayEvent } from './operations.ts'
import { walkFault, type RelayFault } from './fault.ts'

/** Faults of requests that arrive within two turns of the event loop, as requests that are sent at once do. */
export const OVERLAP_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-MESSAGE-36/loses-one-of-two-senders',
    'of the messages that two senders hand in for one number within two turns of the event loop the first arrive',
    losingOneOfTwoSenders(),
  ),
  walkFault(
    'RELAY-ATTACHMENT-14/stores-one-of-two-blobs',
    'of two blobs that arrive within two turns of the event loop the second is stored in both places',
    alsoRepeating('upload-blob', 'stored', (change, earlier) =>
      change.kind === 'blob-stored' && earlier.kind === 'blob-stored'
        ? { ...change, key: earlier.key }
        : null,
    ),
  ),
  walkFault(
    'RELAY-ATTACHMENT-04/gives-two-clients-one-place',
    'of two allocations within two turns of the event loop the second gets the place of the first',
    givingOnePlace(),
  ),
  walkFault(
    'RELAY-PUSHID-19/sets-one-id-for-two',
    'of two push ids that are set within two turns of the event loop the second is that of both devices',
    alsoRepeating('set-push-id', 'stored', (change, earlier) => {
      if (change.kind !== 'device-stored' || earlier.kind !== 'device-stored') return null
      const { gcmId, apnId } = change.device
      return { ...earlier, device: { ...earlier.device, gcmId, apnId } }
    }),
  ),
  walkFault(
    'RELAY-KEYS-17/stores-one-of-two-uploads',
    'of two uploads of prekeys within two turns of the event loop the second is stored for both devices',
    alsoRepeating('upload-prekeys', 'stored', (change, earlier) =>
      change.kind === 'prekeys-stored' && earlier.kind === 'prekeys-stored'
        ? { ...change, shelf: earlier.shelf }
        : null,
    ),
  ),
  walkFault(
    'RELAY-KEYS-07/loses-an-upload-to-a-fetch',
    'an upload of prekeys that arrives within two turns of the event loop with a request for prekeys is lost',
    losing('upload-prekeys', 'fetch-prekeys'),
  ),
  walkFault(
    'RELAY-PUSHID-15/loses-an-id-to-a-message',
    'a push id that arrives within two turns of the event loop with a message is taken and not stored',
    losing('set-push-id', 'submit-messages'),
  ),
]

type Kind = RelayEvent['kind']

/** Of messages for one number that come at once those of the sender who came first are handed on. */
function losingOneOfTwoSenders(): RelayFault['patch'] {
  const earlierOf = atOnce<HandedIn>()
  return settling(
    'submit-messages',
    ['accepted'],
    ({ event: { authorization, destination }, decision, state }) => {
      const sender = namedBy({ authorization }, state)?.account.number ?? ''
      const earlier = earlierOf(state, { sender, destination })
      const isLate = earlier.some((one) => one.destination === destination && one.sender !== sender)
      return isLate ? { ...decision, changes: [] } : decision
    },
  )
}

interface HandedIn {
  readonly sender: string
  readonly destination: string
}

/** Of allocations that come at once the later ones get what the first one got. */
function givingOnePlace(): RelayFault['patch'] {
  const earlierOf = atOnce<RelayDecision>()
  return settling('allocate-attachment', ['allocated'], ({ decision, state }) => {
    const [first] = earlierOf(state, decision)
    return first === undefined ? decision : { ...decision, outcome: first.outcome, changes: [] }
  })
}

/** What such a request changes is repeated for each that came earlier in the same turn, as `repeated` has it. */
function alsoRepeating(
  kind: Kind,
  outcome: RelayDecision['outcome']['kind'],
  repeated: (change: RelayChange, earlier: RelayChange) => RelayChange | null,
): RelayFault['patch'] {
  const earlierOf = atOnce<readonly RelayChange[]>()
  return alsoChanging(kind, [outcome], ({ decision, state }) => {
    const earlier = earlierOf(state, decision.changes).flat()
    return decision.changes.flatMap((change) => earlier.flatMap((other) => repeated(change, other) ?? []))
  })
}

/** What requests of one kind change is lost where one of the other kind came earlier in the same turn. */
function losing(lost: Kind, other: Kind): RelayFault['patch'] {
  const earlierOf = atOnce<Kind>()
  return {
    consequences: {
      settled: (decision, event, { state }) => {
        const earlier = earlierOf(state, event.kind)
        return event.kind === lost && earlier.includes(other) ? { ...decision, changes: [] } : decision
      },
    },
  }
}
