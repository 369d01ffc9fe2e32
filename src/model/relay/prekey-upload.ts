import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { bodyMistakes, drawListBody, type BodyRows } from './bodies.ts'
import { accountOf, deviceOf, withAccount, withDevice, withName } from './changes.ts'
import {
  callerApplies,
  callerOf,
  credentialMistakes,
  drawCaller,
  FIRST,
  mayBeUnknown,
  type CredentialRows,
} from './credentials.ts'
import { nextName, numberGiven } from './given-names.ts'
import { allowed, leaveOfContents, type RelayOperation } from './operation.ts'
import { SPOILT_BODY, SPOILT_CREDENTIALS } from './spoilt.ts'
import type { Account, Device, DeviceKeys, RelayState } from './state.ts'

const BASIC = 'RELAY-KEYS-01'
const CREDENTIALS: CredentialRows = { invalid: 'RELAY-KEYS-02', otherDevice: 'RELAY-AUTH-10' }
const LACKING = 'RELAY-KEYS-06'
const LATE = 'the last one-time key without identityKey'
const BODY: BodyRows = {
  malformed: 'RELAY-KEYS-03',
  isListed: true,
  misshapen: {
    'without lastResortKey': 'RELAY-KEYS-04',
    'lastResortKey null': 'RELAY-KEYS-04',
    'without keys': 'RELAY-KEYS-05',
    'keys null': 'RELAY-KEYS-05',
    'a list': 'RELAY-KEYS-04',
    'an empty object': 'RELAY-KEYS-04',
    'a key without publicKey': LACKING,
    'a key without identityKey': LACKING,
    'the first one-time key without publicKey': LACKING,
    [LATE]: LACKING,
  },
}

/** How many one-time keys there usually are when the ask does not say. */
const USUAL_COUNT = 2
const COUNTS = [0, 1, 1, 1, 3, 3, 4, 5, 7, 8, 9, 10, 11, 15, 16, 17]
const LARGE_COUNTS = [20, 24, 25, 100, 120]
/** More keys than that a relay may refuse, since the relay spec names no size of an upload. */
const MOST_CERTAIN = 25
/** The lowest id of an upload where the ask names it; the others follow. */
const FIRST_IDS = ['0', '1', '16777000']
/** Of a hundred uploads of a device that has keys so many have those of its latest upload. */
const AGAIN_IN_A_HUNDRED = 15

const SITUATIONS = [
  'the first keys',
  'with some left',
  'after all were given',
  'the last resort key alone',
  'many keys',
] as const

/** Storing prekeys of a device. */
export const STORE_PREKEYS: RelayOperation = {
  name: 'store prekeys',
  area: 'KEYS',
  basic: BASIC,
  weight: ({ accounts }) =>
    Object.values(accounts).some(({ devices }) => devices.some(({ keys }) => keys === null)) ? 18 : 6,
  choose,
  applies: (state, ask) =>
    callerApplies(state, ask) && !(countOf(ask) === 0 && /one-time/.test(ask.values['body'] ?? '')),
  situation: (state, ask) => {
    const count = countOf(ask)
    if (count === 0) return 'the last resort key alone'
    return count > MOST_CERTAIN ? 'many keys' : keysLeft(callerOf(state, ask)?.keys ?? null)
  },
  situations: [...SITUATIONS, ...SPOILT_CREDENTIALS, SPOILT_BODY],
  mistakes: (state, ask) => [
    ...credentialMistakes(state, ask, CREDENTIALS),
    ...bodyMistakes(state, ask, BODY),
  ],
  leave: (state, ask, seen) =>
    mayBeUnknown(state, ask) ? 'refusal' : leaveOfContents(isOpen(state, ask), seen),
  granted: (state, ask) =>
    allowed(
      withAccount(state, ask.party, (account) =>
        withDevice(account, ask.values['device'] ?? FIRST, (device) => ({
          ...device,
          isSure: true,
          keys: stored(device.keys, ask),
        })),
      ),
      BASIC,
    ),
  spent: (state, ask) =>
    withAccount(state, ask.party, (account) => withName(account, 'set', numberGiven(ask))),
}

/** Whether the relay spec leaves open that as many one-time keys are taken: it shows a list with some in it. */
function isOpen({ known }: RelayState, ask: Ask): boolean {
  const count = countOf(ask)
  return count > MOST_CERTAIN || (count === 0 && known.dialect === 'documented')
}

/** How many one-time keys an ask carries. */
function countOf({ values: { count = String(USUAL_COUNT) } }: Ask): number {
  return Number(count)
}

function choose(state: RelayState, party: string, draw: Draw): Values | null {
  const needs = ({ keys }: Device): boolean => keys === null
  const caller = drawCaller(state, { name: party, needs }, draw)
  if (caller === null) return null
  const account = accountOf(state, party)
  const set =
    drawAgain(deviceOf(account, caller['device'] ?? FIRST)?.keys ?? null, { account, draw }) ??
    drawNext(account, draw)
  const { count = String(USUAL_COUNT) } = set
  return { ...set, ...caller, ...drawListBody(BODY, draw, Number(count) > 1 ? LATE : null) }
}

function drawNext(account: Account, draw: Draw): Values {
  const counts = draw.chance(8) ? LARGE_COUNTS : COUNTS
  return {
    ...nextName(account, 'set', draw),
    ...(draw.chance(60) ? { count: String(draw.oneOf(counts)) } : {}),
    ...(draw.chance(30) ? { 'first id': draw.oneOf(FIRST_IDS) } : {}),
  }
}

/** Now and then the latest keys of the device, of which some may have been handed out; null where they are others. */
function drawAgain(
  keys: DeviceKeys | null,
  { account, draw }: { readonly account: Account; readonly draw: Draw },
): Values | null {
  if (keys?.isSure !== true || !draw.chance(AGAIN_IN_A_HUNDRED)) return null
  const { name, fresh, given } = keys.current
  const count = new Set([...fresh, ...given.map(({ key }) => key)]).size
  return { as: `set ${name} of ${account.name}`, count: String(count) }
}

/** The keys of a device after an upload: what was left of those before it may be there still. */
function stored(before: DeviceKeys | null, ask: Ask): DeviceKeys {
  const fresh = Array.from({ length: countOf(ask) }, (_, index) => String(index + 1))
  const earlier = before === null ? [] : [before.current, ...before.earlier]
  return { current: { name: numberGiven(ask), fresh, given: [] }, earlier, isSure: true, wasted: 0 }
}

function keysLeft(keys: DeviceKeys | null): (typeof SITUATIONS)[number] {
  if (keys === null) return 'the first keys'
  return keys.current.fresh.length === 0 ? 'after all were given' : 'with some left'
}
