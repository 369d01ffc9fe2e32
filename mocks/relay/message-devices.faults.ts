import { documented, type RelayRulebookPatch } from './rulebook.ts'
import { compareDevices, type Addressed, type Mismatch } from './message-devices.ts'
import type { MessageStep } from './messages.ts'
import type { Delivery } from './pushes.ts'
import { STALE_DEVICES_FIRST } from './message-order.ts'
import { deployedFault, fault, statusFaults, type RelayFault } from './fault.ts'
import { bare } from '#mocks/engine/wire.ts'

const { messages } = documented

/** Faults in comparing a set of messages with the devices and registrations of its recipient. */
export const DEVICE_SET_FAULTS: readonly RelayFault[] = [
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
      order: handingOnBefore('devices'),
      deliveries: (deliveries) => (deliveries.some(isStale) ? [] : deliveries),
    },
  }),
  fault('RELAY-MESSAGE-12/compares-no-registration', 'the registrationId is not compared', {
    messages: { findStale: () => [] },
  }),
  ...statusFaults('submit-messages', [
    ['RELAY-MESSAGE-12/answers-409', 'a stale device answers 409', 'stale-devices', 409],
  ]),
  fault('RELAY-MESSAGE-13/writes-no-body', 'the 410 has no body', {
    messages: { staleBody: () => undefined },
  }),
  fault('RELAY-MESSAGE-13/names-them-missing', 'the 410 body has missingDevices', {
    messages: { staleBody: (stale) => ({ missingDevices: stale }) },
  }),
  fault('RELAY-MESSAGE-13/writes-registrations', 'staleDevices holds registrationIds', {
    messages: {
      staleBody: (stale, { recipient }) => ({
        staleDevices: stale.map((id) => recipient.devices.get(id)?.registrationId ?? 0),
      }),
    },
  }),
  fault(
    'RELAY-MESSAGE-14/delivers-to-the-fresh-devices',
    'a 410 delivers to the devices that are not stale',
    {
      messages: {
        order: handingOnBefore('registrations'),
        deliveries: (deliveries) => deliveries.filter((delivery) => !isStale(delivery)),
      },
    },
  ),
  fault('RELAY-MESSAGE-15/lists-every-device', 'staleDevices lists every device addressed', {
    messages: { staleBody: (_stale, addressed) => ({ staleDevices: addressedIds(addressed) }) },
  }),
  fault('RELAY-MESSAGE-15/lists-the-first-alone', 'staleDevices lists one device', {
    messages: { staleBody: ([first = 0]) => ({ staleDevices: [first] }) },
  }),
  fault(
    'RELAY-MESSAGE-15/compares-two-devices',
    'the registrationIds of the first two messages are compared',
    {
      messages: {
        findStale: (addressed) =>
          messages.findStale({ ...addressed, messages: addressed.messages.slice(0, 2) }),
      },
    },
  ),
  fault('RELAY-MESSAGE-16/lists-stale-devices-as-missing', 'a 409 lists stale devices as missing', {
    messages: {
      mismatchBody: ({ missing, extra }, addressed) => ({
        missingDevices: [...missing, ...messages.findStale(addressed)],
        extraDevices: extra,
      }),
    },
  }),
  fault('RELAY-MESSAGE-16/lists-extra-devices-as-stale', 'a 410 comes first and lists extra devices', {
    messages: {
      order: STALE_DEVICES_FIRST,
      staleBody: (stale, addressed) => ({
        staleDevices: [...stale, ...compareDevices(addressed).extra],
      }),
    },
  }),
  fault('RELAY-MESSAGE-17/takes-every-registration-for-stale', 'every registrationId but 0 answers 410', {
    messages: {
      findStale: ({ messages: set }) =>
        set.filter(({ registrationId }) => registrationId !== null).map(({ deviceId }) => deviceId),
    },
  }),
  fault('RELAY-MESSAGE-17/compares-with-the-sender', "the registrationId is compared with the sender's", {
    messages: {
      findStale: ({ senderDevice, messages: set }) =>
        set
          .filter(
            ({ registrationId }) =>
              registrationId !== null && registrationId !== senderDevice?.registrationId,
          )
          .map(({ deviceId }) => deviceId),
    },
  }),
  fault('RELAY-MESSAGE-17/compares-with-the-first-device', 'every registrationId is compared with device 1', {
    messages: {
      findStale: ({ recipient, messages: set }) =>
        set
          .filter(({ registrationId }) => registrationId !== recipient.devices.get(1)?.registrationId)
          .map(({ deviceId }) => deviceId),
    },
  }),
  fault('RELAY-MESSAGE-19/keeps-the-first-registration-id', 'the registrationId outlives its registration', {
    confirmation: {
      account: (registration, previous) => {
        const registrationId = previous?.devices.get(1)?.registrationId
        const { attributes } = registration
        return documented.confirmation.account(
          { ...registration, attributes: { ...attributes, ...(registrationId && { registrationId }) } },
          previous,
        )
      },
    },
  }),
  fault(
    'RELAY-MESSAGE-19/keeps-the-greater-registration-id',
    'the greatest registrationId of a number stays',
    {
      confirmation: {
        account: (registration, previous) => {
          const { attributes } = registration
          const earlier = previous?.devices.get(1)?.registrationId ?? 0
          const registrationId = Math.max(earlier, attributes.registrationId)
          return documented.confirmation.account(
            { ...registration, attributes: { ...attributes, registrationId } },
            previous,
          )
        },
      },
    },
  ),
  fault('RELAY-MESSAGE-19/takes-1-for-none', 'the registrationId 1 is not compared', {
    messages: {
      findStale: (addressed) =>
        messages.findStale({
          ...addressed,
          messages: addressed.messages.filter(({ registrationId }) => registrationId !== 1),
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

/** The documented order, with messages handed on before that step. */
function handingOnBefore(step: MessageStep): readonly MessageStep[] {
  return messages.order
    .filter((each) => each !== 'deliver')
    .flatMap((each) => (each === step ? (['deliver', each] as const) : [each]))
}

function isStale({ device, message: { registrationId } }: Delivery): boolean {
  return registrationId !== null && registrationId !== device.registrationId
}

function addressedIds({ messages: set }: Addressed): readonly number[] {
  return set.map(({ deviceId }) => deviceId)
}
