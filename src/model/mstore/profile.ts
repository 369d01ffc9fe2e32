import { booleanOf } from '#protocol/mstore/attributes.ts'
import { PROFILE_ATTRIBUTES, type ProfileAttribute } from '#protocol/mstore/profile.ts'
import type { Ask } from '../ask.ts'
import type { Judged } from '../protocol-model.ts'
import { differingProfile } from './doubts.ts'
import type { OwnOperation } from './guarded.ts'
import type { MStoreSeen } from './seen.ts'
import { type MStoreState, mailboxOf, withMailbox } from './state.ts'
import { allowed, isGranted, notGranted, notReadable, violated } from './verdicts.ts'

const READ = 'MSTORE-PROFILE-01'

/** The attributes of a profile. */
export const ATTRIBUTES: readonly ProfileAttribute[] = PROFILE_ATTRIBUTES

const SHOWN = ATTRIBUTES.filter(({ access }) => access !== 'out')

const HIDDEN: Readonly<Record<string, string>> = { OLD_PWD: 'MSTORE-PROFILE-13', PWD: 'MSTORE-PROFILE-14' }

/** What is violated where an attribute is not what it was, or not what was written. */
const KEPT: Readonly<Record<string, string>> = {
  nut: 'MSTORE-PROFILE-18',
  vvmon: 'MSTORE-PROFILE-19',
  isblocked: 'MSTORE-PROFILE-21',
  MigrationDate: 'MSTORE-PROFILE-21',
  MigrationStatus: 'MSTORE-PROFILE-21',
}

const LEFT_OUT = 'MSTORE-PROFILE-17'

/** Whether two values of an attribute say the same: a boolean whatever its case. */
function isSameValue(left: string | undefined, right: string | undefined): boolean {
  if (left === right) return true
  const [one, other] = [booleanOf(left ?? ''), booleanOf(right ?? '')]
  return one !== null && one === other
}

/** Reads the profile. */
export const readProfile: OwnOperation = {
  name: 'read the profile',
  area: 'PROFILE',
  risks: ['reads'],
  weight: () => 4,
  choose: () => ({}),
  applies: () => true,
  situation: (state, { party }) => (mailboxOf(state, party).isProfileRead ? 'again' : 'the first time'),
  situations: ['the first time', 'again'],
  served: judgeRead,
}

function judgeRead(state: MStoreState, ask: Ask, seen: MStoreSeen): Judged<MStoreState> {
  if (!isGranted(seen)) return notGranted(READ, ask, seen)
  const { profile } = seen
  if (profile === undefined) return notReadable(READ, ask, seen)
  const shown = Object.keys(HIDDEN).find((name) => profile.has(name))
  if (shown !== undefined)
    return violated(HIDDEN[shown] ?? READ, `profile of ${ask.party}`, [`no ${shown}`, shown])
  const mailbox = mailboxOf(state, ask.party)
  for (const { name } of SHOWN) {
    const may = mailbox.profile.get(name)
    const got = profile.get(name)
    if (
      may === undefined
        ? !mailbox.isProfileRead || got === undefined
        : may.some((one) => isSameValue(one, got))
    )
      continue
    const requirement = differingProfile(state, ask.party, KEPT[name] ?? LEFT_OUT)
    return violated(requirement, `${name} of ${ask.party}`, [may?.join(' or ') ?? 'none', got ?? 'none'])
  }
  const values = SHOWN.flatMap(({ name }) => {
    const value = profile.get(name)
    return value === undefined ? [] : [[name, [value]] as const]
  })
  return allowed(withMailbox(state, ask.party, { profile: new Map(values), isProfileRead: true }), READ)
}
