import { AUTHENTICATION_FAULTS } from './authentication.faults.ts'
import { ATTACHMENT_FAULTS } from './attachments.faults.ts'
import { CODE_FAULTS } from './codes.faults.ts'
import { CONFIRMATION_FAULTS } from './confirmation.faults.ts'
import { DELIVERY_FAULTS } from './message-delivery.faults.ts'
import { DIRECTORY_FAULTS } from './directory.faults.ts'
import { ENCODING_FAULTS } from './encoding.faults.ts'
import type { RelayFault } from './fault.ts'
import { FRAME_FAULTS } from './push-frames.faults.ts'
import { LIMIT_FAULTS } from './limits.faults.ts'
import { MESSAGE_FAULTS } from './messages.faults.ts'
import { MISMATCHED_DEVICE_FAULTS } from './mismatched-devices.faults.ts'
import { NUMBER_FAULTS } from './numbers.faults.ts'
import { PASSWORD_FAULTS } from './passwords.faults.ts'
import { PREKEY_UPLOAD_FAULTS } from './prekey-upload.faults.ts'
import { PREKEY_FAULTS } from './prekeys.faults.ts'
import { STALE_DEVICE_FAULTS } from './stale-devices.faults.ts'
import { PUSH_ID_FAULTS } from './push-ids.faults.ts'
import { NOTIFICATION_FAULTS } from './pushes.faults.ts'
import { FOREIGN_PASSWORD_FAULTS } from './foreign-passwords.faults.ts'
import { PUSH_ID_SEQUENCE_FAULTS } from './push-id-sequences.faults.ts'
import { CONTACT_VIEW_FAULTS } from './contact-views.faults.ts'
import { BLOB_SEQUENCE_FAULTS } from './blob-sequences.faults.ts'
import { ATTRIBUTE_FAULTS } from './attributes.faults.ts'
import { WALK_FAULTS } from './walk.faults.ts'
import { REQUEST_READING_FAULTS } from './request-reading.faults.ts'
import { SIGNAL_FAULTS } from './push-signals.faults.ts'

export type { RelayFault } from './fault.ts'

/** The faults the relay knows, area by area. */
export const FAULTS: readonly RelayFault[] = [
  ...CODE_FAULTS,
  ...CONFIRMATION_FAULTS,
  ...ATTRIBUTE_FAULTS,
  ...PUSH_ID_FAULTS,
  ...PUSH_ID_SEQUENCE_FAULTS,
  ...PREKEY_UPLOAD_FAULTS,
  ...DIRECTORY_FAULTS,
  ...CONTACT_VIEW_FAULTS,
  ...PREKEY_FAULTS,
  ...MESSAGE_FAULTS,
  ...MISMATCHED_DEVICE_FAULTS,
  ...STALE_DEVICE_FAULTS,
  ...DELIVERY_FAULTS,
  ...NOTIFICATION_FAULTS,
  ...FRAME_FAULTS,
  ...SIGNAL_FAULTS,
  ...ATTACHMENT_FAULTS,
  ...BLOB_SEQUENCE_FAULTS,
  ...AUTHENTICATION_FAULTS,
  ...PASSWORD_FAULTS,
  ...NUMBER_FAULTS,
  ...LIMIT_FAULTS,
  ...FOREIGN_PASSWORD_FAULTS,
  ...ENCODING_FAULTS,
  ...REQUEST_READING_FAULTS,
  ...WALK_FAULTS,
]
