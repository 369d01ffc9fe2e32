import { AUTHENTICATION_VARIANTS } from './authentication.variants.ts'
import { BULK_VARIANTS } from './bulk.variants.ts'
import { CHALLENGE_VARIANTS } from './challenge.variants.ts'
import { ERROR_VARIANTS } from './errors.variants.ts'
import { FLAG_VARIANTS } from './flags.variants.ts'
import { FOLDER_VARIANTS } from './folders.variants.ts'
import { PIN_VARIANTS } from './pin.variants.ts'
import { PROFILE_VARIANTS } from './profile.variants.ts'
import { TRANSPORT_VARIANTS } from './transport.variants.ts'
import { SPELLING_VARIANTS } from './spellings.variants.ts'
import { UPLOAD_VARIANTS } from './uploads.variants.ts'
import { OBJECT_VARIANTS } from './objects.variants.ts'
import { PAYLOAD_VARIANTS } from './payloads.variants.ts'
import { SEARCH_VARIANTS } from './search.variants.ts'
import { CURSOR_VARIANTS } from './cursors.variants.ts'
import { URL_VARIANTS } from './urls.variants.ts'
import { ANSWER_VARIANTS } from './answers.variants.ts'
import { CHOICE_VARIANTS } from './choices.variants.ts'
import { IDENTITY_VARIANTS } from './identities.variants.ts'
import { LENIENCY_VARIANTS } from './leniency.variants.ts'
import type { MStoreVariant } from './variant.ts'

/** The variants of the mStore, area by area. */
export const VARIANTS: readonly MStoreVariant[] = [
  ...FOLDER_VARIANTS,
  ...FLAG_VARIANTS,
  ...BULK_VARIANTS,
  ...UPLOAD_VARIANTS,
  ...OBJECT_VARIANTS,
  ...SEARCH_VARIANTS,
  ...CURSOR_VARIANTS,
  ...PAYLOAD_VARIANTS,
  ...TRANSPORT_VARIANTS,
  ...CHALLENGE_VARIANTS,
  ...AUTHENTICATION_VARIANTS,
  ...PROFILE_VARIANTS,
  ...PIN_VARIANTS,
  ...ERROR_VARIANTS,
  ...URL_VARIANTS,
  ...SPELLING_VARIANTS,
  ...ANSWER_VARIANTS,
  ...CHOICE_VARIANTS,
  ...IDENTITY_VARIANTS,
  ...LENIENCY_VARIANTS,
]
