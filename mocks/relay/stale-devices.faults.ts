import { fault, statusFaults, type RelayFault } from './fault.ts'
import { handingOnBefore, STALE_DEVICES_FIRST } from './message-order.ts'
import type { Addressed } from './message-set.ts'
import { compareDevices } from './mismatched-devices.ts'
import type { Delivery } from './pushes.ts'
import { documented } from './rulebook.ts'

const { messages } = documented

/** Faults in comparing a set of messages with the registrations of the addressed devices. */
export const STALE_DEVICE_FAULTS: readonly RelayFault[] = [
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
        order: handingOnBefore('registrations', messages.order),
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
]

/** Whether a message is for another registration than its device has. */
export function isStale({ device, message: { registrationId } }: Delivery): boolean {
  return registrationId !== null && registrationId !== device.registrationId
}

function addressedIds({ messages: set }: Addressed): readonly number[] {
  return set.map(({ deviceId }) => deviceId)
}
