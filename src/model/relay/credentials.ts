import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { accountOf, deviceOf } from './changes.ts'
import type { AskMistake } from './refusals.ts'
import type { Account, Device, Former, RelayState } from './state.ts'

/** What an operation calls its own requirement on credentials. */
export interface CredentialRows {
  /** Of credentials that are missing or not the caller's. */
  readonly invalid: string
  /** Of the password of another device of the number. */
  readonly otherDevice: string
}

/** The device that confirmation makes. */
export const FIRST = '1'
const UNAUTHORIZED = 401

/** Credentials that are not the caller's in any state, and what is violated where they are taken. */
const ALWAYS_WRONG: Readonly<Record<string, string | null>> = {
  none: 'RELAY-AUTH-02',
  malformed: 'RELAY-AUTH-05',
  'another scheme': 'RELAY-AUTH-05',
  'without a colon': 'RELAY-AUTH-05',
  'letters for the device': 'RELAY-AUTH-05',
  wrong: null,
  'other case': 'RELAY-AUTH-14',
  half: 'RELAY-AUTH-14',
  'one character more': 'RELAY-AUTH-14',
  'one character less': 'RELAY-AUTH-14',
  'another first character': 'RELAY-AUTH-14',
  'another middle character': 'RELAY-AUTH-14',
  backwards: 'RELAY-AUTH-14',
  'without blanks': 'RELAY-AUTH-14',
  'unknown number': 'RELAY-AUTH-04',
  'number with a digit more': 'RELAY-VERIFY-32',
  'number with another digit': 'RELAY-VERIFY-32',
}

const WRONG_IN_A_HUNDRED = 20

/** The device that makes an ask. */
export function callerOf(state: RelayState, { party, values }: Ask): Device | undefined {
  return deviceOf(accountOf(state, party), values['device'] ?? FIRST)
}

/** The value that names a device, left out for the first. */
function deviceValue(name: string): Values {
  return name === FIRST ? {} : { device: name }
}

/** A party, and which of its devices need what is asked for. */
export interface Needy {
  readonly name: string
  readonly needs: (device: Device) => boolean
  /** Of a hundred asks so many have wrong credentials; fewer where left out. */
  readonly wrongPercent?: number
}

/** Draws which device of the party asks, and with which credentials; null where it has none to ask with. */
export function drawCaller(state: RelayState, party: string | Needy, draw: Draw): Values | null {
  const {
    name,
    needs,
    wrongPercent = WRONG_IN_A_HUNDRED,
  }: Needy = typeof party === 'string' ? { name: party, needs: () => false } : party
  const account = accountOf(state, name)
  if (account.devices.length === 0) return null
  const device = drawDevice(account.devices, draw, needs)
  const values = deviceValue(device?.name ?? FIRST)
  if (account.node === 'peer' || !draw.slip(wrongPercent)) return values
  return { ...values, credentials: draw.oneOf(wrongOnes(state, account, device?.name ?? FIRST)) }
}

/** Mostly a device that needs what is asked for, if there is one, else mostly one that is certainly there. */
function drawDevice(
  devices: readonly Device[],
  draw: Draw,
  needs: (device: Device) => boolean,
): Device | undefined {
  const needy = devices.filter((device) => device.isSure && needs(device))
  const sure = devices.filter(({ isSure }) => isSure)
  if (needy.length > 0 && draw.chance(60)) return draw.oneOf(needy)
  return sure.length > 0 && draw.chance(85) ? draw.oneOf(sure) : draw.oneOf(devices)
}

/** Credentials that are not those of that device. */
function wrongOnes(state: RelayState, account: Account, device: string): readonly string[] {
  const former = account.former.map(credentialsOf)
  const siblings = account.devices.filter(({ name }) => name !== device).map(({ name }) => `device ${name}`)
  const others = Object.values(state.accounts)
    .filter(({ name, devices }) => name !== account.name && devices.length > 0)
    .map(({ name }) => `password of ${name}`)
  const usual = ['none', 'none', 'none', 'wrong', 'wrong', 'wrong']
  return [
    ...usual,
    ...Object.keys(ALWAYS_WRONG),
    ...[former, former, former, siblings, siblings, siblings, others].flat(),
  ]
}

/** Whether the caller, and the credentials that an ask names, are there. */
export function callerApplies(state: RelayState, ask: Ask): boolean {
  const { credentials } = ask.values
  const account = accountOf(state, ask.party)
  if (callerOf(state, ask) === undefined) return false
  if (credentials === undefined || credentials in ALWAYS_WRONG) return true
  return wrongOnes(state, account, ask.values['device'] ?? FIRST).includes(credentials)
}

/** Why credentials must be refused; none where they are the caller's. */
export function credentialMistakes(state: RelayState, ask: Ask, rows: CredentialRows): readonly AskMistake[] {
  const { credentials } = ask.values
  if (credentials === undefined) return []
  const requirement = violatedBy(accountOf(state, ask.party), credentials, rows)
  return [{ what: `credentials: ${credentials}`, requirement, statuses: [UNAUTHORIZED], mayCrash: false }]
}

function violatedBy(
  { former }: Account,
  credentials: string,
  { invalid, otherDevice }: CredentialRows,
): string {
  const before = former.find((each) => credentialsOf(each) === credentials)
  if (before !== undefined) return before.why === 'registered again' ? 'RELAY-AUTH-13' : 'RELAY-VERIFY-34'
  return credentials.startsWith('device ') ? otherDevice : (ALWAYS_WRONG[credentials] ?? invalid)
}

/** What an ask with a former password says of its credentials. */
export function credentialsOf({ install }: Former): string {
  return install.startsWith('registration ') ? install : `device ${install}`
}

/** Whether the caller's own credentials may have been lost, by a later registration or with its push ids. */
export function mayBeUnknown(state: RelayState, ask: Ask): boolean {
  return callerOf(state, ask)?.isSure === false
}
