import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { bodyMistakes, drawBody } from './bodies.ts'
import { accountOf, deviceOf, withAccount, withName } from './changes.ts'
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
import { allowed, type Leave, type RelayOperation } from './operation.ts'
import { PUSH_KINDS, type PushIdKind } from './push-kind.ts'
import { SPOILT_BODY, SPOILT_CREDENTIALS } from './spoilt.ts'
import type { Account, Device, PushId, RelayState } from './state.ts'
import { type DeviceOfParty, withPushId, withoutPushId } from './push-id-changes.ts'

const OTHER_DEVICE = 'RELAY-PUSHID-24'

const SET_ROWS: Readonly<
  Record<PushIdKind, CredentialRows & { readonly basic: string; readonly body: string }>
> = {
  gcm: {
    basic: 'RELAY-PUSHID-02',
    invalid: 'RELAY-PUSHID-04',
    otherDevice: OTHER_DEVICE,
    body: 'RELAY-PUSHID-06',
  },
  apn: {
    basic: 'RELAY-PUSHID-01',
    invalid: 'RELAY-PUSHID-03',
    otherDevice: OTHER_DEVICE,
    body: 'RELAY-PUSHID-05',
  },
}

const INCOMPLETE = 'RELAY-PUSHID-07'

const MISSHAPEN = {
  'without the id': INCOMPLETE,
  'id null': INCOMPLETE,
  'id empty': INCOMPLETE,
  'a list': INCOMPLETE,
  'an empty object': INCOMPLETE,
}

/** Lengths of a push id beside the usual one, and one with characters that a careless server decodes. */
const LENGTHS = [
  ...[
    1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 150, 200, 255, 256, 257, 300, 512, 1000, 1024,
  ].map(String),
  'odd',
  'odd',
]
const SIZED_IN_A_HUNDRED = 25

/** A push id that a device has set by itself, not with its registration. */
const NUMBERED = /^\w+ \d+$/
const AGAIN_IN_A_HUNDRED = 30

/** Setting a push id. */
export const SET_PUSH_ID: RelayOperation = {
  name: 'set a push id',
  area: 'PUSHID',
  basic: 'RELAY-PUSHID-02',
  weight: ({ accounts }) =>
    Object.values(accounts).some(({ devices }) => devices.some(({ counts }) => counts !== 'yes')) ? 18 : 5,
  choose: chooseSet,
  applies: callerApplies,
  situation: (state, ask) => {
    const held = pushIdsOf(state, ask)
    if (held.includes(kindOf(ask))) return `${kindOf(ask)}, again`
    return held.length > 0 ? 'one of each kind' : `${kindOf(ask)}, the first`
  },
  situations: [
    'gcm, the first',
    'gcm, again',
    'apn, the first',
    'apn, again',
    'one of each kind',
    ...SPOILT_CREDENTIALS,
    SPOILT_BODY,
  ],
  mistakes: (state, ask) => {
    const rows = SET_ROWS[kindOf(ask)]
    return [
      ...credentialMistakes(state, ask, rows),
      ...bodyMistakes(state, ask, { malformed: rows.body, isListed: true, misshapen: MISSHAPEN }),
    ]
  },
  leave: (state, ask) => (mayBeUnknown(state, ask) || 'characters' in ask.values ? 'refusal' : 'none'),
  granted: (state, ask) =>
    allowed(
      withPushId(state, deviceName(ask), { kind: kindOf(ask), name: numberGiven(ask) }),
      SET_ROWS[kindOf(ask)].basic,
    ),
  spent: (state, ask) =>
    withAccount(state, ask.party, (account) => withName(account, 'push id', numberGiven(ask))),
}

/** Taking a push id back. */
export const CLEAR_PUSH_ID: RelayOperation = {
  name: 'clear a push id',
  area: 'PUSHID',
  risks: ['writes', 'sends', 'destroys'],
  basic: 'RELAY-PUSHID-09',
  weight: () => 8,
  choose: (state, party, draw) => {
    const needs = ({ name, counts }: Device): boolean => name !== FIRST && counts === 'yes'
    const caller = drawCaller(state, { name: party, needs, wrongPercent: 35 }, draw)
    if (caller === null) return null
    const pushIds = deviceOf(accountOf(state, party), caller['device'] ?? FIRST)?.pushIds ?? []
    const latest = pushIds.at(-1)?.kind
    if (latest === undefined && draw.chance(80)) return null
    const kind = latest !== undefined && draw.chance(70) ? latest : draw.oneOf(PUSH_KINDS)
    const held = pushIds.find((id) => id.kind === kind)
    return {
      ...(kind === 'apn' ? { kind } : {}),
      ...(held === undefined ? {} : { id: held.name }),
      ...caller,
    }
  },
  applies: callerApplies,
  situation: (state, ask) => {
    const held = pushIdsOf(state, ask)
    if (!held.includes(kindOf(ask))) return 'not set'
    return held.length > 1 ? 'one of two' : `${kindOf(ask)} alone`
  },
  situations: ['gcm alone', 'apn alone', 'one of two', 'not set', ...SPOILT_CREDENTIALS],
  mistakes: (state, ask) =>
    credentialMistakes(state, ask, { invalid: 'RELAY-PUSHID-10', otherDevice: OTHER_DEVICE }),
  leave: leaveOfClearing,
  granted: (state, ask) => {
    const next = withoutPushId(state, deviceName(ask), kindOf(ask))
    const kept = [kindOf(ask) === 'gcm' ? 'RELAY-PUSHID-09' : 'RELAY-PUSHID-08']
    const isAnother = heldOf(state, ask) === undefined && pushIdsOf(state, ask).includes(kindOf(ask))
    return { kind: 'allowed', next: isAnother ? [next, state] : [next], kept }
  },
}

function chooseSet(state: RelayState, party: string, draw: Draw): Values | null {
  const needs = ({ counts }: Device): boolean => counts !== 'yes'
  const caller = drawCaller(state, { name: party, needs }, draw)
  if (caller === null) return null
  return {
    ...(drawAgain(accountOf(state, party), caller['device'], draw) ??
      drawNext(accountOf(state, party), draw)),
    ...caller,
    ...drawBody({ malformed: '', isListed: true, misshapen: MISSHAPEN }, draw),
  }
}

function drawNext(account: Account, draw: Draw): Values {
  return {
    ...(draw.chance(40) ? { kind: 'apn' } : {}),
    ...nextName(account, 'push id', draw),
    ...(draw.chance(SIZED_IN_A_HUNDRED) ? { characters: draw.oneOf(LENGTHS) } : {}),
  }
}

/** Now and then a push id that the device had before, or has; null where it is another. */
function drawAgain(account: Account, device: string | undefined, draw: Draw): Values | null {
  const all = deviceOf(account, device ?? FIRST)?.hadIds.filter((id) => NUMBERED.test(id)) ?? []
  if (all.length === 0 || !draw.chance(AGAIN_IN_A_HUNDRED)) return null
  const [kind = '', number = ''] = draw.oneOf(all).split(' ')
  return { ...(kind === 'apn' ? { kind } : {}), as: `push id ${number} of ${account.name}` }
}

function leaveOfClearing(state: RelayState, ask: Ask): Leave {
  return mayBeUnknown(state, ask) || heldOf(state, ask)?.isSure !== true ? 'refusal' : 'none'
}

/** The push id that an ask takes back, as far as the device has it: a relay may look at the body, which has that of the ask. */
function heldOf(state: RelayState, ask: Ask): PushId | undefined {
  return callerOf(state, ask)?.pushIds.find(
    ({ kind, name }) => kind === kindOf(ask) && name === ask.values['id'],
  )
}

function kindOf({ values }: Ask): PushIdKind {
  return PUSH_KINDS.find((kind) => kind === values['kind']) ?? 'gcm'
}

function pushIdsOf(state: RelayState, ask: Ask): readonly string[] {
  return callerOf(state, ask)?.pushIds.map(({ kind }) => kind) ?? []
}

function deviceName({ party, values }: Ask): DeviceOfParty {
  return { party, device: values['device'] ?? FIRST }
}
