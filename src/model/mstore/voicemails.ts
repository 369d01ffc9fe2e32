import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import type { Judged } from '../protocol-model.ts'
import { KEPT, GREETING_ON, SEEN } from '#protocol/mstore/flags.ts'
import type { MStoreOperation } from './guarded.ts'
import type { MStoreKnown } from './known.ts'
import { isFree, named, newName } from './naming.ts'
import {
  type MStoreState,
  type ObjectState,
  mailboxOf,
  moved,
  objectsIn,
  withMailbox,
  withObject,
} from './state.ts'
import { hasStorage, mostVoicemails } from './small-quotas.ts'
import { allowed } from './verdicts.ts'
import { drawAudioSize } from './audio-sizes.ts'
import { audioBytes, audioName } from './audio.ts'

/** Most voicemails that a walk leaves: fewer than the mStore spec's quota. */
const MOST = 40
const KEPT_PERCENT = 15
const SEVERAL_PERCENT = 12
const COUNTS = ['2', '3', '9', '10', '11', '25']
const AGES = ['0', '0', '1', '2', '5']
const SIZES: readonly Values[] = [
  ...Array.from({ length: 4 }, () => ({})),
  { frames: '1' },
  { frames: '2' },
  { frames: '25' },
  { frames: '1024' },
  { bytes: '15' },
  { bytes: '16' },
  { bytes: '17' },
  { bytes: '1000' },
  { bytes: '1024' },
]

/** Leaves voicemails, which is no request: a capability does it. */
export function leaveVoicemails(known: MStoreKnown): MStoreOperation {
  const isAsked = known.voicemails !== 'none'
  return {
    name: 'leave voicemails',
    area: 'SEARCH',
    risks: ['writes'],
    weight: (state) => (isAsked && [...state.mailboxes].some(([party]) => room(state, party) > 0) ? 7 : 0),
    choose: (state, party, draw) => chooseVoicemails(known, { state, party }, draw),
    applies: (state, ask) =>
      isAsked &&
      isFree(state, ask.party, ask.values['as'] ?? '') &&
      room(state, ask.party) >= countOf(ask) &&
      hasStorage(ask.party, mailboxOf(state, ask.party), countOf(ask) * audioBytes(ask.values)),
    situation: (_, ask) => (countOf(ask) > 1 ? 'several' : 'one'),
    situations: ['one', 'several'],
    judge: (state, ask) => judgeVoicemails(known, state, ask),
  }
}

function room(state: MStoreState, party: string): number {
  return mostVoicemails(party, MOST) - objectsIn(mailboxOf(state, party), 'voicemails').length
}

/** How many voicemails an ask leaves. */
function countOf({ values }: Ask): number {
  return Number(values['count'] ?? '1')
}

/** The names of the voicemails that an ask leaves, the first that is left first. */
export function voicemailNames(ask: Ask): readonly string[] {
  const { as: name = '' } = ask.values
  const count = countOf(ask)
  return count === 1 ? [name] : Array.from({ length: count }, (_, index) => `${name}/${index + 1}`)
}

function chooseVoicemails(
  { voicemails }: MStoreKnown,
  { state, party }: { readonly state: MStoreState; readonly party: string },
  draw: Draw,
): Values | null {
  const left = room(state, party)
  const counts = ['1', ...COUNTS].filter((count) => Number(count) <= left)
  if (counts.length === 0) return null
  const isChosen = voicemails === 'chosen'
  const name = newName(state, 'voicemail', party)
  if (!isChosen) return { as: name }
  const age = draw.oneOf(AGES)
  return {
    as: name,
    ...(age === '0' ? {} : { 'minutes ago': age }),
    ...drawAudioSize(SIZES, draw),
    ...(draw.chance(KEPT_PERCENT) ? { flags: KEPT } : {}),
    ...(draw.chance(SEVERAL_PERCENT) ? { count: draw.oneOf(counts) } : {}),
  }
}

function judgeVoicemails({ voicemails }: MStoreKnown, state: MStoreState, ask: Ask): Judged<MStoreState> {
  let mailbox = mailboxOf(state, ask.party)
  for (const name of voicemailNames(ask))
    mailbox = withObject(mailbox, left(name, ask, voicemails === 'chosen'))
  const { objects } = mailbox
  const next = withMailbox(state, ask.party, { objects, cursors: moved(mailbox, 'voicemails') })
  return allowed(named(next, ask.values['as'] ?? ''))
}

function left(name: string, { values }: Ask, isChosen: boolean): ObjectState {
  return {
    name,
    folder: 'voicemails',
    flags: {
      [SEEN]: 'either',
      [KEPT]: isChosen ? values['flags'] === KEPT : 'either',
      [GREETING_ON]: 'either',
    },
    facts: new Map([['Message-Id', `id of ${name}`]]),
    isSeen: false,
    audio: isChosen ? audioName(name, values) : null,
    bytes: isChosen ? audioBytes(values) : null,
  }
}
