import type { Ask } from '../ask.ts'
import { canAddress, messageSet, mismatch, namesIn, staleIds } from './addressed.ts'
import { bodyMistakes } from './bodies.ts'
import { accountOf, withAccount, withName } from './changes.ts'
import { callerApplies, credentialMistakes, mayBeUnknown } from './credentials.ts'
import { misfitOfMismatch, misfitOfStale, requirementOf } from './device-lists.ts'
import { accepted } from './expected-pushes.ts'
import { isMissed, mayMiss, numberMistakes, subjectOf, type NumberRows } from './numbers.ts'
import { numberGiven } from './given-names.ts'
import { allowed, violated, type Leave, type RelayJudged, type RelayOperation } from './operation.ts'
import type { RelaySeen } from './seen.ts'
import { MESSAGE_TYPES } from './push-parts.ts'
import { SPOILT_BODY, SPOILT_CREDENTIALS } from './spoilt.ts'
import type { RelayState } from './state.ts'
import { MESSAGES_BODY, chooseMessages } from './draw-messages.ts'

const NAME = 'send messages'

const BASIC = 'RELAY-MESSAGE-01'

const FRESH = 'RELAY-MESSAGE-17'

const STALE = 'RELAY-MESSAGE-12'

const EMPTY_SET = 'RELAY-MESSAGE-33'

const MISMATCHED = 409

const GONE = 410

const NUMBERS: NumberRows = {
  unknown: 'RELAY-MESSAGE-28',
  unregistered: 'RELAY-MESSAGE-29',
  status: null,
  unknownRelay: 'RELAY-MESSAGE-32',
  elsewhere: 'RELAY-MESSAGE-31',
}

/** Bytes of a message where the ask does not say. */
const USUAL_SIZE = '25'

/** Texts of fewer bytes are odd enough for a relay to stumble over; those of more it may refuse as too large. */
const LEAST_CERTAIN = 3

const MOST_CERTAIN = 4000

const SITUATIONS = [
  'the right devices',
  'missing devices',
  'extra devices',
  'stale devices',
  'to oneself',
  'a number that is not registered',
] as const

/** Submitting messages for the devices of a number. */
export const SEND_MESSAGES: RelayOperation = {
  name: NAME,
  area: 'MESSAGE',
  basic: BASIC,
  weight: () => 24,
  choose: chooseMessages,
  applies,
  situation,
  situations: [...SITUATIONS, ...SPOILT_CREDENTIALS, SPOILT_BODY],
  mistakes: (state, ask) => [
    ...credentialMistakes(state, ask, { invalid: 'RELAY-MESSAGE-02', otherDevice: 'RELAY-AUTH-10' }),
    ...numberMistakes(state, ask, { account: subjectOf(state, ask, 'to'), rows: NUMBERS }),
    ...bodyMistakes(state, ask, MESSAGES_BODY),
  ],
  leave: leaveOf,
  granted,
  refused,
  spent: (state, ask) =>
    withAccount(state, ask.party, (account) => withName(account, 'message', numberGiven(ask))),
}

function applies(state: RelayState, ask: Ask): boolean {
  const { to, devices, stale, session } = ask.values
  if (!callerApplies(state, ask) || to === undefined || !(to in state.accounts)) return false
  const names = [...namesIn(devices), ...namesIn(stale ?? 'none')]
  if (!names.every((name) => canAddress(state, to, name))) return false
  return session === undefined || Number(session) <= (accountOf(state, to).used['registration'] ?? 0)
}

/** Whether the set is one that a relay may refuse though its devices are right, or that is not said to be right. */
function isOdd(ask: Ask): boolean {
  const { size = USUAL_SIZE, type = '1' } = ask.values
  const names = namesIn(ask.values['devices'])
  const isTwice = new Set(names).size < names.length
  return (
    Number(size) < LEAST_CERTAIN ||
    Number(size) > MOST_CERTAIN ||
    !type.split(', ').every((each) => MESSAGE_TYPES.includes(each)) ||
    isTwice
  )
}

/** In the deployed dialect the status with which the other node stops a number that sends too much. */
const LIMITED_BY_PEER = 503

function leaveOf(state: RelayState, ask: Ask, { status }: RelaySeen): Leave {
  if (status === LIMITED_BY_PEER && mayBeLimitedByPeer(state, ask)) return 'any status'
  if (Number(ask.values['size'] ?? USUAL_SIZE) < LEAST_CERTAIN) return 'any status'
  const account = subjectOf(state, ask, 'to')
  const isOpen =
    isOdd(ask) || mayMiss(state, ask, account) || mayBeUnknown(state, ask) || account.name === ask.party
  return isOpen || !isFitting(state, ask) ? 'refusal' : 'none'
}

function mayBeLimitedByPeer({ known }: RelayState, { values: { relay } }: Ask): boolean {
  return known.dialect === 'deployed' && relay === 'peer'
}

/** Whether the devices and registration ids of the set are certainly those of the recipient. */
function isFitting(state: RelayState, ask: Ask): boolean {
  const set = messageSet(state, ask)
  const { missing, extra } = mismatch(set)
  const isCertain = set.addressed.every(({ device }) => set.required.some((each) => each === device))
  return isCertain && missing.length + extra.length + staleIds(set, 'yes', 'maybe').length === 0
}

function granted(state: RelayState, ask: Ask): RelayJudged {
  const set = messageSet(state, ask)
  const certain = mismatch(set)
  const thing = `status of "${NAME}"`
  if (set.addressed.length === 0 && set.required.length > 0)
    return violated(EMPTY_SET, { thing, expected: 'a refusal of an empty list', got: '200' })
  if (certain.missing.length + certain.extra.length > 0)
    return violated(requirementOf(certain), { thing, expected: '409', got: '200' })
  const stale = staleIds(set, 'yes')
  if (stale.length > 0)
    return violated(STALE, { thing, expected: `410 for device ${stale.join(', ')}`, got: '200' })
  return allowed(accepted(state, ask, set.addressed), BASIC)
}

function refused(state: RelayState, ask: Ask, seen: RelaySeen): RelayJudged | null {
  const set = messageSet(state, ask)
  if (subjectOf(state, ask, 'to').name === ask.party || seen.status === null || seen.status >= 500)
    return null
  if (isOfNobody(state, ask, seen)) return null
  if (seen.status === MISMATCHED)
    return misfitOfMismatch(set, seen, BASIC) ?? allowed(state, 'RELAY-MESSAGE-09')
  if (seen.status === GONE) return misfitOfStale(set, seen, FRESH) ?? allowed(state, 'RELAY-MESSAGE-13')
  return refusedOtherwise(state, ask, seen)
}

/** A refusal without lists, of a set for a number that may not be registered: any status is right. */
function isOfNobody(state: RelayState, ask: Ask, { missing, stale }: RelaySeen): boolean {
  return missing === undefined && stale === undefined && mayMiss(state, ask, subjectOf(state, ask, 'to'))
}

/** A set whose devices or registration ids are wrong and nothing else is refused with the status that is listed for it. */
function refusedOtherwise(state: RelayState, ask: Ask, { text, status }: RelaySeen): RelayJudged | null {
  const set = messageSet(state, ask)
  const certain = mismatch(set)
  const isOtherwiseRight =
    !isOdd(ask) && !mayMiss(state, ask, subjectOf(state, ask, 'to')) && !mayBeUnknown(state, ask)
  if (!isOtherwiseRight || status === 413 || set.addressed.length === 0) return null
  const thing = `status of "${NAME}"`
  if (certain.missing.length + certain.extra.length > 0)
    return violated(requirementOf(certain), { thing, expected: '409', got: text })
  return staleIds(set, 'yes').length > 0 ? violated(STALE, { thing, expected: '410', got: text }) : null
}

function situation(state: RelayState, ask: Ask): (typeof SITUATIONS)[number] {
  const set = messageSet(state, ask)
  const { missing, extra } = mismatch(set)
  if (isMissed(state, ask, subjectOf(state, ask, 'to'))) return 'a number that is not registered'
  if (ask.values['to'] === ask.party) return 'to oneself'
  if (missing.length > 0) return 'missing devices'
  if (extra.length > 0) return 'extra devices'
  return staleIds(set, 'yes').length > 0 ? 'stale devices' : 'the right devices'
}
