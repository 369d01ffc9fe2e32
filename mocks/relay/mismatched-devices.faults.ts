import { bare } from '#mocks/engine/wire.ts'
import { deployedFault, fault, type RelayFault } from './fault.ts'
import { handingOnBefore } from './message-order.ts'
import { compareDevices, type Mismatch } from './mismatched-devices.ts'
import { documented, type RelayRulebookPatch } from './rulebook.ts'
import { isStale } from './stale-devices.faults.ts'

const { messages } = documented

/** Faults in comparing a set of messages with the devices of its recipient. */
export const MISMATCHED_DEVICE_FAULTS: readonly RelayFault[] = [
  fault('RELAY-MESSAGE-07/ignores-missing-devices', 'a registered device may be left out', {
    messages: { compareDevices: (addressed) => ({ ...messages.compareDevices(addressed), missing: [] }) },
  }),
  fault('RELAY-MESSAGE-07/reports-missing-devices-as-stale', 'a device left out answers 410', {
    messages: {
      compareDevices: (addressed) => ({ ...messages.compareDevices(addressed), missing: [] }),
      findStale: (addressed) => [...messages.findStale(addressed), ...compareDevices(addressed).missing],
    },
  }),
  fault('RELAY-MESSAGE-07/answers-400', 'a device left out answers 400', mismatchAnswers(400, 'missing')),
  fault(
    'RELAY-MESSAGE-07/keeps-the-first-device-list',
    'the devices of a recipient are those that were first written to',
    {
      messages: {
        compareDevices: (judged) => {
          const known = new Set(
            judged.scene.state.pushes.to(judged.recipient.number).map(({ device }) => device),
          )
          const reachable = judged.reachable.filter(({ id }) => known.size === 0 || known.has(id))
          return messages.compareDevices({ ...judged, reachable })
        },
      },
    },
  ),
  fault('RELAY-MESSAGE-08/ignores-extra-devices', 'a device that does not exist may be addressed', {
    messages: { compareDevices: (addressed) => ({ ...messages.compareDevices(addressed), extra: [] }) },
  }),
  fault(
    'RELAY-MESSAGE-08/answers-404',
    'a device that does not exist answers 404',
    mismatchAnswers(404, 'extra'),
  ),
  fault('RELAY-MESSAGE-09/omits-extra-devices', 'the 409 body has no extraDevices', {
    messages: { mismatchBody: ({ missing }) => ({ missingDevices: missing }) },
  }),
  fault('RELAY-MESSAGE-09/omits-missing-devices', 'the 409 body has no missingDevices', {
    messages: { mismatchBody: ({ extra }) => ({ extraDevices: extra }) },
  }),
  fault('RELAY-MESSAGE-09/writes-no-body', 'the 409 has no body', {
    messages: { mismatchBody: () => undefined },
  }),
  fault('RELAY-MESSAGE-09/writes-numbers', 'the 409 body lists phone numbers', {
    messages: {
      mismatchBody: ({ missing, extra }, { recipient: { number } }) => ({
        missingDevices: missing.map(() => number),
        extraDevices: extra.map(() => number),
      }),
    },
  }),
  fault('RELAY-MESSAGE-09/writes-a-page', 'the 409 body is a bare list of ids', {
    messages: { mismatchBody: ({ missing, extra }) => [...missing, ...extra] },
  }),
  fault('RELAY-MESSAGE-10/lists-every-device-as-missing', 'missingDevices lists all devices', {
    messages: {
      mismatchBody: ({ extra }, { reachable }) => ({
        missingDevices: reachable.map(({ id }) => id),
        extraDevices: extra,
      }),
    },
  }),
  fault('RELAY-MESSAGE-10/lists-one-missing-device', 'missingDevices lists the first device left out', {
    messages: {
      mismatchBody: ({ missing, extra }) => ({ missingDevices: missing.slice(0, 1), extraDevices: extra }),
    },
  }),
  fault(
    'RELAY-MESSAGE-10/lists-one-extra-device',
    'extraDevices lists the first device that does not exist',
    {
      messages: {
        mismatchBody: ({ missing, extra }) => ({ missingDevices: missing, extraDevices: extra.slice(0, 1) }),
      },
    },
  ),
  fault('RELAY-MESSAGE-10/reports-one-fault', 'where devices are missing no extra ones are listed', {
    messages: {
      mismatchBody: ({ missing, extra }) => ({
        missingDevices: missing,
        extraDevices: missing.length > 0 ? [] : extra,
      }),
    },
  }),
  fault('RELAY-MESSAGE-11/delivers-to-the-matching-devices', 'a 409 delivers to the devices that match', {
    messages: {
      order: handingOnBefore('devices', messages.order),
      deliveries: (deliveries) => (deliveries.some(isStale) ? [] : deliveries),
    },
  }),
  fault('RELAY-MESSAGE-16/lists-stale-devices-as-missing', 'a 409 lists stale devices as missing', {
    messages: {
      mismatchBody: ({ missing, extra }, addressed) => ({
        missingDevices: [...missing, ...messages.findStale(addressed)],
        extraDevices: extra,
      }),
    },
  }),
  deployedFault(
    'RELAY-MESSAGE-34/counts-unreachable-devices',
    'a device without a push id counts as registered',
    {
      messages: {
        compareDevices: (addressed) =>
          messages.compareDevices({ ...addressed, reachable: [...addressed.recipient.devices.values()] }),
      },
    },
  ),
]

/** Where a set has that mismatch and no other, the answer has another status and no body. */
function mismatchAnswers(status: number, side: keyof Mismatch): RelayRulebookPatch {
  const member = `${side}Devices`
  return {
    wire: {
      transform: (reply, outcome) => {
        const { kind, content } = outcome
        if (kind !== 'mismatched-devices' || content.kind !== 'json') return reply
        return JSON.stringify(content.value).includes(`"${member}":[]`) ? reply : bare(reply, status)
      },
    },
  }
}
