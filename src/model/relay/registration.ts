import { withPushId } from './push-id-changes.ts'
import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { accountOf, withAccount, withName } from './changes.ts'
import { FIRST } from './credentials.ts'
import { confirmed } from './installs.ts'
import { numberGiven } from './given-names.ts'
import { allowed, violated, type RelayJudged, type RelayOperation } from './operation.ts'
import { drawPassword } from './passwords.ts'
import type { RelaySeen } from './seen.ts'
import type { Account, RelayState } from './state.ts'

const NAME = 'register'
const AT_PEER = 22
const LIMITED = 413
const REGISTERED_ALREADY = 417

/** What is violated where a part of a registration is refused. */
const PART_ROWS: Readonly<Record<NonNullable<RelaySeen['part']>, string>> = {
  code: 'RELAY-CODE-01',
  confirmation: 'RELAY-VERIFY-01',
  'push id': 'RELAY-PUSHID-02',
}

/** A number is registered in the steps of the relay spec: a code, a confirmation, a push id. */
export const REGISTER: RelayOperation = {
  name: NAME,
  area: 'VERIFY',
  basic: 'RELAY-VERIFY-01',
  weight: weightOf,
  choose,
  applies: (state, { party }) => party in state.accounts && accountOf(state, party).devices.length === 0,
  situation: (_, { values: { at, push } }) =>
    at === 'peer' ? 'at the other node' : push === 'apn' ? 'with an apn id' : 'with a gcm id',
  situations: ['with a gcm id', 'with an apn id', 'at the other node'],
  mistakes: () => [],
  leave: () => 'none',
  granted: (state, ask) => allowed(registered(state, ask, 'push id'), 'RELAY-VERIFY-01'),
  refused,
  spent: (state, ask) =>
    withAccount(state, ask.party, (account) => withName(account, 'registration', numberGiven(ask))),
}

/** The first two register at once; others may be asked about before they do. */
function weightOf({ known, accounts }: RelayState): number {
  const registered = Object.values(accounts).filter(({ devices }) => devices.length > 0).length
  if (!known.can.codes || registered === Object.keys(accounts).length) return 0
  return registered < 2 ? 80 : 10
}

function choose(state: RelayState, party: string, draw: Draw): Values | null {
  const account = accountOf(state, party)
  if (account.devices.length > 0) return null
  return {
    as: `registration ${(account.used['registration'] ?? 0) + 1} of ${account.name}`,
    ...(draw.chance(40) ? { supportsSms: 'yes' } : {}),
    ...(draw.chance(25) ? { transport: 'voice' } : {}),
    ...drawPassword(state, draw),
    ...drawNode(state, account, draw),
    ...(draw.chance(30) ? { push: 'apn' } : {}),
  }
}

/** Now and then a party lives at the other node. */
function drawNode({ known }: RelayState, { code, former }: Account, draw: Draw): Values {
  const isNew = code === 'none' && former.length === 0
  return known.can.peer && isNew && draw.chance(AT_PEER) ? { at: 'peer' } : {}
}

/** The state once all parts before `part`, and that one, were granted. */
function registered(state: RelayState, ask: Ask, part: NonNullable<RelaySeen['part']>): RelayState {
  const { party, values } = ask
  const coded = withAccount(state, party, (account) => ({
    ...account,
    node: values['at'] === 'peer' ? 'peer' : account.node,
    code: 'sent',
  }))
  if (part === 'code') return coded
  const registration = numberGiven(ask)
  const made = withAccount(coded, party, (account) =>
    confirmed(state, account, { registration, supportsSms: values['supportsSms'] === 'yes' }),
  )
  if (part === 'confirmation' || state.known.reachableBy === 'confirmation') return made
  const kind = values['push'] === 'apn' ? 'apn' : 'gcm'
  return withPushId(made, { party, device: FIRST }, { kind, name: `registration ${registration}` })
}

/** A limiter may stop it half way; what was done stays done. */
function refused(state: RelayState, ask: Ask, { status, part = 'code', text }: RelaySeen): RelayJudged {
  if (status === LIMITED && part === 'code') return allowed(state)
  if (status === LIMITED && part === 'confirmation') return allowed(registered(state, ask, 'code'))
  if (status === LIMITED) return allowed(registered(state, ask, 'confirmation'))
  if (status === REGISTERED_ALREADY && accountOf(state, ask.party).devices.length > 0)
    return allowed(withAccount(state, ask.party, (account) => ({ ...account, code: 'unsure' })))
  return violated(PART_ROWS[part], {
    thing: `status of the ${part} in "${NAME}"`,
    expected: '200',
    got: text,
  })
}
