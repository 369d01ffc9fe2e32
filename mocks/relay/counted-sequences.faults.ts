import { noting } from '#mocks/engine/memory.ts'
import { namedBy, settling } from './also-changing.ts'
import { documented } from './rulebook.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { prekeys } = documented

const idsOf = noting<string>()
const THIRD = 3
const FIFTH = 5

/** Faults that come after a count, or after a thing was used up. */
export const COUNTED_SEQUENCE_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-PUSHID-15/returns-to-the-first-of-three',
    'the third push id of one kind that a device sets is taken, and the first one stored',
    settling('set-push-id', ['stored'], ({ event, decision, state }) => {
      const named = namedBy(event, state)
      const stored = decision.changes.find((change) => change.kind === 'device-stored')
      if (named === undefined || stored === undefined) return decision
      const member = event.channel === 'apn' ? 'apnId' : 'gcmId'
      const ids = idsOf(state, `${named.device.signalingKey} ${member}`, stored.device[member] ?? '')
      return ids.length < THIRD
        ? decision
        : { ...decision, changes: [{ ...stored, device: { ...stored.device, [member]: ids[0] ?? null } }] }
    }),
  ),
  walkFault(
    'RELAY-PREKEY-07/hands-the-last-resort-key-out-for-the-sixth',
    'of an upload five one-time keys are handed out, and then the last resort key',
    {
      prekeys: {
        choose: (all, asking) => {
          const used = all.uploaded.length - all.size
          const last = all.uploaded.at(-1)
          return used >= FIFTH && last !== undefined ? [last] : prekeys.choose(all, asking)
        },
      },
    },
  ),
]
