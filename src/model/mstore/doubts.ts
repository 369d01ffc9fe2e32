import type { Ask } from '../ask.ts'
import { itemsOf } from './naming.ts'
import { type Doubt, type MStoreState, mailboxOf, withMailbox } from './state.ts'

/** What a doubt may be about besides objects by their names. */
const PROFILE = 'the profile'
/** Any object. */
export const OBJECTS = 'the objects'

/** What of a mailbox the requests of an operation that writes are about; those of the others are about nothing. */
const ABOUT: Readonly<Record<string, (ask: Ask) => readonly string[]>> = {
  'write the profile': () => [PROFILE],
  'change the PIN': () => [PROFILE],
  'upload a greeting': () => [OBJECTS],
  'set a flag': ({ values }) => itemsOf(values, 'object'),
  'clear a flag': ({ values }) => itemsOf(values, 'object'),
  'update in bulk': ({ values }) => itemsOf(values, 'objects'),
  'delete in bulk': ({ values }) => itemsOf(values, 'objects'),
}

/** The state after a request that was refused: as it was, and a difference that it may have made violates the requirement. */
export function refusedState(
  state: MStoreState,
  { ask, owner = ask.party }: { readonly ask: Ask; readonly owner?: string },
  requirement: string,
): MStoreState {
  const about = ABOUT[ask.operation]?.(ask) ?? []
  return about.length === 0 ? state : withMailbox(state, owner, { doubt: { requirement, about } })
}

/** What a difference violates that is seen of an object, of any object, or of the profile of a party. */
export function differing(
  state: MStoreState,
  { party, subject }: { readonly party: string; readonly subject: string },
  usual: string,
): string {
  const { doubt } = mailboxOf(state, party)
  return doubt !== null && isAbout(doubt, subject) ? doubt.requirement : usual
}

function isAbout({ about }: Doubt, subject: string): boolean {
  if (subject === PROFILE || about.includes(PROFILE)) return subject === PROFILE && about.includes(PROFILE)
  return subject === OBJECTS || about.includes(OBJECTS) || about.includes(subject)
}

/** The operations that show a profile, or objects, so that nothing is left of a doubt where they find nothing. */
const SHOWS_PROFILE: readonly string[] = ['read the profile', 'write the profile', 'change the PIN']
const SHOWS_OBJECTS: readonly string[] = [
  'read an object',
  'search',
  'set a flag',
  'clear a flag',
  'update in bulk',
  'delete in bulk',
]

/** Whether an ask that was granted leaves nothing of a doubt. */
export function mayClear({ about }: Doubt, { operation }: Ask): boolean {
  return (about.includes(PROFILE) ? SHOWS_PROFILE : SHOWS_OBJECTS).includes(operation)
}

/** What a difference in the profile of a party violates. */
export function differingProfile(state: MStoreState, party: string, usual: string): string {
  return differing(state, { party, subject: PROFILE }, usual)
}

/** The doubt that attributes which are not known leave of the others. */
export function profileDoubt(requirement: string): Doubt {
  return { requirement, about: [PROFILE] }
}
