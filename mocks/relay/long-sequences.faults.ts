import { decodeBase64 } from '#protocol/base64.ts'
import { counting, memory, noting } from '#mocks/engine/memory.ts'
import { alsoChanging, namedBy, settling } from './also-changing.ts'
import { alsoTaking } from './other-passwords.ts'
import { wholeKey } from './pushes.ts'
import type { Device } from './entities.ts'
import { documented, type RelayRulebookPatch } from './rulebook.ts'
import type { RelayState } from './state.ts'
import { walkFault, type RelayFault } from './fault.ts'

const { authentication, pushes, prekeys } = documented

const THIRD = 3
const uploadsTo = counting()
const uploadsOf = counting()
const idsTakenBack = lists()
const idsRemovedBy = counting()
const handOutsOf = counting()
const passwordsOf = lists()
const keysOf = lists()
const keysOfFurther = noting<string>()
const passwordsOfFurther = noting<string>()

/** Faults that take the third time of something, or two things one after the other. */
export const LONG_SEQUENCE_FAULTS: readonly RelayFault[] = [
  walkFault(
    'RELAY-AUTH-13/takes-the-first-of-three-passwords',
    'from the third registration of a number on the password of its first one is taken, too',
    {
      ...registering((number, { password }, state) => passwordsOf(state, number).push(password)),
      ...alsoTaking(({ account, device, given }, { state }) => {
        const passwords = passwordsOf(state, account.number)
        return device.id === 1 && passwords.length >= THIRD && passwords[0] === given
      }),
    },
  ),
  walkFault(
    'RELAY-AUTH-13/takes-the-password-of-a-device-that-is-gone',
    'a device that has the id of one from before a registration is let in with the password of that, too',
    {
      authentication: {
        passwordMatches: (attempt, operation, scene) => {
          const { account, device, given } = attempt
          const known = passwordsOfFurther(scene.state, `${account.number}.${device.id}`, device.password)
          const isKnown = device.id !== 1 && known.includes(given)
          return isKnown || authentication.passwordMatches(attempt, operation, scene)
        },
      },
    },
  ),
  walkFault(
    'RELAY-KEYS-07/keeps-the-second-of-three-uploads',
    'from the third upload of a device on its keys are taken and not stored',
    settling('upload-prekeys', ['stored'], ({ event, decision, state }) => {
      const named = namedBy(event, state)
      const device = `${named?.account.number ?? ''}.${named?.device.id ?? ''}`
      return uploadsOf(state, device) < THIRD ? decision : { ...decision, changes: [] }
    }),
  ),
  walkFault(
    'RELAY-ATTACHMENT-11/keeps-the-second-of-three-blobs',
    'from the third upload to a place on what is uploaded is taken and not stored',
    settling('upload-blob', ['stored'], ({ event, decision, state }) =>
      uploadsTo(state, event.key) < THIRD ? decision : { ...decision, changes: [] },
    ),
  ),
  walkFault(
    'RELAY-PUSHID-15/keeps-no-id-after-two',
    'once a device has taken two push ids back the next ones are taken and not stored',
    {
      consequences: {
        settled: (decision, event, { state }) => {
          const { kind } = decision.outcome
          const named =
            event.kind === 'set-push-id' || event.kind === 'remove-push-id'
              ? namedBy(event, state)
              : undefined
          if (named === undefined) return decision
          const removed = idsTakenBack(state, `${named.account.number} ${named.device.signalingKey}`)
          if (kind === 'removed' && isReachable(named.device)) removed.push('')
          return kind === 'stored' && removed.length > 1 ? { ...decision, changes: [] } : decision
        },
      },
    },
  ),
  walkFault(
    'RELAY-PUSHID-11/unregisters-once',
    'a device that takes its push id back a second time keeps it',
    settling('remove-push-id', ['removed'], ({ event, decision, state }) => {
      const named = namedBy(event, state)
      if (named === undefined || !isReachable(named.device)) return decision
      const device = `${named.account.number} ${named.device.signalingKey}`
      return idsRemovedBy(state, device) < 2 ? decision : { ...decision, changes: [] }
    }),
  ),
  walkFault(
    'RELAY-PREKEY-06/hands-the-last-resort-key-out-twice',
    'the last resort key is used up when it is handed out for the third time',
    {
      prekeys: {
        isUsedUp: (prekey, asking) =>
          prekeys.isUsedUp(prekey, asking) ||
          handOutsOf(asking.scene.state, `${asking.account.number} ${prekey.publicKey}`) >= THIRD,
      },
    },
  ),
  walkFault(
    'RELAY-PUSH-19/seals-with-the-second-of-three-keys',
    'from the third registration of a number on pushes are sealed with the key of the second',
    {
      ...registering((number, { signalingKey }, state) => keysOf(state, number).push(signalingKey)),
      pushes: {
        signalingKey: (delivery, scene) => {
          const { device, recipient } = delivery
          const keys = keysOf(scene.state, recipient.number)
          return device.id !== 1 || keys.length < THIRD
            ? pushes.signalingKey(delivery, scene)
            : wholeKey(decodeBase64(keys[1] ?? device.signalingKey))
        },
      },
    },
  ),
  walkFault(
    'RELAY-PUSH-18/remembers-the-key-of-a-device-that-is-gone',
    'a device that has the id of one from before a registration is sent pushes under the key of that',
    {
      pushes: {
        signalingKey: (delivery, scene) => {
          const { device, recipient } = delivery
          const [first = device.signalingKey] = keysOfFurther(
            scene.state,
            `${recipient.number}.${device.id}`,
            device.signalingKey,
          )
          return device.id === 1 ? pushes.signalingKey(delivery, scene) : wholeKey(decodeBase64(first))
        },
      },
    },
  ),
]

function isReachable({ apnId, gcmId }: Device): boolean {
  return apnId !== null || gcmId !== null
}

/** Lists by number, for each server. */
function lists(): (state: RelayState, number: string) => string[] {
  const listsOf = memory(() => new Map<string, string[]>())
  return (state, number) => {
    const known = listsOf(state)
    const list = known.get(number) ?? []
    known.set(number, list)
    return list
  }
}

/** Notes the first device of every account that is registered. */
function registering(note: (number: string, device: Device, state: RelayState) => void): RelayRulebookPatch {
  return alsoChanging('confirm-code', ['confirmed'], ({ decision, state }) => {
    for (const change of decision.changes) {
      const device = change.kind === 'account-stored' ? change.account.devices.get(1) : undefined
      if (change.kind === 'account-stored' && device !== undefined) note(change.account.number, device, state)
    }
    return []
  })
}
