import { booleanOf, type Attributes } from '#protocol/mstore/attributes.ts'

/** Whether a profile says that visual voicemail is on (mStore spec, vvmserviceProfile: `vvmon`). */
export function isActive(profile: Attributes): boolean {
  return booleanOf(profile.get('vvmon') ?? '') !== false
}
