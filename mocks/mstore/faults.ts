import { AUTHENTICATION_FAULTS } from './authentication.faults.ts'
import { BOOTSTRAPPING_FAULTS } from './bootstrapping.faults.ts'
import { BULK_DELETE_FAULTS } from './bulk-delete.faults.ts'
import { BULK_UPDATE_FAULTS } from './bulk-update.faults.ts'
import { CHALLENGE_FAULTS } from './challenge.faults.ts'
import { ERROR_FAULTS } from './errors.faults.ts'
import { EXPIRY_FAULTS } from './expiry.faults.ts'
import type { MStoreFault } from './fault.ts'
import { LAPSE_FAULTS } from './lapses.faults.ts'
import { FLAG_FAULTS } from './flags.faults.ts'
import { FOLDER_FAULTS } from './folders.faults.ts'
import { OBJECT_FAULTS } from './objects.faults.ts'
import { PATH_FAULTS } from './routes.faults.ts'
import { PAYLOAD_FAULTS } from './payloads.faults.ts'
import { PIN_FAULTS } from './pin.faults.ts'
import { PROFILE_FAULTS } from './profile.faults.ts'
import { NEIGHBOUR_FAULTS } from './neighbours.faults.ts'
import { CURSOR_FAULTS } from './cursors.faults.ts'
import { SEVERAL_OBJECT_FAULTS } from './several-objects.faults.ts'
import { SIDE_EFFECT_FAULTS } from './side-effects.faults.ts'
import { SPELLING_FAULTS } from './spellings.faults.ts'
import { SEARCH_FAULTS } from './search.faults.ts'
import { TRANSPORT_FAULTS } from './transport.faults.ts'
import { QUOTA_FAULTS } from './upload-room.faults.ts'
import { UPLOAD_FAULTS } from './uploads.faults.ts'
import { WALK_FAULTS } from './walk.faults.ts'
import { URL_FAULTS } from './urls.faults.ts'

export type { MStoreFault } from './fault.ts'

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
  ...EXPIRY_FAULTS,
  ...LAPSE_FAULTS,
  ...SEARCH_FAULTS,
  ...BULK_UPDATE_FAULTS,
  ...BULK_DELETE_FAULTS,
  ...PAYLOAD_FAULTS,
  ...UPLOAD_FAULTS,
  ...QUOTA_FAULTS,
  ...ERROR_FAULTS,
  ...PATH_FAULTS,
  ...URL_FAULTS,
  ...SEVERAL_OBJECT_FAULTS,
  ...CURSOR_FAULTS,
  ...NEIGHBOUR_FAULTS,
  ...SIDE_EFFECT_FAULTS,
  ...SPELLING_FAULTS,
  ...WALK_FAULTS,
]
