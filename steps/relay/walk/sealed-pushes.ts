import type { Push } from '#driver/capabilities/pushes.ts'
import { readingOf } from '#driver/relay/readings.ts'
import { diagnoseFrame } from '#protocol/relay/frame-diagnosis.ts'
import { openFrame, type OpenedFrame } from '#protocol/relay/frame.ts'
import { parseApnNotification, parseGcmNotification } from '#protocol/relay/notifications.ts'
import { parsePayload } from '#protocol/relay/payload.ts'
import { violatedBy } from '../support/open-push.ts'
import { signalingKeyOf } from './installs.ts'
import type { RelayWalkParty } from './walk-party.ts'
import { WalkViolation } from './walk-violation.ts'

/** A push whose frame opened, and the install whose signaling key it opened with. */
export interface UnsealedPush {
  readonly install: string
  readonly frame: OpenedFrame
}

/** Opens a push with whichever signaling key of its party fits. Throws a WalkViolation where none does. */
export function openedPush(party: RelayWalkParty, push: Push): UnsealedPush {
  const bytes = payloadBytes(party, push)
  const algorithms = readingOf(party.node.target.dialect, 'macAlgorithms')
  for (const [name, install] of party.installs()) {
    const opened = openFrame(bytes, signalingKeyOf(install), algorithms)
    if (opened.kind === 'opened') return { install: name, frame: opened }
  }
  throw new WalkViolation(diagnosis(party, push, bytes))
}

function payloadBytes({ node: { target } }: RelayWalkParty, push: Push): Uint8Array {
  const isGcm = push.channel === 'gcm'
  const requirement = isGcm ? 'RELAY-PUSH-01' : 'RELAY-PUSH-02'
  const parsed = isGcm ? parseGcmNotification(push.notification) : parseApnNotification(push.notification)
  const thing = `notification by ${push.channel}`
  if (parsed.kind === 'parse-error')
    throw new WalkViolation({ requirement, thing, expected: 'a payload', got: parsed.reason })
  if (parsed.kind === 'apn' && (parsed.alert ?? '') === '')
    throw new WalkViolation({ requirement: 'RELAY-PUSH-22', thing, expected: 'an alert', got: 'none' })
  const payload = parsePayload(parsed.payload)
  const forms: readonly string[] = readingOf(target.dialect, 'payload')
  if (payload.kind === 'parse-error' || !forms.includes(payload.form))
    throw new WalkViolation({
      requirement: 'RELAY-PUSH-01',
      thing: 'payload of a push',
      expected: `Base64: ${forms.join(' or ')}`,
      got: payload.kind === 'parse-error' ? payload.reason : payload.form,
    })
  return payload.bytes
}

/** What is wrong with a frame that no key opens, as far as the key of the device shows. */
function diagnosis(party: RelayWalkParty, push: Push, bytes: Uint8Array) {
  const device = [...party.devices.values()].find(({ id }) => id === push.device) ?? party.device()
  const others = new Map([...party.installs()].map(([name, install]) => [name, signalingKeyOf(install)]))
  const [mistake] = diagnoseFrame(bytes, signalingKeyOf(party.install(device.install)), others)
  return {
    requirement: violatedBy[mistake?.aspect ?? 'other'],
    thing: `frame of a push to device ${push.device} of ${party.name}`,
    expected: 'one that opens with a signaling key of the device',
    got: mistake?.mistake ?? 'something else',
  }
}
