import { ATTACHMENT_VARIANTS } from './attachments.variants.ts'
import { AUTHENTICATION_VARIANTS } from './authentication.variants.ts'
import { CODE_VARIANTS } from './codes.variants.ts'
import { CONFIRMATION_VARIANTS } from './confirmation.variants.ts'
import { DIRECTORY_VARIANTS } from './directory.variants.ts'
import { ENCODING_VARIANTS } from './encoding.variants.ts'
import { LIMIT_VARIANTS } from './limits.variants.ts'
import { MESSAGE_VARIANTS } from './messages.variants.ts'
import { PREKEY_UPLOAD_VARIANTS } from './prekey-upload.variants.ts'
import { PREKEY_VARIANTS } from './prekeys.variants.ts'
import { PUSH_ID_VARIANTS } from './push-ids.variants.ts'
import { COUNTING_VARIANTS } from './counting.variants.ts'
import { OWN_NUMBER_VARIANTS } from './own-number.variants.ts'
import { REPEATED_REQUEST_VARIANTS } from './repeated-requests.variants.ts'
import { TRANSPORT_VARIANTS } from './transport.variants.ts'
import { LOCATION_VARIANTS } from './locations.variants.ts'
import { SIGNAL_VARIANTS } from './signals.variants.ts'
import { LIFE_VARIANTS } from './lives.variants.ts'
import { PUSH_VARIANTS } from './pushes.variants.ts'
import type { RelayVariant } from './variant.ts'

/** The variants of the relay, area by area. */
export const VARIANTS: readonly RelayVariant[] = [
  ...CODE_VARIANTS,
  ...CONFIRMATION_VARIANTS,
  ...DIRECTORY_VARIANTS,
  ...AUTHENTICATION_VARIANTS,
  ...ENCODING_VARIANTS,
  ...LIMIT_VARIANTS,
  ...PREKEY_UPLOAD_VARIANTS,
  ...PREKEY_VARIANTS,
  ...MESSAGE_VARIANTS,
  ...PUSH_ID_VARIANTS,
  ...PUSH_VARIANTS,
  ...ATTACHMENT_VARIANTS,
  ...LOCATION_VARIANTS,
  ...SIGNAL_VARIANTS,
  ...LIFE_VARIANTS,
  ...TRANSPORT_VARIANTS,
  ...COUNTING_VARIANTS,
  ...OWN_NUMBER_VARIANTS,
  ...REPEATED_REQUEST_VARIANTS,
]
