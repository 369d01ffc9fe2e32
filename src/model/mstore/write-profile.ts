import { booleanOf } from '#protocol/mstore/attributes.ts'
import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import type { Judged } from '../protocol-model.ts'
import { profileDoubt } from './doubts.ts'
import type { OwnOperation } from './guarded.ts'
import type { MStoreKnown } from './known.ts'
import type { MStoreSeen } from './seen.ts'
import { type MailboxState, type MStoreState, mailboxOf, withMailbox } from './state.ts'
import { allowed, isGranted, notGranted } from './verdicts.ts'
import { ATTRIBUTES } from './profile.ts'

const WRITTEN = 'MSTORE-PROFILE-16'

/** That an attribute which is not known disturbs none that is. */
const STRANGE = 'MSTORE-PROFILE-26'

const BOOLEANS = ['true', 'false', 'true', 'false', 'True', 'maybe']

const OTHER_VALUES: Readonly<Record<string, readonly string[]>> = {
  cosname: ['4321'],
  Language: ['fra', 'eng'],
  V2t_Language: ['en', 'None'],
  MigrationDate: ['2020:02:03:04:05'],
  'x-walk': ['1'],
}

/** Names that differ a little from those of attributes that are sure to be written. */
const NEAR_NAMES = ['NUT', 'Vvmon', 'language', 'nut2', 'nu', 'vvmon2', 'vvmo', 'xnut']

/** Attributes that are sure to be written, in the spelling that the mStore spec shows of them, and how often each is chosen. */
const SURE = ['nut', 'nut', 'nut', 'vvmon', 'vvmon']

const SHOWN_VALUES: readonly string[] = ['true', 'false']

const OTHERS = [
  ...NEAR_NAMES,
  'Language',
  'Language',
  'Language',
  'SMSDirectLink',
  'V2E_ON',
  'V2t_Language',
  'cosname',
  'isblocked',
  'MigrationStatus',
  'MigrationDate',
  'x-walk',
]

const OTHERS_PERCENT = 30

const SEVERAL_PERCENT = 40

const OFF_PERCENT = 50

/** Of a hundred values of an attribute that is known to be a boolean so many change it. */
const CHANGED_PERCENT = 60

/** Writes one attribute of the profile or several; the others must stay as they are. */
export function writeProfile(known: MStoreKnown): OwnOperation {
  return {
    name: 'write the profile',
    area: 'PROFILE',
    risks: ['writes'],
    weight: () => 8,
    choose: (state, party, draw) => chooseWritten(known, mailboxOf(state, party), draw),
    applies: () => true,
    situation: (_, { values }) => {
      const [[name] = [''], ...others] = attributesOf(values)
      if (others.length > 0) return 'several attributes'
      return name === 'nut' || name === 'vvmon' ? name : 'another attribute'
    },
    situations: ['nut', 'vvmon', 'another attribute', 'several attributes'],
    served: (state, ask, seen) => judgeWritten(known, { state, ask }, seen),
    bodies: {},
  }
}

function chooseWritten({ makesMailboxes }: MStoreKnown, { profile }: MailboxState, draw: Draw): Values {
  const first = draw.oneOf(draw.chance(OTHERS_PERCENT) ? OTHERS : SURE)
  const names = [first, ...(draw.chance(SEVERAL_PERCENT) ? [draw.oneOf([...SURE, ...OTHERS])] : [])]
  const valueFor = (name: string): string => {
    if (name === 'vvmon') return makesMailboxes && draw.chance(OFF_PERCENT) ? 'false' : 'true'
    const other = draw.chance(CHANGED_PERCENT) ? otherValue(profile.get(name)) : null
    return other ?? draw.oneOf(OTHER_VALUES[name] ?? BOOLEANS)
  }
  return Object.fromEntries(names.map((name) => [name, valueFor(name)]))
}

/** What a boolean that is known is not; null for any other value, and for one that is not known. */
function otherValue(values: readonly string[] | undefined): string | null {
  const [value] = values?.length === 1 ? values : []
  const known = booleanOf(value ?? '')
  return known === null ? null : String(!known)
}

/** An attribute as an ask writes it. */
type Written = readonly [name: string, value: string]

const NO_ATTRIBUTES = ['mailbox', 'credentials', 'body', 'number']

/** The attributes that an ask writes. */
export function attributesOf(values: Values): readonly Written[] {
  return Object.entries(values).filter(([name]) => !NO_ATTRIBUTES.includes(name))
}

function judgeWritten(
  { dialect }: MStoreKnown,
  { state, ask }: { readonly state: MStoreState; readonly ask: Ask },
  seen: MStoreSeen,
): Judged<MStoreState> {
  const written = attributesOf(ask.values)
  const isSure = ([name, value]: Written) =>
    SURE.includes(name) && SHOWN_VALUES.includes(value) && !isSwitchingOff(dialect, [name, value])
  if (!isGranted(seen)) return written.every(isSure) ? notGranted(WRITTEN, ask, seen) : allowed(state)
  const profile = new Map(mailboxOf(state, ask.party).profile)
  for (const [name, value] of written) {
    const access = ATTRIBUTES.find((attribute) => attribute.name === name)?.access
    if (isSure([name, value])) profile.set(name, [value])
    else if (access !== undefined && access !== 'in') mayBecome(profile, name, value)
  }
  const isStrange = written.some(([name]) => ATTRIBUTES.every((attribute) => attribute.name !== name))
  return allowed(
    withMailbox(state, ask.party, { profile, doubt: isStrange ? profileDoubt(STRANGE) : null }),
    WRITTEN,
  )
}

/** Whether visual voicemail is switched off, which the deployed service does not do (E-12). */
function isSwitchingOff(dialect: MStoreKnown['dialect'], [name, value]: Written): boolean {
  return dialect === 'deployed' && name === 'vvmon' && value === 'false'
}

/** An attribute that may be as it was or as it was written; one that was not known still is not, save `vvmon`, which is on or off. */
function mayBecome(profile: Map<string, readonly string[]>, name: string, value: string): void {
  const before = profile.get(name) ?? (name === 'vvmon' ? SHOWN_VALUES : undefined)
  if (before !== undefined) profile.set(name, [...before, value])
}
