import { AUTHENTICATION_FAULTS } from './faults/authentication.ts'
import { BOOTSTRAPPING_FAULTS } from './faults/bootstrapping.ts'
import { BULK_DELETE_FAULTS } from './faults/bulk-delete.ts'
import { BULK_UPDATE_FAULTS } from './faults/bulk-update.ts'
import { CHALLENGE_FAULTS } from './faults/challenges.ts'
import { ERROR_FAULTS } from './faults/errors.ts'
import type { MStoreFault } from './faults/fault.ts'
import { FLAG_FAULTS } from './faults/flags.ts'
import { FOLDER_FAULTS } from './faults/folders.ts'
import { OBJECT_FAULTS } from './faults/objects.ts'
import { PATH_FAULTS } from './faults/paths.ts'
import { PAYLOAD_FAULTS } from './faults/payloads.ts'
import { PIN_FAULTS } from './faults/pin.ts'
import { PROFILE_FAULTS } from './faults/profile.ts'
import { SEARCH_FAULTS } from './faults/search.ts'
import { TRANSPORT_FAULTS } from './faults/transport.ts'
import { UPLOAD_FAULTS } from './faults/uploads.ts'
import { URL_FAULTS } from './faults/urls.ts'

export type { MStoreFault } from './faults/fault.ts'

/** The faults the mStore knows, area by area. */
export const FAULTS: readonly MStoreFault[] = [
  ...TRANSPORT_FAULTS,
  ...CHALLENGE_FAULTS,
  ...AUTHENTICATION_FAULTS,
  ...BOOTSTRAPPING_FAULTS,
  ...PROFILE_FAULTS,
  ...PIN_FAULTS,
  ...FOLDER_FAULTS,
  ...OBJECT_FAULTS,
  ...FLAG_FAULTS,
  ...SEARCH_FAULTS,
  ...BULK_UPDATE_FAULTS,
  ...BULK_DELETE_FAULTS,
  ...PAYLOAD_FAULTS,
  ...UPLOAD_FAULTS,
  ...ERROR_FAULTS,
  ...PATH_FAULTS,
  ...URL_FAULTS,
]
