import { AUTHENTICATION_FAULTS } from './faults/authentication.ts'
import { ATTACHMENT_FAULTS } from './faults/attachments.ts'
import { CODE_FAULTS } from './faults/codes.ts'
import { CONFIRMATION_FAULTS } from './faults/confirmation.ts'
import { DELIVERY_FAULTS } from './faults/deliveries.ts'
import { DEVICE_SET_FAULTS } from './faults/device-sets.ts'
import { DIRECTORY_FAULTS } from './faults/directory.ts'
import { ENCODING_FAULTS } from './faults/encoding.ts'
import type { RelayFault } from './faults/fault.ts'
import { FRAME_FAULTS } from './faults/frames.ts'
import { MESSAGE_FAULTS } from './faults/messages.ts'
import { PREKEY_UPLOAD_FAULTS } from './faults/prekey-upload.ts'
import { PREKEY_FAULTS } from './faults/prekeys.ts'
import { PUSH_ID_FAULTS } from './faults/push-ids.ts'
import { NOTIFICATION_FAULTS } from './faults/pushes.ts'
import { REGISTRATION_FAULTS } from './faults/registrations.ts'
import { SIGNAL_FAULTS } from './faults/signals.ts'

export type { RelayFault } from './faults/fault.ts'

/** The faults the relay knows, area by area. */
export const FAULTS: readonly RelayFault[] = [
  ...CODE_FAULTS,
  ...CONFIRMATION_FAULTS,
  ...REGISTRATION_FAULTS,
  ...PUSH_ID_FAULTS,
  ...PREKEY_UPLOAD_FAULTS,
  ...DIRECTORY_FAULTS,
  ...PREKEY_FAULTS,
  ...MESSAGE_FAULTS,
  ...DEVICE_SET_FAULTS,
  ...DELIVERY_FAULTS,
  ...NOTIFICATION_FAULTS,
  ...FRAME_FAULTS,
  ...SIGNAL_FAULTS,
  ...ATTACHMENT_FAULTS,
  ...AUTHENTICATION_FAULTS,
  ...ENCODING_FAULTS,
]
