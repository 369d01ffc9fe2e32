import { randomBytes } from 'node:crypto'
import { createCapabilities } from '#driver/capabilities/create-capabilities.ts'
import { CapabilityFailure } from '#driver/capabilities/failures.ts'
import { enabling } from '#driver/capabilities/has-capability.ts'
import type { Push } from '#driver/capabilities/pushes.ts'
import {
  allocateAttachment,
  fetchPrekeys,
  sendMessages,
  setPushId,
  uploadBlob,
  uploadPrekeys,
} from '#driver/relay/operations.ts'
import { newPassword, newPushId, newRegistrationId, newSignalingKey } from '#driver/relay/parties.ts'
import type { RelayTarget } from '#driver/target.ts'
import { encodeBase64 } from '#protocol/base64.ts'
import { parsePlainJson } from '#protocol/json.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { MAC_ALGORITHMS, openFrame } from '#protocol/relay/frame.ts'
import { parseApnNotification, parseGcmNotification } from '#protocol/relay/notifications.ts'
import { parsePayload } from '#protocol/relay/payload.ts'
import { parseSignalingKey } from '#protocol/relay/signaling-key.ts'
import { newPrekeys } from '#steps/relay/support/prekey-set.ts'
import { RELAY } from '../targets/relay.ts'
import { asked, gotOf, isGranted } from './asked.ts'
import { check, type DoctorCheck } from './check.ts'
import { UNKNOWN_CREDENTIALS } from './openings.ts'
import type { RelayFacts } from './relay-facts.ts'
import { credentialsOf, furtherAccount, pushIdBack, type TrialAccount } from './relay-account.ts'

type RelayCheck = DoctorCheck<RelayTarget, RelayFacts>

const PUSHES_KEY = ['capabilities', 'pushes'] as const
const DEVICES_KEY = ['capabilities', 'devices'] as const
const FEDERATION_KEY = ['capabilities', 'federation'] as const

/** Whether a push that was sent is seen, and is the one that was sent. */
export const PUSHES_CHECK: RelayCheck = check<
  RelayTarget,
  RelayFacts,
  'unsent' | 'fails' | 'none' | 'another'
>({
  name: 'pushes',
  needs: ['push id'],
  risks: ['writes', 'sends'],
  run: async (target, { account, pushId }) => {
    if (target.capabilities.pushes === null)
      return { kind: 'note', said: `not in the file: ${enabling('pushes')}` }
    const sender = await furtherAccount(target)
    if (account === undefined || sender === null)
      return { kind: 'wrong', code: 'unsent', got: 'no second account could be made' }
    const sent = await asked(target, messageTo(target, sender, account))
    if (!isGranted(sent)) return { kind: 'wrong', code: 'unsent', got: `a message got ${gotOf(sent)}` }
    const pushes = await failureOr(createCapabilities(target).pushes.received({ number: account.number }, 1))
    if (pushes instanceof CapabilityFailure) return { kind: 'wrong', code: 'fails', got: pushes }
    const last = pushes.at(-1)
    if (last === undefined)
      return { kind: 'wrong', code: 'none', got: `no push within ${target.timeouts.pushMs} ms of a message` }
    const mistake = mistakeOfPush(last, account, pushId)
    return mistake === null
      ? { kind: 'well', said: 'the push of a message is seen, and opens with its signaling key' }
      : { kind: 'wrong', code: 'another', got: mistake }
  },
  advice: {
    unsent: { blame: 'target', at: null, todo: () => 'look at the log of the relay' },
    fails: {
      blame: 'file',
      at: PUSHES_KEY,
      todo: () => `write what shows the pushes:  ${enabling('pushes')}`,
    },
    none: {
      blame: 'file',
      at: PUSHES_KEY,
      todo: () =>
        'let it show what the push gateways are handed; if that takes longer, write  timeouts: { pushMs: MS }',
    },
    another: {
      blame: 'file',
      at: PUSHES_KEY,
      todo: () =>
        'let it show the pushes to the number that it is given, oldest first, as the gateways get them',
    },
  },
})

function messageTo(target: RelayTarget, from: TrialAccount, to: TrialAccount) {
  return sendMessages(credentialsOf(from, target), to.number, {
    messages: [
      {
        type: 1,
        destinationDeviceId: 1,
        destinationRegistrationId: to.registrationId,
        body: encodeBase64(randomBytes(32), { padded: false }),
        timestamp: Date.now(),
      },
    ],
  })
}

function mistakeOfPush(push: Push, account: TrialAccount, pushId: string | undefined): string | null {
  if (pushId !== undefined && push.to !== pushId)
    return 'the push shown is to another push id than that of the device'
  const notification =
    push.channel === 'gcm' ? parseGcmNotification(push.notification) : parseApnNotification(push.notification)
  if (notification.kind === 'parse-error') return notification.reason
  const payload = parsePayload(notification.payload)
  const key = parseSignalingKey(account.signalingKey)
  if (payload.kind === 'parse-error') return payload.reason
  if (key.kind === 'parse-error') return key.reason
  const opened = openFrame(payload.bytes, key.key, MAC_ALGORITHMS)
  return opened.kind === 'opened'
    ? null
    : `the push shown is not sealed with the key of its device: ${opened.detail}`
}

/** Whether a device that is added can log in. */
export const DEVICES_CHECK: RelayCheck = check<RelayTarget, RelayFacts, 'fails' | 'no-device'>({
  name: 'devices',
  needs: ['authentication'],
  risks: ['writes'],
  run: async (target, { account }) => {
    if (account === undefined || target.capabilities.devices === null)
      return { kind: 'note', said: `not in the file: ${enabling('devices')}` }
    const device = {
      password: newPassword(randomBytes),
      signalingKey: newSignalingKey(randomBytes),
      registrationId: newRegistrationId(randomBytes),
      supportsSms: false,
    }
    const owner = { number: account.number, credentials: credentialsOf(account, target) }
    const id = await failureOr(createCapabilities(target).devices.add(owner, device))
    if (id instanceof CapabilityFailure) return { kind: 'wrong', code: 'fails', got: id }
    const own = { username: `${account.number}.${id}`, password: device.password }
    const result = await asked(target, allocateAttachment(own))
    return isGranted(result)
      ? { kind: 'well', said: `device ${id} was added and logs in` }
      : {
          kind: 'wrong',
          code: 'no-device',
          got: `device ${id} was added, and its credentials got ${gotOf(result)}`,
        }
  },
  advice: {
    fails: {
      blame: 'file',
      at: DEVICES_KEY,
      todo: () => `write what adds a device:  ${enabling('devices')}`,
    },
    'no-device': {
      blame: 'file',
      at: DEVICES_KEY,
      todo: () => 'let it add the device with the password that it is given, and print its id',
    },
  },
})

/** Whether an attachment can be stored at the place that the relay gives out, and comes back. */
export const ATTACHMENTS_CHECK: RelayCheck = check<RelayTarget, RelayFacts, 'unreachable'>({
  name: 'attachments',
  needs: ['authentication'],
  risks: ['writes'],
  run: async (target, { account }) => {
    if (account === undefined) throw new Error('attachments: expected an account, got none')
    const place = await asked(target, allocateAttachment(credentialsOf(account, target)))
    const json = place.kind === 'answered' ? parsePlainJson(place.answer.body) : null
    const location = json?.kind === 'json' ? membersOf(json.plain)['location'] : undefined
    if (typeof location !== 'string')
      return { kind: 'note', said: `an allocation got ${gotOf(place)} and no location, which a run reports` }
    const blob = randomBytes(64)
    const stored = await asked(target, uploadBlob(location, blob))
    if (!isGranted(stored))
      return {
        kind: 'wrong',
        code: 'unreachable',
        got: `an upload to ${origin(location)} got ${gotOf(stored)}`,
      }
    return { kind: 'well', said: `stored at ${origin(location)}` }
  },
  advice: {
    unreachable: {
      blame: 'target',
      at: ['attachmentOrigins'],
      todo: () => 'let the relay give out addresses that this machine may reach',
    },
  },
})

function origin(location: string): string {
  return URL.canParse(location) ? new URL(location).origin : 'its location'
}

/** Whether the peer goes by the name that the file gives it. */
export const FEDERATION_CHECK: RelayCheck = check<
  RelayTarget,
  RelayFacts,
  'fails' | 'unreachable' | 'no-account' | 'name'
>({
  name: 'federation',
  needs: ['authentication'],
  risks: ['writes', 'sends'],
  run: async (alone, { account }, undo) => {
    const target = await RELAY.completed(alone)
    if (account === undefined || target.capabilities.federation === null)
      return { kind: 'note', said: `not in the file: ${enabling('federation')}` }
    const { peer, name, synchronise } = createCapabilities(target).federation()
    if (peer.capabilities.verificationCode === null)
      return { kind: 'wrong', code: 'fails', got: 'it does not say where codes of the peer are seen' }
    const answer = await asked(peer, allocateAttachment(UNKNOWN_CREDENTIALS))
    if (answer.kind === 'failed') return { kind: 'wrong', code: 'unreachable', got: answer.failure.detail }
    const there = await failureOr(furtherAccount(peer))
    if (there instanceof CapabilityFailure) return { kind: 'wrong', code: 'fails', got: there }
    if (there === null)
      return { kind: 'wrong', code: 'no-account', got: `no account could be made at ${peer.url}` }
    const owner = credentialsOf(there, peer)
    await asked(peer, uploadPrekeys(owner, newPrekeys(randomBytes)))
    const pushId = newPushId('gcm', randomBytes)
    undo.add(`the push id of ${there.number} at ${peer.url}`, pushIdBack(peer, owner, pushId))
    await asked(peer, setPushId('gcm', owner, pushId))
    await synchronise()
    const keys = await asked(target, fetchPrekeys(credentialsOf(account, target), there.number, 1, name))
    return isGranted(keys)
      ? { kind: 'well', said: `the relay has prekeys of a number at ${name}` }
      : { kind: 'wrong', code: 'name', got: `prekeys of a number at relay "${name}" got ${gotOf(keys)}` }
  },
  advice: {
    fails: {
      blame: 'file',
      at: FEDERATION_KEY,
      todo: () =>
        `write into it what gives the codes of the peer:  ${enabling('verificationCode').replace('capabilities.', '')}`,
    },
    unreachable: {
      blame: 'target',
      at: [...FEDERATION_KEY, 'url'],
      todo: () => 'start the peer, or correct its URL',
    },
    'no-account': {
      blame: 'target',
      at: [...FEDERATION_KEY, 'url'],
      todo: () => 'look at the log of the peer',
    },
    name: {
      blame: 'file',
      at: [...FEDERATION_KEY, 'name'],
      todo: () =>
        'write the name that the relay gives the peer; where numbers are exchanged later, write  synchronise: { afterMs: MS }',
    },
  },
})

async function failureOr<Value>(work: Promise<Value>): Promise<Value | CapabilityFailure> {
  try {
    return await work
  } catch (error) {
    if (error instanceof CapabilityFailure) return error
    throw error
  }
}
