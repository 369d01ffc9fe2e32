import { RECENT, SEEN } from '#protocol/mstore/flags.ts'
import type { Violated } from '../protocol-model.ts'
import { disagreement } from './agreement.ts'
import { sizeDifference } from './audio-size.ts'
import { FACTS, GIVEN_FACTS, isSameFact } from './facts.ts'
import type { SeenObject } from './seen.ts'
import {
  EXPIRY,
  foundObject,
  type MStoreState,
  type ObjectState,
  type OwnFlag,
  OWN_FLAGS,
  mailboxOf,
  moved,
  withMailbox,
  withObject,
} from './state.ts'
import { differing, OBJECTS } from './doubts.ts'
import { BEFOREHAND } from './naming.ts'
import { violated } from './verdicts.ts'

/** What is violated where an object has a flag that it must not have, or has it not. */
const FLAG_REQUIREMENTS: Readonly<Record<OwnFlag, string>> = {
  [OWN_FLAGS[0]]: 'MSTORE-FLAG-31',
  [OWN_FLAGS[1]]: 'MSTORE-FLAG-06',
  [OWN_FLAGS[2]]: 'MSTORE-FLAG-32',
}

/** How flags are compared: in the deployed dialect without case. */
export type FlagReading = (flag: string) => string

/**
 * The state once an object of a party was seen, which must be the object that it is known to be; what was not known of
 * it is now. A difference is a violation.
 */
export function sighted(
  state: MStoreState,
  {
    party,
    seen,
    readFlag,
  }: { readonly party: string; readonly seen: SeenObject; readonly readFlag: FlagReading },
): MStoreState | Violated {
  const mailbox = mailboxOf(state, party)
  const known = mailbox.objects.get(seen.name)
  if (known === undefined)
    return isLeftMeanwhile(seen)
      ? sighted(withFound(state, party, seen), { party, seen, readFlag })
      : notThere(state, party, seen)
  const flags = seen.flags.map(readFlag)
  const difference =
    folderDifference(state, party, [known, seen]) ??
    flagDifference(state, party, [known, flags]) ??
    factDifference(state, party, [known, seen]) ??
    sizeDifference(known, seen) ??
    sharedPlace(state, party, seen) ??
    disagreement(seen)
  if (difference !== null) return difference
  const next = { ...known, flags: flagsIn(flags), facts: seen.facts, isSeen: true }
  return withMailbox(state, party, { objects: withObject(mailbox, next).objects })
}

/** Whether it is a voicemail that a caller left in a mailbox which outlives the walk. */
function isLeftMeanwhile({ name, folder }: SeenObject): boolean {
  return name.startsWith(BEFOREHAND) && folder === 'voicemails'
}

function withFound(state: MStoreState, party: string, { name }: SeenObject): MStoreState {
  const mailbox = mailboxOf(state, party)
  const { objects } = withObject(mailbox, foundObject(name, 'voicemails'))
  return withMailbox(state, party, { objects, cursors: moved(mailbox, 'voicemails') })
}

/** Whether what a sight came to is a violation. */
export function isViolated(sight: MStoreState | Violated): sight is Violated {
  return 'kind' in sight
}

function notThere(state: MStoreState, party: string, { name }: SeenObject): Violated {
  const { gone } = mailboxOf(state, party)
  const foreign = [...state.mailboxes].find(([, { objects }]) => objects.has(name))?.[0]
  const requirement =
    foreign === undefined
      ? (gone.get(name) ?? differing(state, { party, subject: OBJECTS }, 'MSTORE-SEARCH-21'))
      : 'MSTORE-SEARCH-25'
  const expected = gone.has(name) ? 'none, since it is not there' : `none but ${party}'s`
  return violated(requirement, `object of ${party}`, [expected, name])
}

type KnownAndSeen<Sight> = readonly [known: ObjectState, seen: Sight]

function folderDifference(
  state: MStoreState,
  party: string,
  [known, { folder, name }]: KnownAndSeen<SeenObject>,
): Violated | null {
  if (folder === known.folder || folder === null) return null
  return violated(differing(state, { party, subject: name }, 'MSTORE-FOLDER-27'), `folder of ${name}`, [
    known.folder,
    folder,
  ])
}

function flagDifference(
  state: MStoreState,
  party: string,
  [known, flags]: KnownAndSeen<readonly string[]>,
): Violated | null {
  const twice = flags.find((flag, index) => flags.indexOf(flag) !== index)
  if (twice !== undefined)
    return violated('MSTORE-OBJECT-41', `flags of ${known.name}`, ['each once', `${twice} twice`])
  if (flags.includes(SEEN) === flags.includes(RECENT))
    return violated('MSTORE-FLAG-01', `flags of ${known.name}`, [
      `one of ${SEEN} and ${RECENT}`,
      flags.join(' ') || 'none',
    ])
  const flag = OWN_FLAGS.find(
    (own) => known.flags[own] !== 'either' && known.flags[own] !== flags.includes(own),
  )
  if (flag === undefined) return null
  const expected = known.flags[flag] === true ? flag : `no ${flag}`
  const requirement = differing(state, { party, subject: known.name }, FLAG_REQUIREMENTS[flag])
  return violated(requirement, `flags of ${known.name}`, [expected, flags.join(' ') || 'none'])
}

function flagsIn(flags: readonly string[]): ObjectState['flags'] {
  return Object.fromEntries(OWN_FLAGS.map((own) => [own, flags.includes(own)])) as ObjectState['flags']
}

function factDifference(
  state: MStoreState,
  party: string,
  [known, seen]: KnownAndSeen<SeenObject>,
): Violated | null {
  for (const [name, requirement] of Object.entries(FACTS)) {
    const [expected, got] = [known.facts.get(name), seen.facts.get(name)]
    if (expected === undefined && (!known.isSeen || (name === EXPIRY && known.folder === 'voicemails')))
      continue
    if (expected === got || (expected !== undefined && got !== undefined && isSameFact(name, expected, got)))
      continue
    const usual = known.isSeen ? requirement : (GIVEN_FACTS[name] ?? requirement)
    return violated(differing(state, { party, subject: known.name }, usual), `${name} of ${known.name}`, [
      expected ?? 'none',
      got ?? 'none',
    ])
  }
  return null
}

/** Two objects that are at one place, or have one place for their audio. */
function sharedPlace(state: MStoreState, party: string, { name, facts }: SeenObject): Violated | null {
  for (const place of ['resourceURL', 'href'] as const) {
    const other = [...mailboxOf(state, party).objects.values()].find(
      (object) => object.name !== name && facts.has(place) && object.facts.get(place) === facts.get(place),
    )
    if (other !== undefined)
      return violated(FACTS[place] ?? '', `${place} of ${name}`, ['its own', `that of ${other.name}`])
  }
  return null
}
