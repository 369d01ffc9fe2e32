import type { Attributes } from '#protocol/mstore/attributes.ts'
import type { WantedAttribute } from '../attributes.ts'
import { assertAttribute } from '../attributes.ts'
import type { Mailbox } from './mailbox.ts'
import type { MStoreSession } from './session.ts'

/** That GET shows each attribute (page, vvmserviceProfile). */
const SHOWN: Readonly<Record<string, string>> = {
  cosname: 'MSTORE-PROFILE-03',
  isblocked: 'MSTORE-PROFILE-04',
  Language: 'MSTORE-PROFILE-05',
  MigrationDate: 'MSTORE-PROFILE-06',
  MigrationStatus: 'MSTORE-PROFILE-07',
  nut: 'MSTORE-PROFILE-08',
  SMSDirectLink: 'MSTORE-PROFILE-09',
  V2E_ON: 'MSTORE-PROFILE-10',
  V2t_Language: 'MSTORE-PROFILE-11',
  vvmon: 'MSTORE-PROFILE-12',
}

/** A profile, and whose it is. */
export interface Profile {
  readonly mailbox: Mailbox
  readonly values: Attributes
}

/** Asserts what an attribute of a profile is; one that is missing violates that it is shown, and no more. */
export function assertProfile(
  session: MStoreSession,
  { mailbox: { msisdn }, values }: Profile,
  { attribute, wanted, requirement }: WantedAttribute,
): void {
  const isMissing = wanted !== 'none' && !values.has(attribute)
  const violated = isMissing ? (SHOWN[attribute] ?? requirement) : requirement
  const beside = { msisdn, objectPath: null, attributes: values }
  assertAttribute(session, beside, { attribute, wanted, requirement: violated })
}
